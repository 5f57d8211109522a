"""What the incremental referrals were worth, against what the covered visits cost: every input is named and dated."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from liaison.models.effect.interval import Interval


@dataclass(frozen=True)
class Line:
    """A service line: its `share` of the covered practices' referrals, how many of those are `seen` (a share, of `n`
    referrals; 0 where it is taken as given), and contribution `margin` of a seen one, with ends if the source has some.
    """

    name: str
    share: float
    margin: float
    seen: float = 1.0
    n: int = 0
    low: float | None = None
    high: float | None = None
    source: str = "typed in"
    dated: str | None = None

    @property
    def worth(self) -> float:
        """Margin of one referral of the line, seen or not: one that is not seen earns nothing."""
        return self.seen * self.margin

    @property
    def variance(self) -> float:
        """Of `worth`: the seen rate as a share of `n`, the ends of a margin as a 95% interval."""
        of_seen = self.seen * (1 - self.seen) / self.n if self.n else 0.0
        known = self.low is not None and self.high is not None
        of_margin = ((self.high or 0.0) - (self.low or 0.0)) / (2 * NormalDist().inv_cdf(0.975)) if known else 0.0
        return self.margin**2 * of_seen + self.seen**2 * of_margin**2


@dataclass(frozen=True)
class Cost:
    """`total` of the programme over the same months; `visits` in all, and of covered practices."""

    total: float
    visits: int
    covered: int
    source: str = "typed in"

    @property
    def share(self) -> float:
        return self.covered / self.visits if self.visits else 0.0

    @property
    def of_covered(self) -> float:
        return self.total * self.share


@dataclass(frozen=True)
class Money:
    """Dollars. `margin`: of the covered practices' incremental referrals, with the effect's uncertainty, the seen
    rates' and the margins' carried through. Never set against the cost of all visits."""

    margin: Interval
    cost: Cost
    lines: tuple[Line, ...]
    referrals: Interval
    expected: float
    worth: float

    @property
    def net(self) -> Interval:
        of = self.margin
        cost = self.cost.of_covered
        return Interval(of.value - cost, of.low - cost, of.high - cost, of.level)

    @property
    def per_dollar(self) -> Interval | None:
        """Margin for a dollar of covered cost: 1 is break-even. None where nothing was paid."""
        return self.margin.times(1 / self.cost.of_covered) if self.cost.of_covered else None

    @property
    def per_visit(self) -> Interval | None:
        """Margin less cost, a covered visit."""
        return self.net.times(1 / self.cost.covered) if self.cost.covered else None

    @property
    def per_referral(self) -> float | None:
        """Covered cost of an incremental referral; None where none came."""
        return self.cost.of_covered / self.referrals.value if self.referrals.value > 0 else None

    @property
    def break_even_lift(self) -> float | None:
        """Lift of the expected referrals at which margin equals covered cost."""
        whole = self.expected * self.worth
        return self.cost.of_covered / whole if whole > 0 else None

    @property
    def zero_says(self) -> str:
        """What must be true for the covered visits to have earned nothing."""
        return zero_words(self.cost.of_covered, self.referrals.value, self.expected, self.worth)

    @property
    def unmeasured_says(self) -> str:
        """The line for the work that is not measured."""
        visits = self.cost.visits - self.cost.covered
        return f"{visits:,} visits (${self.cost.total - self.cost.of_covered:,.0f}) are not measured."

    def as_json(self) -> dict[str, Any]:
        per_dollar, per_visit = self.per_dollar, self.per_visit
        return {
            "margin": round(self.margin.value, 2),
            "low": round(self.margin.low, 2),
            "high": round(self.margin.high, 2),
            "level": self.margin.level,
            "cost_covered": round(self.cost.of_covered, 2),
            "cost_total": round(self.cost.total, 2),
            "net": round(self.net.value, 2),
            "return": None if per_dollar is None else round(per_dollar.value, 4),
            "return_low": None if per_dollar is None else round(per_dollar.low, 4),
            "return_high": None if per_dollar is None else round(per_dollar.high, 4),
            "per_visit": None if per_visit is None else round(per_visit.value, 2),
            "cost_per_referral": None if self.per_referral is None else round(self.per_referral, 2),
            "break_even_lift": None if self.break_even_lift is None else round(self.break_even_lift, 6),
            "visits": self.cost.visits,
            "visits_covered": self.cost.covered,
            "zero": self.zero_says,
            "not_measured": self.unmeasured_says,
            "inputs": {"cost": asdict(self.cost), "lines": [asdict(line) for line in self.lines]},
        }


def zero_words(cost: float, measured: float, expected: float, worth: float) -> str:
    """`cost` of the covered visits and `worth` of a referral in dollars; `measured` and `expected` referrals."""
    if worth <= 0 or expected <= 0:
        return "Without a margin nothing can pay for the visits."
    needed = cost / worth
    says = (
        f"The covered visits pay for themselves at {needed:,.0f} more referrals, a lift of {needed / expected:.1%}; "
        f"measured are {measured:+,.0f}"
    )
    if measured <= 0:
        return f"{says}."
    return f"{says}, which pay as long as one is worth {cost / measured:,.0f} dollars on average; here {worth:,.0f}."


def money(referrals: Interval, error: float, expected: float, lines: Sequence[Line], cost: Cost) -> Money:
    """`referrals`: incremental, with standard error `error`, of the `expected` ones; shares of lines add up to 1."""
    margin, worth = margin_of(referrals, error, lines)
    return Money(margin, cost, tuple(lines), referrals, expected, worth)


def margin_of(referrals: Interval, error: float, lines: Sequence[Line]) -> tuple[Interval, float]:
    """Margin of referrals with standard error `error`, and what one of them is worth on average.

    First-order variance of a product of independent estimates: worth^2 var(referrals) + referrals^2 var(worth).
    """
    share = np.array([line.share for line in lines])
    share = share / share.sum() if share.sum() > 0 else share
    worth = float(share @ np.array([line.worth for line in lines]))
    variance = float(share**2 @ np.array([line.variance for line in lines]))
    of_margin = float(np.sqrt(worth**2 * error**2 + referrals.value**2 * variance))
    return Interval.of(referrals.value * worth, of_margin, referrals.level), worth
