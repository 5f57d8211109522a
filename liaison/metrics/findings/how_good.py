"""What is said of how good the ranking is: forecasts against what came, thirds of the score, visits by lot.

No sentence here says that this list beats another: visits that people chose cannot show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from liaison.charts.amount_intervals import signed

HOLDS = (0.9, 1.1)  # a slope within these: what came follows what was forecast
NEAR = (0.75, 1.25)  # within these it leans, and still tells the big from the small


@dataclass(frozen=True)
class Amount:
    """Referrals beyond the forecast, a visit, with an interval; None where there are too few visits."""

    label: str
    visits: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def says(self) -> str:
        """'+2.1 a visit, between \u22120.5 and +4.7 (140 visits)'."""
        if self.value is None or self.low is None or self.high is None:
            return f"{self.visits} visits, too few to say"
        ends = f"between {signed(self.low)} and {signed(self.high)}"
        return f"{signed(self.value)} a visit, {ends} ({self.visits:,} visits)"


def how_good_headline(slope: float | None, lot: Amount | None, drawn: int, needed: int) -> str:
    """May one believe the list? Two answers: its forecasts, and what visits cause."""
    forecasts = _forecasts(slope)
    if lot is not None and lot.low is not None and lot.low > 0:
        return f"{forecasts}, and visits by lot show that visits bring referrals"
    if lot is not None:
        return f"{forecasts}; visits by lot do not show an effect so far"
    joint = "but" if slope is not None and NEAR[0] <= slope <= NEAR[1] else "and"
    return f"{forecasts}, {joint} what visits cause is not proved: {drawn:,} of {needed} visits by lot are drawn"


def _forecasts(slope: float | None) -> str:
    if slope is None:
        return "Its forecasts cannot be checked yet"
    if holds(slope):
        return "Its forecasts hold"
    return "Its forecasts come near" if NEAR[0] <= slope <= NEAR[1] else "Its forecasts are off"


def holds(slope: float) -> bool:
    """Whether forecasts of big and small practices are neither too far apart nor too close."""
    return HOLDS[0] <= round(slope, 2) <= HOLDS[1]


def forecast_finding(slope: float | None, made: str) -> str:
    """Over the picture of tenths. `made`: 'Apr 2026'."""
    if slope is None:
        return f"Forecasts made after {made}, beside what came"
    if holds(slope):
        return f"What came followed the forecasts made after {made}: slope {slope:.2f}, where 1 is right"
    leaning = "too far apart" if slope < HOLDS[0] else "too close together"
    return f"Forecasts made after {made} were {leaning}: slope {slope:.2f}, where 1 is right"


def thirds_finding(thirds: Sequence[Amount]) -> str:
    """Over the picture of thirds: the order is said only where the intervals do not overlap."""
    if not thirds or any(each.value is None for each in thirds):
        return "Too few visits in the last year to compare thirds of the score"
    first, last = thirds[0], thirds[-1]
    if first.low is not None and last.high is not None and first.low > last.high:
        return f"More came after visits high on the list: {_brought(first)}, against {_brought(last)} low on it"
    if first.high is not None and last.low is not None and first.high < last.low:
        return f"Less came after visits high on the list: {_brought(first)}, against {_brought(last)} low on it"
    return "After visits high and low on the list came about as much: the intervals overlap"


def _brought(amount: Amount) -> str:
    return signed(amount.value or 0.0)


def lot_finding(lot: Amount | None, drawn: int, needed: int) -> str:
    """Over the part on visits by lot."""
    if lot is None:
        missing = max(needed - drawn, 0)
        return f"{missing:,} more visits by lot are needed before what they brought is shown"
    if lot.low is not None and lot.low > 0:
        return f"Visits by lot brought more referrals: {lot.says}"
    return f"Visits by lot do not show an effect: {lot.says}"


def fairness_finding(shares: Sequence[tuple[str, float, float]], near: float = 0.8) -> str:
    """`shares`: (group, share of visits, share of need). Names the group that gets least of what it needs."""
    short = [(visits / need, group) for group, visits, need in shares if need > 0]
    if not short:
        return "Nothing is known yet of who gets the visits"
    least, group = min(short)
    if least >= near:
        return "Rural, small and safety-net practices get about their share of visits"
    return f"{group[:1].upper()}{group[1:]} get {least:.0%} of the visits that their share of need would give them"


def truth_finding(ours: float, others: float) -> str:
    """On a market whose truth is known: this list beside the best of those that need no model."""
    said = f"Its truth is known: here the list brings {ours:.0%} of what the best one would"
    if ours >= others:
        return f"{said}, the next best {others:.0%}"
    return f"{said}, less than a simpler one with {others:.0%}"
