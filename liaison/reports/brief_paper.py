"""Briefs on paper: a page a practice, for one practice or for the stops of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.one_practice import Record
from liaison.metrics.figure import date_words
from liaison.metrics.findings.brief import day_words
from liaison.metrics.window import Window
from liaison.planning.problem import at_clock
from liaison.planning.stored.plans import DONE, monday, stored_plan
from liaison.reports.brief import Brief, brief, in_today, told
from liaison.reports.paper import pdf
from liaison.store import reading
from liaison.vocabulary import month_words

# Characters of a sentence over the page and in a column: the rest is on the screen, and a brief stays on its page.
LONGEST, NARROW = 170, 120
PEOPLE, LINES, BARRIERS, BRING = 9, 8, 3, 2


@dataclass(frozen=True)
class OnPaper:
    """A brief, and when it is for in words."""

    brief: Brief
    when: str

    def as_json(self) -> dict[str, Any]:
        return {"when": self.when, **self.brief.as_json()}


def brief_pdf(briefs: Sequence[OnPaper], title: str) -> bytes:
    """A page a brief. ValueError without one."""
    if not briefs:
        raise ValueError("a paper of briefs has at least one")
    made = date_words(date.fromisoformat(briefs[0].brief.day))
    foot = f"For the team only. Made for {made} from the team's records and its referral extracts."
    return pdf("brief", {"title": title, "foot": foot, "briefs": [_page(each) for each in briefs]})


def practice_pdf(made: Brief) -> bytes:
    """The brief of one practice."""
    return brief_pdf([OnPaper(made, day_words(made.day))], f"Brief: {made.name}")


def day_briefs(home: Home, viewer: Viewer, person_id: str, on: date) -> tuple[OnPaper, ...]:
    """The briefs of the stops that a liaison still has to make on a day, in their order.

    Raises LiaisonError where no stop is planned.
    """
    with reading(home.store) as connection:
        plan = stored_plan(connection, person_id, monday(on))
    stops = [stop for stop in plan.of(on) if stop.state != DONE] if plan else []
    if not stops:
        raise LiaisonError(
            f"No stop of {person_id} is planned for {on.isoformat()}.",
            remedy="Plan the week first, on the page Routes.",
        )
    return tuple(
        OnPaper(
            brief(home, viewer, stop.practice_id, on.isoformat()),
            f"{date_words(on)}, {at_clock(stop.arrive)}, stop {number} of {len(stops)}",
        )
        for number, stop in enumerate(stops, start=1)
    )


def day_pdf(briefs: Sequence[OnPaper], on: date) -> bytes:
    """A page a stop."""
    return brief_pdf(briefs, f"Briefs for {date_words(on)}")


def _page(each: OnPaper) -> dict[str, Any]:
    made = each.brief
    return {
        "name": made.name,
        "headline": made.headline,
        "when": each.when,
        "place": made.place,
        "where": where(made.record),
        "say": _cut([one.says for one in made.openers], LONGEST),
        "why": _cut(made.why),
        "against": _some(made.against, 1),
        "people": people(made)[:PEOPLE],
        "touches": _cut([told(touch) for touch in made.touches]),
        "promise": _cut([promise_words(made)])[0],
        "barriers": _some([barrier.says(made.day) for barrier in made.barriers], BARRIERS),
        "bring": _some(made.bring, BRING),
        "changed": _cut(made.changed),
        **_sent(made),
    }


def where(record: Record | None) -> list[str]:
    """Address and phone; hours; parking; what one must know, a line each."""
    if record is None:
        return ["Not on record: known by the name that files give it."]
    place = ", ".join(str(part) for part in (record["address"], record["city"], record["zip"]) if part)
    lines = [" · ".join(part for part in (place, record["phone"] or "") if part)]
    lines += [f"Open {record['hours'].replace(';', ', ')}"] if record["hours"] else []
    lines += [f"Parking: {record['parking']}"] if record["parking"] else []
    lines += [f"To be seen {record['frequency']}"] if record["frequency"] else []
    lines += ["**Do not visit.**"] if record["do_not_visit"] else []
    return [line[:LONGEST] for line in lines if line]


def people(made: Brief) -> list[list[str]]:
    """Who coordinates, then who is there: name, what, phone or days."""
    rows = [[each["name"], each["job"] or "Contact", each["phone"] or ""] for each in made.contacts]
    for each in made.providers:
        inside = in_today(each, made.day)
        word = {True: "in today", False: "not in today", None: ""}[inside]
        rows.append([each["name"], word, (each["in_office"] or "days not known").replace(";", " ")])
    return [[str(cell)[:34] for cell in row] for row in rows]


def promise_words(made: Brief) -> str:
    """'Send the card, by 3 Nov 2026, 28 days late (Maya, 20 Oct 2026)'; blank where nothing is open."""
    one = made.promise
    if one is None:
        return ""
    late = one.late(made.day)
    by = f", by {day_words(one.on)}" if one.on else ""
    by += f", **{late:,} day{'' if late == 1 else 's'} late**" if late else ""
    return f"{one.what}{by} ({one.who}, {day_words(one.made_on)})"


def _sent(made: Brief) -> dict[str, Any]:
    found = made.lines
    shown = [row for row in found.rows if row.now or row.before][:LINES]
    heads = ["Line", _months(found.window), _months(found.before)]
    rows = [[row.label, f"{row.now:,}", "" if row.before is None else f"{row.before:,}"] for row in shown]
    return {"sent": rows, "sent_heads": heads}


def _months(window: Window | None) -> str:
    """'May to Oct 2026': the head of a column."""
    if window is None:
        return ""
    first, last = month_words(window.first), month_words(window.last)
    return f"{first[:3] if first[3:] == last[3:] else first} to {last}"


def _cut(sentences: Sequence[str], longest: int = NARROW) -> list[str]:
    return [text if len(text) <= longest else f"{text[: longest - 1]}…" for text in sentences]


def _some(sentences: Sequence[str], most: int) -> list[str]:
    more = len(sentences) - most
    return [*_cut(sentences[:most]), *([f"{more} more"] if more > 0 else [])]
