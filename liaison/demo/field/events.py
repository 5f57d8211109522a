"""Evening lectures: each event visit of the programme was a seat at one, so that a touch is written down only once."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from liaison.demo.field.scene import Records, Row, Scene, one_of
from liaison.demo.field.words import ACCREDITED, CREDIT, FOLLOW_UPS, MEET_UP, STATEMENT, TOPICS
from liaison.demo.visits import DINNER
from liaison.fieldwork.event_touches import visit_id

BEGINS, MINUTES, SEATS = "18:00", 90.0, 24.0
OTHERS = 5  # invited, beside those who came
ANSWERS = ("declined", None, "accepted", "declined", None)  # of these others, in turn: some stay away unannounced
FROM_A_PRACTICE = 2  # people at most
DONE = 0.75  # of the follow-ups


def event_of(person: str, day: str) -> str:
    """The id of a liaison's event on a day."""
    return f"E{day[:4]}{day[5:7]}-{person}"


def title_of(scene: Scene, day: str) -> str:
    return f"Evening lecture: {_topic(scene, day)[0]}"


def _topic(scene: Scene, day: str) -> tuple[str, str]:
    months = (int(day[:4]) * 12 + int(day[5:7]) - 1) - scene.options.first - scene.options.programme_start
    return TOPICS[months // 4 % len(TOPICS)]


def touch_ids(scene: Scene) -> pd.DataFrame:
    """The event visits, by their row: visit_id and outcome as attendance says them."""
    there = scene.visits[scene.visits["channel"] == "event"]
    ids = [
        visit_id(event_of(person, day), practice)
        for person, day, practice in zip(there["person_id"], there["date"], there["practice_id"], strict=True)
    ]
    outcomes = [f"Attended: {title_of(scene, day)}" for day in there["date"]]
    return pd.DataFrame({"visit_id": ids, "outcome": outcomes}, index=there.index)


def events(scene: Scene) -> Records:
    """Events, invitations, attendance, and the tasks that came of them."""
    draw = scene.draw("events")
    there = scene.visits[scene.visits["channel"] == "event"]
    people: dict[str, list[Row]] = {}
    for one in scene.clinicians.to_dict("records"):
        people.setdefault(str(one["practice_id"]), []).append({str(name): value for name, value in one.items()})
    panel = {str(who): list(rows.unique()) for who, rows in scene.visits.groupby("person_id")["practice_id"]}
    found: Records = {"events": [], "invitations": [], "attendance": [], "tasks": []}
    held: dict[tuple[str, str], list[str]] = {}
    for day, person, place in zip(there["date"], there["person_id"], there["practice_id"], strict=True):
        held.setdefault((day, person), []).append(place)
    last = max((day for day, _ in held), default="")
    credited = min((one for one in held if one[0] == last), default=None)  # the last evening, its first host
    for (day, person), places in sorted(held.items()):
        row = _event(scene, person, day, credited=(day, person) == credited)
        found["events"].append(row)
        found["invitations"] += _invited(draw, row, places, [one for one in panel[person] if one not in places])
        came = _came(draw, row, places, people)
        found["attendance"] += came
        found["tasks"] += _tasks(scene, draw, row, places)
    if credited:
        found["events"].append(_meet_up(scene, credited[0]))
    return found


def _event(scene: Scene, person: str, day: str, *, credited: bool) -> Row:
    row: Row = {
        "event_id": event_of(person, day),
        "kind": "cme_session" if credited else "grand_rounds",
        "title": title_of(scene, day),
        "starts_at": f"{day}T{BEGINS}",
        "zone": scene.world.market.metro.zone,
        "person_id": person,
        "minutes": MINUTES,
        "place": f"Balsam Crest meeting room, {scene.territories[f'T{person[1:]}']}",
        "service_line": _topic(scene, day)[1],
        "capacity": SEATS,
        "cost": DINNER,
    }
    if credited:
        designated = date.fromisoformat(day) - timedelta(days=40)
        row |= {
            "accredited_provider": ACCREDITED,
            "accreditation_statement": STATEMENT,
            "credit_maximum": CREDIT,
            "designated_on": designated.isoformat(),
        }
    return row


def _meet_up(scene: Scene, day: str) -> Row:
    """One that did not take place."""
    on = date.fromisoformat(day) + timedelta(days=40)
    title, why = MEET_UP
    own = {"event_id": "E-coffee", "kind": "meet_up", "title": title, "cancelled": why}
    shared = {"zone": scene.world.market.metro.zone, "person_id": "L2", "minutes": 60.0, "place": "Balsam Crest lobby"}
    return {**own, **shared, "starts_at": f"{min(on, scene.end).isoformat()}T08:00"}


def _invited(draw: np.random.Generator, row: Row, guests: list[str], others: list[str]) -> list[Row]:
    """Those who came had said so; of the others some declined, some never answered, one said yes and stayed away."""
    day = date.fromisoformat(str(row["starts_at"])[:10])
    asked, answered = (day - timedelta(days=30)).isoformat(), (day - timedelta(days=12)).isoformat()
    more = draw.choice(len(others), min(OTHERS, len(others)), replace=False)
    answers = [*((one, "accepted") for one in guests), *((others[n], a) for n, a in zip(more, ANSWERS, strict=False))]
    return [
        {
            "event_id": row["event_id"],
            "practice_id": place,
            "invited_on": asked,
            "answer": answer,
            "answered_on": answered if answer else None,
        }
        for place, answer in answers
    ]


def _came(draw: np.random.Generator, row: Row, guests: list[str], people: dict[str, list[Row]]) -> list[Row]:
    """One or two people of each guest, never the same one twice."""
    rows: list[Row] = []
    credited = row.get("credit_maximum") is not None
    for place in guests:
        here = people[place]
        many = min(len(here), 1 + int(draw.integers(0, FROM_A_PRACTICE)))
        for at in np.sort(draw.choice(len(here), many, replace=False)):
            one, late = here[int(at)], int(draw.integers(0, 4)) * 5
            rows.append(
                {
                    "event_id": row["event_id"],
                    "attendee": one["npi"],
                    "name": one["name"],
                    "practice_id": place,
                    "npi": one["npi"],
                    "arrived_at": f"18:{late:02d}" if late else "17:55",
                    "minutes": MINUTES - late,
                    "credits_claimed": (CREDIT if not late else 1.25) if credited else None,
                    "recorded": "scanned" if credited else "typed",
                }
            )
    return rows


def _tasks(scene: Scene, draw: np.random.Generator, row: Row, guests: list[str]) -> list[Row]:
    """A follow-up at the first guest, done within the week it was due in, mostly."""
    if not guests:
        return []
    due = date.fromisoformat(str(row["starts_at"])[:10]) + timedelta(days=7)
    done = due + timedelta(days=int(draw.integers(-5, 4)))
    kept = draw.random() < DONE
    return [
        {
            "task_id": f"{row['event_id']}-1",
            "person_id": row["person_id"],
            "what": one_of(draw, FOLLOW_UPS),
            "practice_id": guests[0],
            "due_on": due.isoformat(),
            "done_on": scene.known(done) if kept else None,
            "source": f"event:{row['event_id']}",
        }
    ]
