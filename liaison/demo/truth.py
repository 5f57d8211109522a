"""What is true of a demo market, because it was made so: to hold figures against, never to compute them from."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from liaison.demo.field.scene import Scene
from liaison.demo.field.truth import field_truth
from liaison.demo.flows import CAUSED, IN, OUT, ROLES, STEADY, UNKNOWN, in_opening
from liaison.demo.lines import LINES, OPENING_LINE, STUCK_LINE
from liaison.demo.market import NORTHGATE, ORGANISATIONS, Numbers
from liaison.demo.options import SOURCE
from liaison.demo.referrals import Tally
from liaison.demo.stages import stuck_factor
from liaison.demo.visits import LAG, PEAK, Programme, attention
from liaison.demo.volume import World

Truth = dict[str, Any]


def write_truth(world: World, tally: Tally, path: Path) -> None:
    path.write_text(json.dumps(truth(world, tally), indent=1) + "\n", encoding="utf-8")


def truth(world: World, tally: Tally) -> Truth:
    """The whole of it, as the JSON that `--truth` writes."""
    options = world.market.options
    return {
        "seed": options.seed,
        "metro": options.metro,
        "practices": options.practices,
        "referrals": options.referrals,
        "window": {"from": options.month_text(0), "to": options.until},
        "source": SOURCE,
        "as_of": options.as_of.isoformat(),
        "leakage": leakage_truth(world, tally),
        "effect": effect_truth(world),
        "next_visit": next_visits(world),
        "shapes": shapes(world, tally),
        "field": field_truth(Scene(world)),
    }


def leakage_truth(world: World, tally: Tally) -> Truth:
    """Counts over the whole window and the vantage `ordered`, by line, practice, territory in force and month."""
    market, counts = world.market, world.counts
    seen = counts * ~market.received_only[None, :, None, None]
    territories = sorted(set(market.territories["territory_id"]))
    by_territory = np.zeros((len(territories), seen.shape[-1]), int)
    for month in range(len(seen)):
        np.add.at(by_territory, market.territory[:, month], seen[month].sum(axis=1))
    hidden = np.flatnonzero(market.received_only)
    return {
        "vantage": "ordered",
        "total": _share(seen.sum(axis=(0, 1, 2))) | {"not_completed": tally.not_completed},
        "service_line": {line: _share(seen[:, :, at].sum(axis=(0, 1))) for at, line in enumerate(LINES)},
        "practice": {
            practice: _share(seen[:, at].sum(axis=(0, 1)))
            for at, practice in enumerate(market.ids)
            if not market.received_only[at]
        },
        "territory": {name: _share(by_territory[at]) for at, name in enumerate(territories)},
        "month": {market.options.month_text(at): _share(seen[at].sum(axis=(0, 1))) for at in range(len(seen))},
        "not_observable": {market.ids[at]: int(counts[:, at].sum()) for at in hidden},
    }


def _share(kinds: Numbers) -> Truth:
    """From counts by kind: numerator (out), denominator (known), unknown, value."""
    out, known = int(kinds[OUT]), int(kinds[IN] + kinds[OUT] + kinds[CAUSED])
    value = out / known if known else None
    return {"numerator": out, "denominator": known, "unknown": int(kinds[UNKNOWN]), "value": value}


def effect_truth(world: World) -> Truth:
    """What visits caused: how it comes and fades, per practice, expected and as it fell out, by month."""
    options, programme = world.market.options, world.programme
    kept = world.flows.kept.sum(axis=2)[:, : options.months] * world.scale
    expected = kept * programme.lift[:, : options.months]
    caused = world.counts[..., CAUSED].sum(axis=2).T
    ever: Numbers = programme.visited.sum(axis=1) > 0
    first = programme.visited.argmax(axis=1)
    since = (np.arange(options.months)[None, :] >= first[:, None]) & ever[:, None]
    return {
        "rule": "in-network referrals of a practice x (1 + peak x lag), lags of overlapping visits added up to 1",
        "lag_by_months_since_visit": list(LAG),
        "peak_range": list(PEAK),
        "channels_with_effect": ["in_person", "virtual", "event"],
        "programme_start": options.month_text(options.programme_start),
        "expected": round(float(expected.sum()), 2),
        "realised": int(caused.sum()),
        "baseline": round(float(kept[since].sum()), 2),
        "lift": float(expected.sum() / kept[since].sum()),
        "by_month": {
            options.month_text(at): {
                "expected": round(float(expected[:, at].sum()), 2),
                "realised": int(caused[:, at].sum()),
            }
            for at in range(options.programme_start, options.months)
        },
        "practice": {
            practice: {
                "peak": round(float(programme.peak[at]), 4),
                "first_visit": options.month_text(int(first[at])) if ever[at] else None,
                "expected": round(float(expected[at].sum()), 2),
                "realised": int(caused[at].sum()),
            }
            for at, practice in enumerate(world.market.ids)
        },
    }


def next_visits(world: World) -> list[Truth]:
    """For each practice, what one visit in the month after the window would bring in all, largest first."""
    gains = next_gains(world)
    order = np.argsort(-gains, kind="stable")
    ids = world.market.ids
    return [{"practice_id": ids[at], "gain": round(float(gains[at]), 4)} for at in order]


def next_gains(world: World) -> Numbers:
    """Expected extra in-network referrals in all, per practice: beyond what earlier visits still do."""
    options, programme = world.market.options, world.programme
    months = options.months + len(LAG)
    more = _with_visit(programme, options.months, months) - attention(programme.visited, months)
    kept = world.flows.kept.sum(axis=2) * world.scale
    gains: Numbers = (kept * more)[:, options.months :].sum(axis=1) * programme.peak
    return gains


def _with_visit(programme: Programme, month: int, months: int) -> Numbers:
    """Attention if every practice were visited in the given month too."""
    visited = np.zeros((len(programme.visited), month + 1))
    visited[:, :month] = programme.visited
    visited[:, month] = 1
    return attention(visited, months)


def shapes(world: World, tally: Tally) -> Truth:
    """What was put into the market to be found, and in how many rows something is wrong."""
    market, options = world.market, world.market.options
    return {
        "opening": {
            "organisation_id": ORGANISATIONS[NORTHGATE][0],
            "month": options.month_text(options.opening),
            "service_line": LINES[OPENING_LINE],
            "counties": list(market.metro.opening_counties),
            "practices": [market.ids[at] for at in np.flatnonzero(in_opening(market))],
        },
        "stuck": {
            "service_line": LINES[STUCK_LINE],
            "stage": "received",
            "from": options.month_text(options.stuck_from),
            "times_longer_at_the_end": stuck_factor(options, options.months - 1),
        },
        "decline": {"from": options.month_text(options.decline_start)},
        "roles": {
            name: [market.ids[at] for at in np.flatnonzero(world.flows.role == role)]
            for role, name in enumerate(ROLES)
            if role != STEADY
        },
        "territory_moved": {"county": market.metro.moved_county, "month": options.month_text(options.territory_move)},
        "rows": {"npi_invalid": tally.bad_npi, "contradictions": tally.contradictions},
    }
