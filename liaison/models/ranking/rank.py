"""Whom to see next: every practice with the referrals that one more visit is expected to bring, and why."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from liaison.errors import LiaisonError
from liaison.models.panel import Panel, month_name
from liaison.models.ranking.attention import added, felt, left_over, months_since
from liaison.models.ranking.evidence import Evidence
from liaison.models.ranking.expected import forecast, market_ahead
from liaison.models.ranking.fit import solve
from liaison.models.ranking.given import Given, Row
from liaison.models.ranking.groups import groups
from liaison.models.ranking.levels import Levels, levels
from liaison.models.ranking.lift import Lift, lift
from liaison.models.ranking.outside import Outside, outside
from liaison.models.ranking.reasons import LEAST, Factors, Told
from liaison.models.ranking.variation import Variation, variation

Numbers = npt.NDArray[np.float64]
MODEL = "expected gain of one visit"
VERSION = 1
FEWEST_MONTHS = 6


@dataclass(frozen=True)
class Ranking:
    """The list for the month after `as_of`, best first. `level`: of the intervals, 0-1."""

    as_of: int
    level: float
    evidence: Evidence
    rows: tuple[Row, ...]
    fitted: "Fitted"

    def as_json(self, top: int | None = None) -> dict[str, Any]:
        """The keys of the contract; `top` rows, all where None."""
        return {
            "model": {"name": MODEL, "version": VERSION, "gain": "margin" if self.fitted.money else "referrals"},
            "as_of": month_name(self.as_of),
            "level": self.level,
            "evidence": self.evidence.as_json(),
            "rows": [_plain(row) for row in self.rows[:top]],
        }


@dataclass(frozen=True)
class Fitted:
    """What the list was made from, for checks and the model card, in the panel's order.

    `ahead` (practice, month ahead): referrals from the second month after the last, if nobody visits from now on;
    `gain` and its standard `error` (practice).
    """

    levels: Levels
    variation: Variation
    outside: Outside
    lift: Lift
    factors: Factors
    ahead: Numbers
    gain: Numbers
    error: Numbers
    why_groups: str
    money: bool


def rank(panel: Panel, as_of: int | None = None, level: float = 0.95, given: Given | None = None) -> Ranking:
    """Rank all practices for a visit in the month after `as_of` (month id; the panel's last where None).

    Nothing after `as_of` is looked at. No draw by chance: the same panel gives the same list.
    """
    given = given or Given()
    panel = _known(panel, as_of)
    fitted, told = _fit(panel, given)
    evidence = Evidence.of(panel, fitted.lift, level, fitted.why_groups)
    half = NormalDist().inv_cdf(0.5 + level / 2)
    low, high = fitted.gain - half * fitted.error, fitted.gain + half * fitted.error
    if evidence.covers_zero:
        # The prior may move the centre; it must not exclude what the data alone do not exclude.
        low = np.minimum(low, 0.0)
    contributions = told.factors.contributions()
    order = np.argsort(-fitted.gain, kind="stable")
    rows = []
    for number, place in enumerate(order, start=1):
        reasons, against = told.of(int(place), contributions)
        gain, least, most = (float(values[place]) for values in (fitted.gain, low, high))
        rows.append(Row(panel.practices[place], number, gain, least, most, reasons, against))
    return Ranking(panel.months[-1], level, evidence, tuple(rows), fitted)


def fit(panel: Panel, as_of: int) -> Fitted:
    """What a list as of that month would be made from, without its words."""
    return _fit(_known(panel, as_of), Given())[0]


def _known(panel: Panel, as_of: int | None) -> Panel:
    if as_of is not None and as_of > panel.months[-1]:
        what = f"The panel ends with {month_name(panel.months[-1])}, before {month_name(as_of)}."
        raise LiaisonError(what, remedy="Rank as of its last month or an earlier one.")
    known = panel if as_of is None else panel.until(as_of)
    if len(known.months) < FEWEST_MONTHS:
        until = "" if as_of is None else f" up to {month_name(as_of)}"
        what = f"The panel has {len(known.months)} months{until}; a ranking needs {FEWEST_MONTHS}."
        raise LiaisonError(what, remedy="Add earlier months, or rank as of a later one.")
    return known


def _fit(panel: Panel, given: Given) -> tuple[Fitted, Told]:
    level = levels(panel)
    varies = variation(panel.referrals_in, level)
    dose = felt(panel.visited, given.lags)
    solved = solve(panel.referrals_in, dose, level, varies)
    seen = outside(panel)
    measured = lift(solved, seen, given.prior, given.lift)
    apart = groups(panel, solved, measured.overall * measured.factor)
    lifts = measured.overall * measured.factor
    if given.forecast is None:
        ahead = market_ahead(solved.market, len(given.lags))
        expected, error = forecast(panel.referrals_in, dose, lifts, level, solved.market, varies, ahead)
    else:
        expected, error = given.forecast, np.zeros(len(panel))
    as_it_is = expected * (1 + lifts[:, None] * left_over(panel.visited, given.lags))
    gains = added(panel.visited, given.lags)
    months = gains.sum(axis=1)
    # The months that a visit adds weigh the forecast; where it adds none, all alike.
    monthly = np.where(months > 0, (expected * gains).sum(axis=1) / np.maximum(months, 1e-9), expected.mean(axis=1))
    attention = np.maximum(months, LEAST)
    factors = Factors(np.maximum(monthly, LEAST), attention, measured.factor, apart.factor, _margins(panel, given))
    base = factors.forecast * attention * apart.factor * factors.margin
    gain = base * measured.overall * measured.factor
    relative = error / np.maximum(expected.mean(axis=1), 1e-9)
    spread = np.sqrt((base * measured.sd) ** 2 + (gain * relative) ** 2)
    told = Told(factors, seen, months_since(panel.visited), apart.says)
    money = given.margin is not None
    return Fitted(level, varies, seen, measured, factors, as_it_is, gain, spread, apart.why, money), told


def _margins(panel: Panel, given: Given) -> Numbers:
    if given.margin is None:
        return np.ones(len(panel))
    missing = next((practice for practice in panel.practices if given.margin.get(practice, 0.0) <= 0), None)
    if missing is not None:
        what = f"Practice {missing} has no margin of a referral above 0."
        raise LiaisonError(what, remedy="Give every practice one, or rank by referrals.")
    return np.array([given.margin[practice] for practice in panel.practices])


def _plain(row: Row) -> dict[str, Any]:
    def told(reasons: tuple[Any, ...]) -> list[dict[str, Any]]:
        return [{"says": r.says, "factor": r.factor, "contribution": r.contribution} for r in reasons]

    amounts = {name: round(getattr(row, name), 4) for name in ("gain", "low", "high")}
    listed = {"practice_id": row.practice_id, "rank": row.rank, **amounts}
    return {**listed, "reasons": told(row.reasons), "against": told(row.against)}
