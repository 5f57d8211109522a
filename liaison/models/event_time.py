"""An estimate as it is drawn: the half year before the visit, the months after it, and apart who has no peers.

Practices without peers of their size are told of by the same fits, reached beyond where these have any comparison: a
model's word and no measurement. It has no interval, and is in no total.
"""

from dataclasses import asdict, dataclass
from typing import Any

from liaison.models.effect import Effect
from liaison.models.effect.bands import total
from liaison.models.effect.event_study import Method, studied
from liaison.models.effect.interval import Interval
from liaison.models.effect.placebo import BACK

METHODS: tuple[Method, ...] = ("callaway_santanna", "imputation")


@dataclass(frozen=True)
class Step:
    """`part`: before, covered or apart. `first`, `last`: months since the visit (below 0: before it), None: and later.

    `value`: lift as a share of what was expected; `low`, `high`: None where it is only modelled.
    """

    part: str
    first: int
    last: int | None
    value: float
    low: float | None
    high: float | None
    observed: float | None
    expected: float | None
    practices: int

    def as_json(self) -> dict[str, Any]:
        return {name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(self).items()}


def event_time(of: Effect) -> tuple[Step, ...]:
    """Before the visit, where that can be seen; then each band of months with its interval, and who is apart."""
    return (*_before(of), *_after(of))


def _before(of: Effect) -> list[Step]:
    rise = of.back.plain
    if of.by_lot or not rise.told:
        return []
    found = Interval.of(rise.share, rise.error, of.level)
    return [Step("before", -BACK, -1, found.value, found.low, found.high, None, None, rise.practices)]


def _after(of: Effect) -> list[Step]:
    measured, steps = of.of, []
    months = len(measured.panel.months)
    apart = measured.question.begins & ~of.kept
    for place, fit in enumerate(measured.fits):
        last = fit.band[1] if fit.band[1] < months else None
        for part, kept in (("covered", of.kept), ("apart", apart)):
            band = total(measured.fits[place : place + 1], measured.sums, kept, (0, months))
            if band.expected <= 0:
                continue
            low = high = None
            if part == "covered":
                found = Interval.of(band.lift, measured.error(band) / band.expected, of.level)
                low, high = found.low, found.high
            many = int((band.by_practice > 0).sum())
            steps.append(Step(part, fit.band[0], last, band.lift, low, high, band.observed, band.expected, many))
    return steps


def second_methods(of: Effect) -> dict[str, Any]:
    """Two event studies: `checks` that hold each against the estimate, `studies` with their points.

    Both are empty where a question is asked that they have no answer to, and where the estimate is refused: beside no
    number there stands no other.
    """
    from liaison.models.effect.checks import agrees

    measured = of.measured
    checks, studies = [], {}
    for method in METHODS if of.verdict == "estimate" else ():
        found = studied(measured, method)
        if found is None:
            continue
        study, other = found
        checks.append(agrees(measured.whole, measured.error(measured.whole), other).as_json())
        points = [{"months": p.months, "value": round(p.value, 4), "error": round(p.error, 4)} for p in study.points]
        studies[method] = {
            "name": other.name,
            "lift": round(other.lift, 4),
            "error": round(other.error, 4),
            "overall": {"value": round(study.overall, 4), "error": round(study.error, 4)},
            "points": points,
        }
    return {"checks": checks, "studies": studies}


def with_second(checks: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The checks with those of second methods in the place of the one that says that none was asked."""
    if not second:
        return checks
    at = next((place for place, check in enumerate(checks) if check["name"] == "second_method"), len(checks))
    return [*checks[:at], *second, *(check for check in checks[at:] if check["name"] != "second_method")]
