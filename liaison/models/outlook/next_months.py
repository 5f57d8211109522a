"""A panel's forecast with its practices and months: what the command prints and a page shows."""

from dataclasses import dataclass
from typing import Any

from liaison.models.outlook.forecast import AHEAD, Forecast, Interval, forecast
from liaison.models.panel import Panel
from liaison.vocabulary import month_text

DIGITS = 2  # referrals
FINE = 3  # factors and shares


@dataclass(frozen=True)
class NextMonths:
    """The forecast for the three `months` (month ids) after `last`, the last that was known; rows as `practices`."""

    practices: tuple[str, ...]
    last: int
    months: tuple[int, ...]
    forecast: Forecast

    def as_json(self) -> dict[str, Any]:
        made = self.forecast
        return {
            "last": month_text(self.last),
            "months": [month_text(month) for month in self.months],
            "season": [round(float(factor), FINE) for factor in made.factors.season],
            "growth": [round(float(factor), FINE) for factor in made.factors.growth],
            "power": round(made.power, FINE),
            "scatter": round(made.scatter_total, FINE),
            "looked_back": made.looked_back,
            "rows": [self.row(place) for place in range(len(self.practices))],
        }

    def row(self, place: int) -> dict[str, Any]:
        """One practice: three months together, each month, and the practice's own factors of the product."""
        made, factors = self.forecast, self.forecast.factors
        return {
            "practice_id": self.practices[place],
            "referrals": round(float(made.total[place]), DIGITS),
            **_bounds(made.total_intervals, place),
            "rate": round(float(factors.rate[place]), DIGITS),
            "recent": round(float(factors.recent[place]), FINE),
            "drawn": round(float(factors.drawn[place]), FINE),
            "months": [
                {
                    "month": month_text(self.months[ahead]),
                    "referrals": round(float(made.months[place, ahead]), DIGITS),
                    **_bounds(made.month_intervals, (place, ahead)),
                }
                for ahead in range(AHEAD)
            ],
        }


def next_months(panel: Panel, month: int | None = None) -> NextMonths:
    """The forecast made at the end of `month` (default: the panel's last), from what was known then.

    Raises LiaisonError with fewer than twelve months up to it.
    """
    known = panel if month is None else panel.until(month)
    made = forecast(known.referrals_in)
    last = known.months[-1]
    return NextMonths(known.practices, last, tuple(last + ahead for ahead in range(1, AHEAD + 1)), made)


def _bounds(intervals: tuple[Interval, ...], place: int | tuple[int, int]) -> dict[str, int]:
    """{'low_80': 3, 'high_80': 11, ...}"""
    return {
        f"{side}_{interval.level * 100:.0f}": int(getattr(interval, side)[place])
        for interval in intervals
        for side in ("low", "high")
    }
