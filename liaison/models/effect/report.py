"""An estimate as the keys that scripts read."""

from typing import Any

from liaison.models.effect.assumed import sent_by_visited
from liaison.models.effect.effect import Effect
from liaison.models.effect.interval import Interval
from liaison.models.effect.money import Money
from liaison.models.effect.parts import WARNING
from liaison.models.effect.words import ASKED, compared, naive_says
from liaison.models.panel import month_name

MODEL = "path-4"


def as_json(effect: Effect, worth: Money | None = None) -> dict[str, Any]:
    """Totals are over the covered practices since their first visit, or in the window that was asked for."""
    shown = effect.verdict == "estimate"
    incremental, lift, expected = effect.interval()
    naive = (
        effect.naive if effect.every_month else None
    )  # a chart of before and after knows no window: beside one it would mislead
    told = effect.told
    sent, visits = sent_by_visited(effect)
    return {
        "model": MODEL,
        "verdict": effect.verdict,
        "says": effect.says,
        "asked": effect.asked.value,
        "question": ASKED[effect.asked],
        "reasons": effect.reasons,
        "level": effect.level,
        "window": {"from": month_name(effect.window[0]), "to": month_name(effect.window[1])},
        "incremental": incremental.as_json() if shown else None,
        "baseline": round(expected, 4) if shown else None,
        "lift": lift.as_json() if shown else None,
        "at_most": None if effect.bound is None else round(max(effect.bound.high, 0.0), 4),
        "can_tell": {
            "now": told.able or not incremental.covers_zero,
            "month": None if told.month is None else month_name(told.month),
        }
        if shown
        else None,
        "covered": {"share": round(effect.share, 4), "practices": list(effect.covered)},
        "visited": {"referrals": sent, "visits": visits},
        "already_in_programme": round(effect.volume_already, 4),
        "naive": None if naive is None else round(naive.value, 4),
        "naive_says": None
        if naive is None
        else naive_says(naive, incremental.value if shown else None, expected if shown else None),
        "checks": [check.as_json() for check in effect.checks],
        "comparison": _comparison(effect),
        "lag": lag(effect) if shown else [],
        "monthly": monthly(effect) if shown else [],
        "parts": {"says": WARNING, "rows": [part.as_json() for part in effect.parts]}
        if shown and effect.parts
        else None,
        "by_lot": None if effect.lots is None else effect.lots.as_json(),
        "money": None if worth is None else worth.as_json(),
    }


def _comparison(effect: Effect) -> dict[str, Any]:
    of = effect.of
    peers = len(of.waited) if effect.by_lot else of.peers
    return {
        "says": compared(effect.asked, len(effect.covered), peers),
        "practices": peers,
        "waited": len(of.waited),
        "visited": int(of.panel.visited.any(axis=1).sum()),
    }


def lag(effect: Effect) -> list[dict[str, Any]]:
    """The lag curve: months since the visit, `from` to `to` (None: and later), against the comparison."""
    of, rows = effect.of, []
    for place, fit in enumerate(of.fits):
        band = of.in_band(place)
        if band.expected <= 0:
            continue
        error = of.error(band)
        last = fit.band[1] if fit.band[1] < len(of.panel.months) else None
        rows.append(
            {
                "from": fit.band[0],
                "to": last,
                "observed": round(band.observed, 4),
                "expected": round(band.expected, 4),
                "incremental": Interval.of(band.incremental, error, effect.level).as_json(),
                "lift": Interval.of(band.lift, error / band.expected, effect.level).as_json(),
            }
        )
    return rows


def monthly(effect: Effect) -> list[dict[str, Any]]:
    """Month by month of the window: what covered practices sent since their visit, and what was expected of them."""
    of, rows = effect.of, []
    first = of.panel.months[0]
    for month in range(effect.window[0], effect.window[1] + 1):
        at = month - first
        one = of.over(effect.kept, (at, at + 1))
        if one.expected <= 0:
            continue
        rows.append(
            {
                "month": month_name(month),
                "observed": round(one.observed, 4),
                "expected": round(one.expected, 4),
                "incremental": Interval.of(one.incremental, of.error(one), effect.level).as_json(),
            }
        )
    return rows
