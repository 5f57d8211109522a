"""What places can be coloured by: each metric with its ramp, its end, and its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from liaison.charts.tokens import SMALL, Tokens, mix, step
from liaison.charts.words import HIDDEN_LONG, percent, whole

SMALL_N = 11
TOP_LEAKAGE = 0.7  # as in the heat map: from here up takes the darkest step
TOP_UNKNOWN = 0.4


@dataclass(frozen=True)
class Place:
    """What was counted of one area or practice. `observable`: whether anything shows where else it refers.

    `amount`: what a metric that is no count takes; `says`: what stands under the pointer instead of the counts.
    """

    key: str
    label: str
    out: int | None
    known: int | None
    unknown: int | None
    referrals: int | None
    suppressed: bool = False
    observable: bool = True
    amount: float | None = None
    says: str | None = None


@dataclass(frozen=True)
class PlaceMetric:
    """`value` of a place, None where there is none; `of`: how many referrals it was made from."""

    id: str
    label: str
    drawn: str  # what the colour is, for a subtitle
    share: bool
    ramp: Callable[[Tokens], tuple[str, ...]]
    value: Callable[[Place], float | None]
    of: Callable[[Place], int]
    top: float | None = None  # of the ramp; None: the largest there is

    def end(self, places: Sequence[Place]) -> float:
        """The value that takes the darkest step."""
        if self.top is not None:
            return self.top
        return nice(max((self.value(p) or 0.0 for p in places if not p.suppressed), default=0.0))

    def write(self, value: float) -> str:
        return percent(value) if self.share else whole(value)


def nice(number: float) -> float:
    """The next of 1, 2, 5, 10, 20 ... that is not smaller."""
    if number <= 1:
        return 1.0
    scale = 10 ** floor(log10(number))
    return float(next(scale * n for n in (1, 2, 5, 10) if scale * n >= number - 1e-9))


def _share(part: int | None, of: int | None) -> float | None:
    return part / of if part is not None and of else None


def _greys(t: Tokens) -> tuple[str, ...]:
    return tuple(mix(t.raised, t.unknown, (n + 1) / 10) for n in range(10))


LEAKAGE = PlaceMetric(
    "leakage",
    "Leakage",
    "share of referrals with a known destination that went out of network",
    True,
    lambda t: t.leakage,
    lambda p: _share(p.out, p.known),
    lambda p: p.known or 0,
    TOP_LEAKAGE,
)
PLACE_METRICS = {
    metric.id: metric
    for metric in (
        LEAKAGE,
        PlaceMetric(
            "lost",
            "Out of network",
            "referrals that went out of network",
            False,
            lambda t: t.leakage,
            lambda p: p.out,
            lambda p: p.known or 0,
        ),
        PlaceMetric(
            "referrals",
            "Referrals",
            "all referrals, known destination or not",
            False,
            lambda t: t.volume,
            lambda p: p.referrals,
            lambda p: p.referrals or 0,
        ),
        PlaceMetric(
            "unknown",
            "Destination unknown",
            "share of referrals whose destination is not known",
            True,
            _greys,
            lambda p: _share(p.unknown, p.referrals),
            lambda p: p.referrals or 0,
            TOP_UNKNOWN,
        ),
    )
}


@dataclass(frozen=True)
class Look:
    """`state`: shown, small (pale), hidden (striped), none (nothing was counted) or blind (not observable)."""

    state: str
    fill: str
    says: str


def look(place: Place, metric: PlaceMetric, top: float, t: Tokens) -> Look:
    """How a place is painted, and what stands under the pointer; no count of a hidden place is among it."""
    value = metric.value(place)
    if place.suppressed and value is None:
        return Look("hidden", t.raised, HIDDEN_LONG)
    if not place.observable:
        return Look("blind", t.ground, "seen only through what it sends us: leakage not observable")
    if value is None:
        return Look("none", t.raised, "no referral with a known destination" if metric is LEAKAGE else "no referral")
    fill = step(metric.ramp(t), value, top)
    if place.says is not None:
        return Look("shown", fill, place.says)
    if metric.share and metric.of(place) < SMALL_N:
        return Look("small", mix(fill, t.ground, SMALL), f"{_says(place)} \u00b7 few")
    return Look("shown", fill, _says(place))


def _says(place: Place) -> str:
    lost = f"went out of network: {HIDDEN_LONG}"
    if place.out is not None and place.known is not None:
        lost = f"{whole(place.out)} of {whole(place.known)} went out of network"
        lost += f", {percent(place.out / place.known)}" if place.known else ""
    unknown = f"unknown: {HIDDEN_LONG}"
    if place.unknown is not None and place.referrals is not None:
        unknown = f"{whole(place.unknown)} of {whole(place.referrals)} unknown"
    return f"{lost}\n{unknown}"


def sizes(top: float) -> list[int]:
    """Three counts for a legend of dots: a tenth, about a half and all of `top`."""
    return sorted({max(1, ceil(top / 10)), max(1, ceil(top / 2)), int(top)})
