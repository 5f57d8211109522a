"""The best plans found for the built instances, kept with their routes, their finder and the checker's word.

`python -m benchmarks._best_known --seconds 60 --only r1` works on some of them again and keeps what is better.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks._orienteering import Instance, built
from benchmarks._other_solvers import available
from liaison.planning.plan import Plan
from liaison.planning.problem import Problem
from liaison.planning.problem_file import read_problem
from liaison.planning.search import solve
from liaison.planning.timing import timed_plan
from tests.planning.checker import violations

FILE = Path(__file__).parent / "best_known_routes.json"
OURS = "liaison"
Json = dict[str, Any]
Solver = Callable[[Json, float], list[list[str]]]


def kept() -> dict[str, Json]:
    """Name of the instance -> value, orders, solver, seconds, violations."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def value_of(instance: Instance, best: dict[str, Json]) -> float | None:
    """The published value, else the one kept; None where there is neither."""
    if instance.published is not None:
        return instance.published
    return float(best[instance.title]["value"]) if instance.title in best else None


def consider(instance: Instance, orders: list[list[str]], solver: str, seconds: float) -> None:
    """Keep a plan that is better than the one kept and that the checker finds nothing against."""
    value, wrong = judged(instance.problem, orders)
    best = kept()
    if wrong or value <= best.get(instance.title, {"value": -1.0})["value"]:
        return
    best[instance.title] = {"value": value, "orders": orders, "solver": solver, "seconds": seconds, "violations": 0}
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(best[name])}" for name in sorted(best))
    FILE.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


def judged(problem: Json, orders: list[list[str]]) -> tuple[float, list[str]]:
    """Value of these orders, and what the independent checker has against them once they are timed."""
    plan = timed_plan(bare(problem), orders).as_json()
    planned = {known for order in orders for known in order}
    plan["dropped"] = [stop["id"] for stop in problem["stops"] if stop["id"] not in planned]
    return float(plan["value"]), violations(problem, plan)


def bare(problem: Json) -> Problem:
    """The problem as the planner reads it from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(json.dumps(problem), encoding="utf-8")
        return read_problem(path)


def ours(problem: Json, seconds: float) -> list[list[str]]:
    return [list(order) for order in searched(bare(problem), seconds).orders]


def searched(problem: Problem, seconds: float) -> Plan:
    """The planner's plan after so many seconds of a core, however long that takes on a busy machine."""
    return solve.solve(problem, seconds, patience=1_000)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--only", nargs="*", help="names of scatters, such as c1 or rc2")
    options.add_argument("--solvers", nargs="*", default=[OURS, *available()])
    asked = options.parse_args()
    solvers: dict[str, Solver] = {OURS: ours, **available()}
    for instance in built():
        if asked.only and instance.name not in asked.only:
            continue
        for name in asked.solvers:
            orders = solvers[name](instance.problem, asked.seconds)
            value, wrong = judged(instance.problem, orders)
            consider(instance, orders, name, asked.seconds)
            print(f"{instance.title:<8} {name:<10} {value:>10.2f} {'; '.join(wrong)}", flush=True)


if __name__ == "__main__":
    main()
