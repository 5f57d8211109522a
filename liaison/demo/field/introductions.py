"""Introductions of a practice to a specialist of ours, and what came of them."""

from datetime import date, timedelta

from liaison.demo.field.scene import Row, Scene, one_of
from liaison.demo.field.words import MET
from liaison.demo.lines import LINES
from liaison.demo.market import OURS

MADE, LEAST = 0.08, 6  # of a practice each, and at least
OUTCOMES = ("will_refer", "undecided", "declined")  # in the order of MET
WEIGHTS = (0.55, 0.3, 0.15)
MISSED = 0.12
HALF_A_YEAR = -6
LED_TO = ("neurology", "cardiology", "orthopaedics")


def introductions(scene: Scene) -> list[Row]:
    """Asked for on a visit of the last half year; the latest are still to come."""
    draw, clinicians = scene.draw("introductions"), scene.world.clinicians
    asked = scene.since(scene.month(HALF_A_YEAR), "in_person").drop_duplicates("practice_id").to_dict("records")
    many = min(len(asked), max(LEAST, round(scene.options.practices * MADE)))
    rows = []
    for nth, at in enumerate(sorted(draw.choice(len(asked), many, replace=False)), 1):
        visit, line = asked[at], one_of(draw, LED_TO)
        where = LINES.index(line)
        specialist = int(clinicians.start[OURS, where] + draw.integers(0, clinicians.many[OURS, where]))
        day = date.fromisoformat(visit["date"]) + timedelta(days=int(draw.integers(4, 40)))
        outcome = int(draw.choice(len(OUTCOMES), p=WEIGHTS))
        row: Row = {
            "introduction_id": f"I{nth:04d}",
            "asked_on": visit["date"],
            "practice_id": visit["practice_id"],
            "specialist_npi": clinicians.npis[specialist],
            "service_line": line,
            "brought_by": visit["person_id"],
            "how": one_of(draw, ("in_person", "in_person", "virtual")),
        }
        missed = draw.random() < MISSED
        if day <= scene.end and missed:
            row |= {"outcome": "not_met"}
        elif day <= scene.end:
            row |= {"met_on": day.isoformat(), "outcome": OUTCOMES[outcome], "note": MET[outcome]}
        rows.append(row)
    return rows
