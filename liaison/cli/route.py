"""The command that chooses and orders visits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.cli.show import as_json, say, show

if TYPE_CHECKING:
    from liaison.planning.plan import Plan

Problems = Annotated[
    list[Path],
    typer.Option(
        "--problem",
        metavar="FILE",
        help="JSON with minutes between places, stops (id, place, value, service, windows) and days (date, liaison, "
        "start, end, from, to, pause). May be repeated.",
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--seconds",
        metavar="N",
        min=0.01,
        max=3600,
        help="How long to search, in seconds of the computer's work; on a busy one at most twice as long.",
    ),
]
Iterations = Annotated[
    int | None,
    typer.Option(
        "--iterations", metavar="N", min=1, help="Search so many steps instead: with a seed, the same plan every time."
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Which chances the search takes.")]


def add_to(app: typer.Typer) -> None:
    app.command("route")(route)


def route(problem: Problems, seconds: Seconds = 3.0, iterations: Iterations = None, seed: Seed = 1) -> None:
    """Which visits to make, when and in which order: the most value within working days, then the least driving.

    arrive is when a visit begins; who is early waits before it. minutes are those of driving. What does not fit is
    named, with what it would cost to put it in.

    \b
    Example: python -m liaison route --problem week.json --seconds 3
    """
    plans = [_solved(path, seconds, iterations, seed) for path in problem]
    if len(plans) > 1 and as_json.get():
        show({"results": [plan.as_json() for plan in plans]})
    else:
        for plan in plans:
            show(plan)


def _solved(path: Path, seconds: float, iterations: int | None, seed: int) -> "Plan":
    from liaison.planning.problem_file import read_problem
    from liaison.planning.search import compiled
    from liaison.planning.search.solve import solve

    read = read_problem(path)
    if compiled.can_compile() and not compiled.is_warm():
        say("Compiling the search, once on this machine: about 15 seconds.")
    return solve(read, seconds, iterations, seed)
