"""Plans made and kept: the greedy one at once, a better one by search in the worker, never over a person's change."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.planning.again import replan_open_days
from liaison.planning.plan import Plan
from liaison.planning.problem import HOUR, Problem
from liaison.planning.search import compiled
from liaison.planning.search.greedy import NAME as GREEDY
from liaison.planning.search.solve import solve
from liaison.planning.stored.asked import Asked, asked
from liaison.planning.stored.draft import Draft, draft_of, filled, orders_of, problem_of, timed_draft
from liaison.planning.stored.plans import PLANNER, StalePlanError, StoredPlan, monday, save, stored_plan
from liaison.planning.stored.whole import as_stored
from liaison.store import reading

Progress = Callable[[float, str], None]
How = Literal["anew", "again"]
EVERY_SECONDS = 1.0  # between two better plans that are written while the search goes on


@dataclass(frozen=True)
class Improved:
    """What a search came to; `kept`: whether its plan was written, which it is not where somebody changed the plan."""

    person_id: str
    week: date
    revision: int
    solver: str
    value: float
    kept: bool

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "week": self.week.isoformat(), "value": round(self.value, 4)}


def read(home: Home, person_id: str, week: date, now: datetime) -> tuple[StoredPlan | None, Asked]:
    """The plan as it stands, None where there is none, and the week as a problem."""
    with reading(home.store) as connection:
        plan = stored_plan(connection, person_id, week)
    return plan, asked(home, person_id, week, now, plan)


def plan_at_once(home: Home, person_id: str, week: date, *, actor: str, now: datetime | None = None) -> StoredPlan:
    """A first plan by greedy insertion, kept; what people fixed, locked days and days that are past stay."""
    moment = now or datetime.now(UTC)
    plan, of = read(home, person_id, week, moment)
    if not of.problem.days:
        raise LiaisonError(f"No working day of {of.name} is left in this week.", remedy="Choose another week.")
    begun = draft_of(plan, of)
    emptied = {on: order if on in begun.locked else () for on, order in begun.orders.items()}
    draft = filled(replace(begun, orders=emptied), of)
    return keep(home, of, plan, draft, GREEDY, actor=actor)


def plan_everybody(home: Home, *, actor: str, now: datetime | None = None) -> dict[str, StoredPlan]:
    """Person -> a first plan of this week, or of the next one where it is over, for everybody who has practices."""
    moment = now or datetime.now(UTC)
    today = moment.astimezone(home.settings.time_zone).date()
    with reading(home.store) as connection:
        people = panels(connection, today.isoformat()).people
    made = {}
    for person_id in people:
        weeks = (monday(today), monday(today + timedelta(days=7)))
        week = next(w for w in weeks if asked(home, person_id, w, moment).problem.days or w == weeks[-1])
        made[person_id] = plan_at_once(home, person_id, week, actor=actor, now=moment)
    return made


def improve(
    home: Home,
    person_id: str,
    week: date,
    progress: Progress,
    *,
    how: How = "again",
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    actor: str = PLANNER,
    now: datetime | None = None,
) -> Improved:
    """Search from the plan that stands, and write what is better. `again`: close to it; `anew`: from nothing.

    Locked days, pins and appointments stay. A person who changes the plan meanwhile wins: then nothing more is written.
    """
    moment = now or datetime.now(UTC)
    plan, of = read(home, person_id, week, moment)
    if plan is None:
        plan_at_once(home, person_id, week, actor=actor, now=moment)
        plan, of = read(home, person_id, week, moment)
    if plan is None:
        raise AssertionError("A plan that was just written is not there.")
    if compiled.can_compile() and not compiled.is_warm():
        progress(0.05, "Getting the search ready, once on this machine: about 15 seconds")
    draft, writer = draft_of(plan, of), _Writer(home, of, plan, actor)
    problem = problem_of(draft, of)
    limit = home.settings.route_seconds if seconds is None else seconds
    progress(0.2, "Looking for a better plan")
    locked = [n for n, day in enumerate(problem.days) if day.date in draft.locked]
    if how == "again" or locked:
        found = replan_open_days(problem, orders_of(draft, problem), locked, limit, iterations, seed)
    else:

        def tell(share: float, better: Plan) -> None:
            progress(0.2 + 0.75 * share, "A better plan was found")
            writer.now_and_then(_drawn(draft, better), better.solver)

        found = solve(problem, limit, iterations, seed, tell)
    progress(0.97, "Writing the plan")
    better = how == "anew" or _objective(problem, found) > _objective(problem, timed_draft(draft, of)[1]) + 1e-9
    if better:
        writer.write(_drawn(draft, found), found.solver)
    elif plan.run_id != of.run_id:
        writer.write(draft, plan.solver)  # as it is, by the newer list
    return Improved(person_id, week, writer.plan.revision, found.solver, found.value, writer.kept)


def keep(home: Home, of: Asked, plan: StoredPlan | None, draft: Draft, solver: str, *, actor: str) -> StoredPlan:
    """Time the draft and write it over `plan`; raises StalePlanError where that is no longer the newest."""
    made = as_stored(of, plan, draft, solver)
    return save(home.store, made, plan.revision if plan else None, actor)


class _Writer:
    """Writes better plans while a search goes on, until a person changes the plan."""

    def __init__(self, home: Home, of: Asked, plan: StoredPlan, actor: str) -> None:
        self.home, self.of, self.plan, self.actor = home, of, plan, actor
        self.kept, self.last = True, time.monotonic()

    def now_and_then(self, draft: Draft, solver: str) -> None:
        if time.monotonic() - self.last >= EVERY_SECONDS:
            self.write(draft, solver)

    def write(self, draft: Draft, solver: str) -> None:
        self.last = time.monotonic()
        if not self.kept:
            return
        try:
            self.plan = keep(self.home, self.of, self.plan, draft, solver, actor=self.actor)
        except StalePlanError:
            self.kept = False  # what a person made of the plan meanwhile stands


def _drawn(draft: Draft, plan: Plan) -> Draft:
    return replace(draft, orders={**draft.orders, **{day.date: day.order for day in plan.days}})


def _objective(problem: Problem, plan: Plan) -> float:
    required = {stop.id for stop in problem.stops if stop.required}
    made = {id_ for order in plan.orders for id_ in order}
    first = 1e6 * len(required & made) - 1e6 * len(plan.all_conflicts)
    return first + plan.value - problem.driving_price * plan.driving / HOUR
