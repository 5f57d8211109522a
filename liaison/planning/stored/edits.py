"""What a person changes in a plan: every change is timed at once, and says what it costs in value and minutes.

Nothing else moves: a stop that now comes too late is named, not moved. `fill` and the search mend it when asked.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.syntax import clock
from liaison.planning.problem import MINUTE, Day, Problem, at_clock
from liaison.planning.search.greedy import NAME as GREEDY
from liaison.planning.stored.asked import Asked, asked
from liaison.planning.stored.draft import Draft, cheapest, draft_of, filled, problem_of
from liaison.planning.stored.made import keep, read
from liaison.planning.stored.plans import PLANNED, StalePlanError, StoredPlan, StoredStop, stop_id
from liaison.planning.stored.words import change_words, day_words, minutes
from liaison.planning.timing import BY_HAND
from liaison.vocabulary import Purpose

Made = Callable[[Draft, Asked], tuple[Draft, str]]


@dataclass(frozen=True)
class Changed:
    """The plan after a change; `value` (expected referrals) and `driving` (hundredths) more than before; conflicts new
    by it; `says`: all of it in a sentence."""

    plan: StoredPlan
    value: float
    driving: int
    conflicts: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Editor:
    """Changes one plan, which its user saw at `revision`; `now` for tests."""

    home: Home
    person_id: str
    week: date
    revision: int
    actor: str
    now: datetime | None = None

    def drop(self, practice_id: str) -> Changed:
        """Not this week."""
        return self._change(
            lambda draft, of: (
                draft.without(practice_id).said(practice_id, dropped=True, pinned=False, added=False, agreed=None),
                f"Without {_name(of, practice_id)}",
            )
        )

    def pin(self, practice_id: str, on: bool = True) -> Changed:
        """It stays on its day, whatever is planned anew."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            day = _planned(draft, of, practice_id)
            said = draft.said(practice_id, on=day, pinned=on)
            return said, f"{_name(of, practice_id)} {'pinned to' if on else 'free to leave'} {day_words(day)}"

        return self._change(made)

    def agree(self, practice_id: str, at: str | None) -> Changed:
        """An appointment on its day at 'hh:mm'; None: no longer."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            day = _planned(draft, of, practice_id)
            time = None if at is None else clock(at) * MINUTE
            said = draft.said(practice_id, on=day, agreed=time)
            order = [one for one in said.orders[day] if one != practice_id]
            problem = problem_of(said, of)
            said = said.ordered(day, cheapest(problem, _day(problem, day), order, practice_id))
            agreed = f"agreed for {at_clock(time)}" if time is not None else "at any time"
            return said, f"{_name(of, practice_id)} {agreed} on {day_words(day)}"

        return self._change(made)

    def add(self, practice_id: str, on: date, instead_of: Collection[str] = ()) -> Changed:
        """Into a day, where it costs least, by hand; `instead_of` go. Raises LiaisonError where it cannot be seen."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            for gone in instead_of:
                draft = draft.without(gone)
            said = draft.without(practice_id).said(
                practice_id, on=on, dropped=False, added=True, pinned=True, done=False
            )
            return _into(said, of, practice_id, on), f"{_name(of, practice_id)} added to {day_words(on)}"

        return self._change(made, wanted=practice_id)

    def move(self, practice_id: str, to: date) -> Changed:
        """To another day, where it costs least; it is pinned there."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            _planned(draft, of, practice_id)
            said = draft.without(practice_id).said(practice_id, on=to, pinned=True, agreed=None)
            return _into(said, of, practice_id, to), f"{_name(of, practice_id)} moved to {day_words(to)}"

        return self._change(made)

    def shift(self, practice_id: str, by: int) -> Changed:
        """Earlier (-1) or later (1) in its day."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            day = _planned(draft, of, practice_id)
            order = list(draft.orders[day])
            at = order.index(practice_id)
            to = min(max(at + by, 0), len(order) - 1)
            order.insert(to, order.pop(at))
            return draft.ordered(day, order), f"{_name(of, practice_id)} {'earlier' if by < 0 else 'later'}"

        return self._change(made)

    def purpose(self, practice_id: str, purpose: Purpose) -> Changed:
        """What the visit is for; it takes the minutes of that purpose, and what follows is timed anew."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            _planned(draft, of, practice_id)
            takes = minutes(of.problem.stop(practice_id).service)
            return draft, f"{_name(of, practice_id)}, {purpose.label.lower()}, takes {takes}"

        return self._change(made, purposes={practice_id: purpose.value})

    def lock(self, on: date, locked: bool = True) -> Changed:
        """No planning anew touches a locked day."""
        return self._change(
            lambda draft, of: (
                draft.on_day(on, locked=locked),
                f"{day_words(on)} {'locked' if locked else 'open again'}",
            )
        )

    def off(self, on: date, off: bool = True) -> Changed:
        """Nobody works on that day: its visits are free for others."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            for id_ in draft.orders.get(on, ()) if off else ():
                draft = draft.said(id_, pinned=False, agreed=None)
            emptied = draft.ordered(on, ()) if off else draft
            return emptied.on_day(on, off=off, locked=False), f"{day_words(on)} {'off' if off else 'worked'}"

        return self._change(made)

    def fill(self) -> Changed:
        """What cannot stay goes, what is worth its time comes: at once, on days that are open."""
        return self._change(lambda draft, of: (filled(draft, of), "Gaps filled"), solver=GREEDY)

    def from_here(self, on: date, at: str, practice_id: str | None, seen: Collection[str]) -> Changed:
        """It is `at` ('hh:mm'), I am at a practice (None: at my start): `seen` is done, the rest of the day is planned
        anew from here; the other days stay as they are."""

        def made(draft: Draft, of: Asked) -> tuple[Draft, str]:
            for id_ in seen:
                draft = draft.without(id_).said(id_, done=True)
            here = draft.on_day(on, from_at=clock(at) * MINUTE, from_practice=practice_id)
            others = {day: replace(known, locked=True) for day, known in here.days.items() if day != on}
            held = replace(here, days={**here.days, **others})
            order = filled(held, of).orders[on]
            return here.ordered(on, order), f"The rest of {day_words(on)} from {at}"

        return self._change(made, solver=GREEDY)

    def _change(
        self, made: Made, solver: str = BY_HAND, wanted: str | None = None, purposes: Mapping[str, str] | None = None
    ) -> Changed:
        moment = self.now or datetime.now(UTC)
        plan, of = read(self.home, self.person_id, self.week, moment)
        if plan is None:
            raise LiaisonError("This week is not planned yet.", remedy="Plan the week first.")
        # What a search found meanwhile is nobody's: the change is made to it.
        if plan.by_hand > self.revision:
            raise StalePlanError(plan.changed_by, self.revision, plan.revision)
        if wanted is not None and wanted not in of.problem.row:
            of = _with(self.home, self.person_id, self.week, moment, plan, wanted)
        if purposes:
            stops = tuple(replace(s, purpose=purposes.get(s.practice_id, s.purpose)) for s in plan.stops)
            of = asked(self.home, self.person_id, self.week, moment, replace(plan, stops=stops))
        draft, what = made(draft_of(plan, of), of)
        after = keep(self.home, of, plan, draft, solver, actor=self.actor)
        value, driving, working = (after.value - plan.value, after.driving - plan.driving, after.working - plan.working)
        new = tuple(each for each in conflicts_of(after) if each not in conflicts_of(plan))
        return Changed(after, value, driving, new, change_words(what, value, driving, working))


def conflicts_of(plan: StoredPlan) -> list[str]:
    """All that cannot be, of the plan and of its days."""
    return [*plan.papers.get("conflicts", ()), *(said for day in plan.days for said in day.conflicts)]


def _with(home: Home, person_id: str, week: date, now: datetime, plan: StoredPlan, practice_id: str) -> Asked:
    """The week with a practice that nobody had thought of; refused where it must not be visited, or lies nowhere."""
    known = plan.stop(practice_id)
    hand = StoredStop(
        stop_id(person_id, week, practice_id), practice_id, PLANNED, None, 0, True, True, None,
        known.purpose if known else "", 0, 0, 0, 0, 0.0, (),
    )  # fmt: skip
    others = tuple(stop for stop in plan.stops if stop.practice_id != practice_id)
    of = asked(home, person_id, week, now, replace(plan, stops=(*others, hand)))
    office = of.offices.get(practice_id)
    if office is None or practice_id not in of.problem.row:
        name = office.name if office else practice_id
        raise LiaisonError(f"{name} cannot be planned: nothing says where it lies.", remedy="Give its address or ZIP.")
    if office.do_not_visit:
        raise LiaisonError(f"{office.name} is marked as not to be visited.", remedy="Change its record first.")
    return of


def _into(draft: Draft, of: Asked, practice_id: str, on: date) -> Draft:
    if on not in draft.days or draft.days[on].off:
        raise LiaisonError(f"{of.name} does not work on {day_words(on)}.", remedy="Choose another day.")
    problem = problem_of(draft, of)
    day = _day(problem, on)
    order = [id_ for id_ in draft.orders.get(on, ()) if id_ in problem.row]
    return draft.ordered(on, cheapest(problem, day, order, practice_id))


def _day(problem: Problem, on: date) -> Day:
    found = next((day for day in problem.days if day.date == on), None)
    if found is None:
        raise LiaisonError(f"{day_words(on)} is no working day that is still to come.", remedy="Choose another day.")
    return found


def _planned(draft: Draft, of: Asked, practice_id: str) -> date:
    day = draft.where(practice_id)
    if day is None:
        raise LiaisonError(f"{_name(of, practice_id)} is on no day that is still to come.", remedy="Add it first.")
    return day


def _name(of: Asked, practice_id: str) -> str:
    return of.offices[practice_id].name if practice_id in of.offices else practice_id
