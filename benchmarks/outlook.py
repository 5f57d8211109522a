"""Forecasts are spread as what comes and their intervals hold it; alerts are rarely false, and find real falls.

In every world: slope of what came on what was foreseen 0.95-1.05; 80% intervals of three months hold 77-86% (with
heavy zeros at least 77%), 95% intervals 93-97.5%; at most 15 false alerts in 1,000 practice-months. Where ups and
downs are mild, at least 40% of falls from ten a month to six are told within six months. These limits are those at
which a list is still worth reading: a false alert a month for every seventy practices, and intervals taken at their
word. A change that nobody made (own trends, ups and downs that last, visits that fade) counts as false.
"""

import argparse
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from benchmarks._measure import end, line
from benchmarks._outlook import CHANGED, MILD, STRONG, Flags, changed, really_lost
from benchmarks.worlds import WORLDS, World, draw
from liaison.models.outlook.alerts import alerts
from liaison.models.outlook.calibration import slope
from liaison.models.outlook.forecast import AHEAD, forecast
from liaison.models.outlook.history import FIRST, history, listed
from liaison.models.outlook.odds import WITHIN, odds
from liaison.models.outlook.rates import Array

ORIGINS = (3, 6, 9, 12)  # months back at which forecasts are made
HEAVY_ZEROS = 1.0  # referrals a practice and month, below which 80% intervals may hold more
MIDDLE = (0.77 + 0.86) / 2
FALSE = 15.0  # in 1,000 practice-months
FOUND = 0.40
ROW = {"decline": 0, "lapse": 0, "new": 1, "return": 2}  # of the tests


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--practices", type=int, default=300)
    options.add_argument("--months", type=int, default=36)
    options.add_argument("--world", action="append", help="only this one; may be repeated")
    asked = options.parse_args()
    size = (asked.seeds, asked.practices, asked.months)
    worlds = [world for world in WORLDS if not asked.world or world.name in asked.world]
    end([*_forecasts(worlds, *size), *_false_alerts(worlds, *size), *_found(*size)])


def _forecasts(worlds: list[World], seeds: int, practices: int, months: int) -> list[bool]:
    print("Forecasts of three months: means over seeds and four origins a panel; error: sum |came - foreseen| / came")
    _head("slope", "80%", "95%", "month80", "month95", "error", "last 3", "year ago", "bias")
    kept = []
    for world in worlds:
        found = np.mean([_one_forecast(world, seed, practices, months) for seed in range(seeds)], axis=0)
        _row(world.name, found)
        kept.append((world, found))
    off = max(abs(found[0] - 1) for _, found in kept)
    eighty = [
        _off(min(found[1], MIDDLE) if world.mean < HEAVY_ZEROS else found[1], 0.77, 0.86) for world, found in kept
    ]
    return [
        line("forecast: slope off 1, worst world", off, 0.05, 1, ""),
        line("forecast: 80% intervals, share of the way to a limit", max(eighty), 1.0, 1, ""),
        line(
            "forecast: 95% intervals, share of the way to a limit",
            max(_off(f[2], 0.93, 0.975) for _, f in kept),
            1,
            1,
            "",
        ),
    ]


def _off(held: float, least: float, most: float) -> float:
    """0 in the middle of the limits, 1 at one of them."""
    return abs(held - (least + most) / 2) / ((most - least) / 2)


def _one_forecast(world: World, seed: int, practices: int, months: int) -> Array:
    counts = draw(world, seed, practices, months).panel.referrals_in
    return np.mean([_at_origin(counts, months - back) for back in ORIGINS], axis=0)


def _at_origin(counts: Array, known: int) -> list[float]:
    made, came = forecast(counts[:, :known]), counts[:, known : known + AHEAD]
    total = came.sum(axis=1)
    held = [((total >= i.low) & (total <= i.high)).mean() for i in made.total_intervals]
    held += [((came >= i.low) & (came <= i.high)).mean() for i in made.month_intervals]
    guesses = (made.total, counts[:, known - 3 : known].sum(axis=1), counts[:, known - 12 : known - 9].sum(axis=1))
    errors = [np.abs(total - guess).sum() / total.sum() for guess in guesses]
    return [slope(made.total, total), *held, *errors, made.total.sum() / total.sum()]


def _false_alerts(worlds: list[World], seeds: int, practices: int, months: int) -> list[bool]:
    print(
        "\nAlerts in 1,000 practice-months that are false, by kind; group: alarms of the small ones together, in 1,000"
    )
    print("months; found: of what the world itself took away, share told within six months; a month: new false alerts")
    _head("false", "falls", "new", "return", "group", "found", "a month", "as told")
    worst = 0.0
    for world in worlds:
        found = _means([_one_list(world, seed, practices, months) for seed in range(seeds)])
        worst = max(worst, found[0])
        _row(world.name, found)
    return [line("alerts: false in 1,000 practice-months, worst", worst, FALSE, 1, "")]


def _one_list(world: World, seed: int, practices: int, months: int) -> list[float]:
    counts = draw(world, seed, practices, months).panel.referrals_in
    lost = really_lost(world, seed, practices, months)
    told = history(counts)
    lists = listed(told)
    nothing = ~lost.T[FIRST:]
    alarms = [1000 * kind[nothing].mean() for kind in (lists.any(axis=1), *lists.swapaxes(0, 1))]
    together = 1000 * (told.group_twice < told.threshold).mean()
    falls = _waits(lists[:, 0], lost.argmax(axis=1), np.asarray(lost.any(axis=1)))
    begun = lists.any(axis=1) & nothing
    a_month = (begun[1:] & ~begun[:-1]).sum(axis=1).mean()
    share = (falls <= WITHIN).mean() if len(falls) else np.nan
    return [*alarms, together, share, a_month, odds(counts, told).false_a_month]


def _waits(alarms: Flags, at: npt.NDArray[np.int64], which: Flags) -> Array:
    """Months from the change to its alert, for those that changed and were not on the list just before."""
    waits = []
    for place in np.flatnonzero(which):
        start = int(at[place]) - FIRST
        if start < 1 or alarms[start - 1, place]:
            continue
        after = np.flatnonzero(alarms[start:, place])
        waits.append(after[0] + 1 if len(after) else np.inf)
    return np.array(waits, dtype=float)


def _found(seeds: int, practices: int, months: int) -> list[bool]:
    print(f"\nReal changes of one practice in {CHANGED} at ten a month: share told within three, six and nine months;")
    print("of the list then: share that is real, and as the list has it; falls found in six months, as it has it")
    _head("3", "6", "9", "real", "as told", "falls")
    mild = 0.0
    for world in (MILD, STRONG):
        for kind in ROW:
            found = _means([_one_change(world, kind, seed, practices, months) for seed in range(seeds)])
            _row(f"{world.name}: {kind}", found)
            mild = found[1] if (world, kind) == (MILD, "decline") else mild
    return [line("alerts: falls from 10 to 6 not told in six months", 1 - mild, 1 - FOUND, 1, "")]


def _one_change(world: World, kind: str, seed: int, practices: int, months: int) -> list[float]:
    case = changed(world, kind, seed, practices, months)
    panel = case.market.panel
    lists = listed(history(panel.referrals_in))
    waits = _waits(lists[:, ROW[kind]], np.full(practices, case.at), case.which)
    shares = [float((waits <= within).mean()) if len(waits) else np.nan for within in (3, WITHIN, 9)]
    then = alerts(panel, panel.months[case.at + (WITHIN - 1 if kind in ("decline", "lapse") else 1)])
    real = [case.which[panel.practices.index(one.practice)] for one in then.alerts if one.practice]
    told = [one.real for one in then.alerts if one.practice]
    return [*shares, *(float(np.mean(some)) if some else np.nan for some in (real, told)), then.odds.found]


def _means(rows: list[list[float]]) -> Array:
    """Of each column, over the rows that have a number; nan where none has."""
    found = np.ma.masked_invalid(np.array(rows)).mean(axis=0)
    return np.asarray(np.ma.filled(found, np.nan), dtype=float)


def _head(*names: str) -> None:
    print(f"{'':<20}" + "".join(f"{name:>10}" for name in names))


def _row(name: str, values: Iterable[float]) -> None:
    print(
        f"{name:<20}" + "".join(f"{value:>10.3f}" if not np.isnan(value) else f"{'':>10}" for value in values),
        flush=True,
    )


if __name__ == "__main__":
    main()
