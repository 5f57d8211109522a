"""Calls for the gaps of a day: practices that do not fit this week and can be reached by phone.

They are suggestions and count nothing in a plan: no figure here says what a call brings, so the search does not trade
a visit for one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from liaison.planning.problem import MINUTE, Window
from liaison.planning.stored.offices import Office
from liaison.planning.stored.plans import PLANNED, StoredPlan
from liaison.planning.stored.workday import Workday

MOST = 3  # calls of a day


@dataclass(frozen=True)
class Call:
    """A practice to call, from when (hundredths since midnight) in a gap that lasts until `until`."""

    practice_id: str
    at: int
    until: int


def calls(
    plan: StoredPlan, on: date, work: Workday, offices: Mapping[str, Office], least: float, now: int = 0
) -> list[Call]:
    """At most three for a day, those of most value first; `least`: minutes that a call needs; `now`: gaps before it are
    over. A practice is suggested on one day of the week only, while it is open.
    """
    zone, length = ZoneInfo(plan.zone), round(least * MINUTE)
    asked = [one.practice_id for one in plan.left_out if one.value > 0]
    waiting = [offices[id_] for id_ in asked if id_ in offices and offices[id_].phone]
    for day in sorted(each.date for each in plan.days if not each.off and each.date <= on):
        found: list[Call] = []
        for gap in gaps(plan, day, work, length):
            at = max(gap.opens, now if day == on else 0)
            while at + length <= gap.closes and len(found) < MOST:
                office = next((each for each in waiting if _open(each, day, zone, at, length)), None)
                if office is None:
                    break
                waiting.remove(office)
                found.append(Call(office.id, at, gap.closes))
                at += length
        if day == on:
            return found
    return []


def gaps(plan: StoredPlan, on: date, work: Workday, least: int) -> Iterator[Window]:
    """Stretches of at least so many hundredths in which nobody drives or visits: before leaving, waits, after coming
    back; the pause is none. An empty day is no gap: nothing is planned on it.
    """
    day, stops = plan.day(on), [stop for stop in plan.of(on) if stop.state == PLANNED]
    if day is None or not stops:
        return
    waits = ((stop.arrive - stop.wait, stop.arrive) for stop in stops)
    free = [(work.begins, day.leave), *waits, (day.back, work.ends)]
    for opens, closes in free:
        for part in _without(opens, closes, day.pause):
            if part.closes - part.opens >= least:
                yield part


def _without(opens: int, closes: int, pause: Window | None) -> list[Window]:
    if pause is None or closes <= pause.opens or opens >= pause.closes:
        return [Window(opens, closes)]
    return [Window(opens, min(closes, pause.opens)), Window(max(opens, pause.closes), closes)]


def _open(office: Office, on: date, zone: ZoneInfo, at: int, length: int) -> bool:
    return any(span.opens <= at and at + length <= span.closes for span in office.openings(on, zone))
