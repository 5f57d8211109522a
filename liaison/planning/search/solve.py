"""From a problem to a plan: the first one at once, a good one by search, an edited one close to what it was."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from liaison.planning.plan import LeftOut, Plan
from liaison.planning.problem import HOUR, Problem
from liaison.planning.search import compiled, greedy
from liaison.planning.search.arrays import Arrays, arrays, ids, rows
from liaison.planning.search.left_out import left_out
from liaison.planning.search.routes import route
from liaison.planning.timing import timed_plan

if TYPE_CHECKING:
    from liaison.planning.search.lns import Effort

Told = Callable[[float, Plan], None]
WITHOUT = f"{greedy.NAME} (numba is not installed)"


def first_plan(problem: Problem) -> Plan:
    """What can be shown at once: greedy insertion, without a compiler."""
    began = time.perf_counter()
    p = arrays(problem)
    return _plan(problem, p, greedy.greedy(p, _price(problem)), greedy.NAME, 0, began)


def solve(
    problem: Problem,
    seconds: float = 3.0,
    iterations: int | None = None,
    seed: int = 1,
    tell: Told | None = None,
    patience: float = 2.0,
) -> Plan:
    """The best plan found in `seconds` of the computer's work, or in `iterations`.

    On a busy machine it ends after `patience` times as many seconds of waiting, whatever was done until then.

    `tell` is given the share done and the plan whenever it became better, left-out stops apart. Where numba is absent
    this is the first plan, and says so.
    """
    ready, began = _ready(), time.perf_counter()
    p = arrays(problem)
    begun = greedy.greedy(p, _price(problem))
    if not ready:
        return _plan(problem, p, begun, WITHOUT, 0, began)
    from liaison.planning.search.lns import Effort

    return _searched(problem, p, begun, Effort(seed, seconds, iterations, patience=patience), began, tell)


def replan(
    problem: Problem,
    orders: Sequence[Sequence[str]],
    seconds: float = 0.25,
    iterations: int | None = None,
    seed: int = 1,
) -> Plan:
    """A plan close to `orders`, one a day of the problem: visits that no longer may be there go, others stay or come.

    The search starts cold from what is left, so that a visit leaves its day only where that brings something.
    """
    ready, began = _ready(), time.perf_counter()
    p = arrays(problem)
    kept = [keepable(p, k, order) for k, order in enumerate(rows(problem, _known(problem, orders)))]
    begun = greedy.greedy(p, _price(problem), _one_owner(p, kept))
    if not ready:
        return _plan(problem, p, begun, WITHOUT, 0, began)
    from liaison.planning.search.lns import AGAIN

    effort = replace(AGAIN, seed=seed, seconds=seconds, iterations=iterations)
    return _searched(problem, p, begun, effort, began, None)


def left_out_of(problem: Problem, orders: Sequence[Sequence[str]]) -> tuple[LeftOut, ...]:
    """What these orders, one a day of the problem, leave out, and the cheapest way in; none on a day with conflicts."""
    return left_out(problem, arrays(problem), rows(problem, orders), _price(problem))


def keepable(p: Arrays, k: int, order: Sequence[int]) -> list[int]:
    """The order less what cannot stay in it: while it cannot be kept, the visit of least value goes that mends it."""
    left = [c for c in order if p.may[c, k]]
    while route(p, k, left) is None:
        mended = [c for c in left if route(p, k, [other for other in left if other != c]) is not None]
        gone = min(mended or left, key=lambda c: (p.value[c], c))
        left.remove(gone)
    return left


def _ready() -> bool:
    """Compile the search if that was never done here, which is not counted as searching; False where it cannot be."""
    if not compiled.can_compile():
        return False
    from liaison.planning.search import lns

    lns.warm()
    return True


def _known(problem: Problem, orders: Sequence[Sequence[str]]) -> list[list[str]]:
    """Orders without what is no stop any more, and each stop where it stands first."""
    seen: set[str] = set()
    found = []
    for order in orders:
        found.append([known for known in dict.fromkeys(order) if known in problem.row and known not in seen])
        seen.update(found[-1])
    return found


def _one_owner(p: Arrays, routes: Sequence[Sequence[int]]) -> list[list[int]]:
    """Routes in which each practice is seen by who sees it first."""
    owner: dict[int, int] = {}
    kept: list[list[int]] = []
    for k, order in enumerate(routes):
        mine = [
            c for c in order if p.group[c] < 0 or owner.setdefault(int(p.group[c]), int(p.liaison[k])) == p.liaison[k]
        ]
        kept.append(keepable(p, k, mine))
    return kept


def _searched(
    problem: Problem, p: Arrays, begun: list[list[int]], effort: "Effort", began: float, tell: Told | None
) -> Plan:
    from liaison.planning.search import lns

    def told(share: float, routes: list[list[int]]) -> None:
        if tell is not None:
            tell(share, timed_plan(problem, ids(problem, routes), lns.NAME, 0, time.perf_counter() - began))

    routes, made = lns.search(p, _price(problem), begun, effort, told if tell else None)
    return _plan(problem, p, routes, lns.NAME, made, began)


def _plan(problem: Problem, p: Arrays, routes: list[list[int]], solver: str, made: int, began: float) -> Plan:
    left = left_out(problem, p, routes, _price(problem))
    plan = timed_plan(problem, ids(problem, routes), solver, made, time.perf_counter() - began)
    return replace(plan, left_out=left)


def _price(problem: Problem) -> float:
    """Value of a hundredth of a minute of driving."""
    return problem.driving_price / HOUR
