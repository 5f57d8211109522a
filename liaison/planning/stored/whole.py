"""A draft as the plan that is stored: past days as they were, the others with their times anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from liaison.planning.plan import DayPlan, LeftOut
from liaison.planning.problem import Problem
from liaison.planning.stored.asked import Asked
from liaison.planning.stored.draft import Draft, timed_draft
from liaison.planning.stored.plans import (
    DONE,
    DROPPED,
    GONE,
    PLANNED,
    StoredDay,
    StoredLeft,
    StoredPlan,
    StoredStop,
    stop_id,
)
from liaison.planning.stored.words import conflict_words

Names = Mapping[str, str]


def as_stored(of: Asked, plan: StoredPlan | None, draft: Draft, solver: str) -> StoredPlan:
    """What `plan` (None: there was none) becomes, revision apart. A stop that goes is kept, marked so."""
    problem, found = timed_draft(draft, of)
    names = {id_: office.name for id_, office in of.offices.items()}
    before = plan.stops if plan else ()
    planned = {day.date: day for day in found.days}
    days = [_day(day, planned.get(on), draft, problem, plan, names) for on, day in sorted(draft.days.items())]
    past = [day for day in (plan.days if plan else ()) if day.date not in draft.days]
    stops = [stop for day in found.days for stop in _stops(of, problem, draft, day, _seen(before, draft, day.date))]
    made = {stop.practice_id for stop in stops}
    others = [_not_planned(stop, draft) for stop in before if stop.practice_id not in made]
    whole = [conflict_words(each, None, names) for each in found.conflicts]
    papers: Mapping[str, Any] = {
        **of.papers,
        "kept_out": dict(of.kept_out),
        "conflicts": whole,
        "start": list(of.start),
    }
    left = tuple(_left(one, problem, names) for one in found.left_out if not draft.wish(one.stop).dropped)
    return StoredPlan(
        plan.plan_id if plan else "",
        of.person_id,
        of.week,
        plan.revision if plan else 0,
        of.zone.key,
        of.run_id,
        solver,
        "",
        "",
        papers,
        (*past, *days),
        (*stops, *others),
        left,
    )


def _seen(stops: Sequence[StoredStop], draft: Draft, on: date) -> list[StoredStop]:
    """Those of the day that are done."""
    return [stop for stop in stops if stop.date == on and draft.wish(stop.practice_id).done]


def _stops(of: Asked, problem: Problem, draft: Draft, day: DayPlan, seen: Sequence[StoredStop]) -> list[StoredStop]:
    found = []
    for position, visit in enumerate(day.visits, start=len(seen)):
        wish = draft.wish(visit.stop)
        found.append(
            StoredStop(
                stop_id(of.person_id, of.week, visit.stop),
                visit.stop,
                PLANNED,
                day.date,
                position,
                wish.pinned,
                wish.added,
                wish.agreed,
                of.purposes[visit.stop],
                visit.arrive,
                visit.depart,
                visit.drive,
                visit.wait,
                problem.stop(visit.stop).value,
                of.offices[visit.stop].openings(day.date, of.zone),
            )
        )
    return found


def _not_planned(before: StoredStop, draft: Draft) -> StoredStop:
    """Of a past day it stays as it was; else it is done, dropped, or no longer planned."""
    if before.date is not None and before.date not in draft.days and before.state in (PLANNED, DONE):
        return before
    wish = draft.wish(before.practice_id)
    state = DONE if wish.done else DROPPED if wish.dropped else GONE
    return replace(before, state=state, pinned=False, added=False, agreed=None)


def _day(
    day: StoredDay, made: DayPlan | None, draft: Draft, problem: Problem, plan: StoredPlan | None, names: Names
) -> StoredDay:
    """With its times; driving that is done already is part of it."""
    if made is None:
        return replace(day, leave=0, back=0, driving=0, pause=None, conflicts=())
    seen = _seen(plan.stops, draft, day.date) if plan else []
    before = plan.day(day.date) if plan and seen else None
    pause = next((each.pause for each in problem.days if each.date == day.date), None)
    return replace(
        day,
        leave=before.leave if before else made.leave,
        back=made.back,
        driving=made.driving + sum(stop.drive for stop in seen),
        pause=pause,
        conflicts=tuple(conflict_words(each, made, names) for each in made.conflicts),
    )


def _left(left: LeftOut, problem: Problem, names: Names) -> StoredLeft:
    value = problem.stop(left.stop).value
    if left.value is None:
        says = left.says.split(") ", 1)[-1]
        return StoredLeft(left.stop, value, says=says.replace(left.stop, names.get(left.stop, left.stop)))
    return StoredLeft(left.stop, value, left.value, left.driving, left.instead_of, left.day)
