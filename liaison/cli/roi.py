"""The command that says what visits brought, and what that was worth."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import First, Last, a_month, opened_home
from liaison.cli.show import as_json as json_asked
from liaison.cli.show import show
from liaison.vocabulary import month_id

if TYPE_CHECKING:
    from liaison.models.effect import Effect, Money

Panels = Annotated[
    list[Path] | None,
    typer.Option(
        "--panel",
        metavar="FILE",
        help="Instead of the own programme: a CSV with one row a practice and month: practice_id, month, "
        "referrals_in, visits. May be repeated.",
    ),
]
Known = Annotated[
    str | None,
    typer.Option(
        "--visits-complete-from",
        metavar="YYYY-MM",
        callback=a_month,
        help="First month from which all visits are on record. Default: the first there is, or as people say.",
    ),
]
Spent = Annotated[
    float | None, typer.Option("--cost", metavar="DOLLARS", min=0, help="Cost of the programme in the window.")
]
Earned = Annotated[
    float | None, typer.Option("--margin", metavar="DOLLARS", min=0, help="Contribution margin of a referral seen.")
]
SeenRate = Annotated[
    float,
    typer.Option("--seen", metavar="SHARE", min=0, max=1, help="Share of referrals that are seen, with --margin."),
]
Level = Annotated[
    float, typer.Option("--level", metavar="SHARE", min=0.5, max=0.999, help="How sure the intervals are.")
]
Study = Annotated[
    bool, typer.Option("--second", help="Also hold two event studies against the estimate. Takes some seconds.")
]
Quarter = Annotated[
    int | None,
    typer.Option(
        "--what-if",
        metavar="VISITS",
        min=0,
        help="Also what so many visits to measured practices in the next quarter would bring, and when.",
    ),
]
Assume = Annotated[
    float | None,
    typer.Option(
        "--assume-lift",
        metavar="SHARE",
        min=-1,
        max=10,
        help="Also the arithmetic on a lift that you assume, with --cost and --margin. It has no interval.",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("roi")(roi)


def roi(
    ctx: typer.Context,
    panel: Panels = None,
    first: First = None,
    last: Last = None,
    visits_complete_from: Known = None,
    cost: Spent = None,
    margin: Earned = None,
    seen: SeenRate = 1.0,
    level: Level = 0.95,
    second: Study = False,
    what_if: Quarter = None,
    assume_lift: Assume = None,
) -> None:
    """What visits brought: referrals beyond those of practices like the visited ones, and their worth against the cost.

    A figure is given only where the checks allow one; else why not, and what would make it answerable.

    \b
    Example: python -m liaison roi --from 2026-01 --to 2026-06
    Example: python -m liaison roi --what-if 90
    """
    if first and last and first > last:
        raise typer.BadParameter(f"{first} comes after {last}.", ctx, param_hint="--from")
    if (cost is None) != (margin is None):
        raise typer.BadParameter("Give both a cost and a margin, or neither.", ctx, param_hint="--cost, --margin")
    if assume_lift is not None and cost is None:
        raise typer.BadParameter("An assumed lift needs a cost and a margin as well.", ctx, param_hint="--assume-lift")
    typed = None if cost is None or margin is None else (cost, margin, seen)
    beside = Beside(second, what_if, assume_lift)
    known = month_id(visits_complete_from) if visits_complete_from else None
    if not panel:
        _show(_own(first, last, known, typed, level, beside))
        return
    results = [_of_panel(path, first, last, known, typed, level, beside) for path in panel]
    if len(results) > 1 and json_asked.get():
        show({"results": results})
    else:
        for result in results:
            _show(result)


NO_WORTH = "What that is worth is not known: it takes margins, costs and visits on record, or --cost and --margin."
Typed = tuple[float, float, float]  # cost, margin, share seen


@dataclass(frozen=True)
class Beside:
    """What is asked for beside the estimate: event studies, visits of the next quarter, a lift to assume."""

    second: bool
    visits: int | None
    lift: float | None


def _of_panel(
    path: Path,
    first: str | None,
    last: str | None,
    known: int | None,
    typed: Typed | None,
    level: float,
    beside: "Beside",
) -> dict[str, Any]:
    from liaison.models.effect import effect
    from liaison.models.panel import read_panel

    read = read_panel(path)
    by = {"liaison": [str(name) for name in read.covariates["liaison"]]} if "liaison" in read.covariates else {}
    of = effect(read, known, read.asked(first, last), level, by)
    return _told(of, _typed(of, typed), typed, beside)


def _own(
    first: str | None, last: str | None, known: int | None, typed: Typed | None, level: float, beside: "Beside"
) -> dict[str, Any]:
    from liaison.models.programme import programme

    with opened_home() as home:
        live = home.live()
        own = programme(live)
        of = own.effect(own.panel.asked(first, last), level, known)
        worth, said = (_typed(of, typed), []) if typed else own.worth(of)
        told = _told(of, worth, typed, beside)
        told["beyond"] = [each.as_json() for each in own.beyond(level)]
        return {**told, "data_version": live.data_version, "notes": [*own.notes, *said]}


def _typed(of: "Effect", typed: Typed | None) -> "Money | None":
    from liaison.models.effect import Line

    if typed is None:
        return None
    cost, margin, seen = typed
    return of.worth([Line("all referrals", 1.0, margin, seen)], cost)


def _told(of: "Effect", worth: "Money | None", typed: Typed | None, beside: Beside) -> dict[str, Any]:
    from liaison.models.effect import as_json

    told = as_json(of, worth)
    if beside.second:
        told |= _second(of, told["checks"])
    if beside.visits is not None:
        told["what_if"] = _what_if(of, beside.visits, worth)
    if beside.lift is not None and typed is not None:
        told["assumed"] = _assumed(told["visited"]["referrals"], beside.lift, typed)
    return told


def _what_if(of: "Effect", visits: int, worth: "Money | None") -> dict[str, Any]:
    from liaison.metrics.findings.effect import worth_of_more
    from liaison.models.effect.what_if import curve_of, what_if
    from liaison.models.effect.what_if_money import what_if_money

    asked = what_if(curve_of(of), visits)
    money = what_if_money(asked, worth.lines, worth.cost) if worth else None
    told = asked.as_json() | {"money": None if money is None else money.as_json()}
    if money is not None and money.visits:
        told["says"] += " " + worth_of_more(told["money"]).replace("**", "")
    elif money is None:
        told["says"] += f" {NO_WORTH}"
    return told


def _assumed(referrals: int, lift: float, typed: Typed) -> dict[str, Any]:
    from liaison.models.effect.assumed import Assumed

    cost, margin, seen = typed
    return Assumed(referrals, lift, seen, margin, cost).as_json()


def _second(of: "Effect", checks: list[dict[str, Any]]) -> dict[str, Any]:
    """Two event studies as points, and their check in the place of the one that says that none was asked for."""
    from liaison.models.event_time import second_methods, with_second

    found = second_methods(of)
    shown = {
        name: {"overall": each["overall"]["value"], "error": each["overall"]["error"], "points": each["points"]}
        for name, each in found["studies"].items()
    }
    return {"checks": with_second(checks, found["checks"]), "second_display": shown}


def _show(result: dict[str, Any]) -> None:
    show(result if json_asked.get() else _in_words(result))


def _in_words(result: dict[str, Any]) -> dict[str, Any]:
    """For reading: the sentences, the checks, the curve, the parts and the money."""
    money, parts = result["money"], result["parts"]
    lag = [
        {
            "months since": f"{row['from']} to {row['to']}" if row["to"] else f"{row['from']} and later",
            "observed": row["observed"],
            "expected": row["expected"],
            "incremental": row["incremental"]["value"],
            **{name: row["incremental"][name] for name in ("low", "high")},
        }
        for row in result["lag"]
    ]
    short = ("verdict", "says", "question", "reasons", "window")
    return {
        **{name: result[name] for name in short},
        "compared": result["comparison"]["says"],
        "covered": f"{result['covered']['share']:.0%} of what visited practices send",
        "a simple chart": result["naive_says"],
        "visits by lot": result["by_lot"]["says"] if result["by_lot"] else None,
        **({} if money is None else {n: money[n] for n in ("margin", "low", "high", "cost_covered", "net", "zero")}),
        **({} if money is None else {"not measured": money["not_measured"]}),
        **{name.replace("_", " "): result[name]["says"] for name in ("what_if", "assumed") if name in result},
        **{f"beyond visits, {kind['kind']}": kind["says"] for kind in result.get("beyond", ())},
        **({"notes": result["notes"]} if "notes" in result else {}),
        **{
            f"checks {state.replace('_', ' ')}": [
                check["says"] for check in result["checks"] if check["state"] == state
            ]
            for state in ("failed", "held", "not_testable")
        },
        **({"lag": lag} if lag else {}),
        **({} if not parts else {"parts": [{"by": p["by"], "says": p["says"]} for p in parts["rows"]]}),
    }
