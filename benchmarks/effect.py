"""What visits caused: the estimate is right where it gives a number, sure where it may be, and refuses where it must.

Over the worlds of `benchmarks.worlds`, each with the effect and without, for panels where a headline is shown, in
points of the visited practices' baseline: mean bias at most 2, in no world beyond 4 (few, many, zeros, ongoing: 6);
95% intervals hold 93-98% pooled; RMSE at most 0.75 of that of six months before and after. Over a thousand panels
without effect: an effect claimed in at most 7%, a gain in at most 3%. Where visits follow growth or level: refused, or
shown as a bound, in at least 95%; mature and late log answered, or refused for what they lack, in at least 95%;
elsewhere at most 12% refused (many and ongoing aside). These limits are those at which an executive may act on a
headline: one claim in fourteen is false at most, and seldom flatters.

`few` has twenty visited practices, some of them without peers of their size: nearly half of its panels are refused, and
the last promise is printed with and without them.

In worlds that are about something else than choice (a shock, a shrinking market, few visits), the list is made from
what the team saw, and whom of it to see next is chance: else they would all be the world "level" over again, and could
not both be refused and not. `--as-ranked` leaves them as `benchmarks.ranking` has them. Seeds below 1,000 are for
reports; the method was made on seeds from 5,000.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks._measure import end
from benchmarks.worlds import PLAIN, WORLDS, Chosen, Market, World, draw
from benchmarks.yardstick import two_way
from liaison.models.effect import Effect, effect
from liaison.models.effect.event_study import studied
from liaison.models.effect.naive import before_after
from liaison.models.panel import Panel

Flags = npt.NDArray[np.bool_]
ABOUT_CHOICE = ("random", "level", "decline", "growth", "competitor", "mature")
REFUSED_BY_RIGHT = ("level", "growth")
LOOSE, FREE = ("few", "many", "zeros", "ongoing"), ("many", "ongoing", "mature", "late log", *REFUSED_BY_RIGHT)
BIAS, WORLD_BIAS, LOOSE_BIAS, RMSE = 2.0, 4.0, 6.0, 0.75
HOLDS, FALSE, GAINS, MUST, MAY = (0.93, 0.98), 0.07, 0.03, 0.95, 0.12
ENOUGH = 10  # panels with a headline, below which a world's bias is not judged
SELDOM = ("few",)  # often refused: a list made from a lucky half year looks like growth
OLD = ("mature", "late log")  # programmes older than the data
LACKS = ("comparison_practices", "common_range", "visited_practices", "months_before")  # reasons that are the data's
LATE = 12  # the month from which the late log is complete
FAST, FAST_LARGE = 1.0, 15.0  # seconds


@dataclass(frozen=True)
class Found:
    """One panel. Errors and standard error in points of baseline; nan where a method gives nothing.

    `compared`: drawn for the table, not for the count of false claims alone.
    """

    world: str
    seed: int
    caused: bool
    shown: bool
    bound: bool
    error: float
    se: float
    z: float  # of the estimate against zero
    held: bool  # the interval holds the truth
    simple: float
    fixed: float
    study: float
    compared: bool = True
    refusing: tuple[str, ...] = ()  # decisive checks that failed


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--first-seed", type=int, default=0)
    options.add_argument("--null-seeds", type=int, default=72, help="of panels without effect, for false positives")
    options.add_argument("--practices", type=int, default=300)
    options.add_argument("--worlds", nargs="*", help="default: all")
    options.add_argument("--as-ranked", action="store_true", help="the worlds as the ranking's benchmark has them")
    options.add_argument("--plain", action="store_true", help="without the event study")
    options.add_argument("--no-speed", action="store_true")
    options.add_argument("--into", type=Path, help="only measure, and add the panels to this file; judges nothing")
    options.add_argument("--rows", type=Path, nargs="*", help="judge what such files hold in place of measuring")
    asked = options.parse_args()
    worlds = [world for world in chosen(asked.as_ranked) if not asked.worlds or world.name in asked.worlds]
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    nulls = range(asked.first_seed, asked.first_seed + asked.null_seeds)
    if asked.rows:
        drawn = [read(line) for path in sorted(asked.rows) for line in path.read_text().splitlines()]
    else:
        drawn = [one for world in worlds for one in measured(world, seeds, nulls, asked.practices, not asked.plain)]
    if asked.into:
        with asked.into.open("a") as rows:
            rows.writelines(json.dumps(asdict(one)) + "\n" for one in drawn)
        return
    names = list(dict.fromkeys(one.world for one in drawn))
    table = {
        (name, caused): [o for o in drawn if o.compared and (o.world, o.caused) == (name, caused)]
        for name in names
        for caused in (True, False)
    }
    heads()
    for (name, caused), found in table.items():
        row(name, caused, found)
    why(table)
    kept = judge(table)
    without = [one for one in drawn if not one.caused]
    if without:
        kept += false_claims(without)
    if not asked.no_speed:
        kept += [fast(300, 36, FAST), fast(5_000, 60, FAST_LARGE)]
    end(kept)


def read(line: str) -> "Found":
    """One panel of a file that `--into` wrote."""
    told = json.loads(line)
    return Found(**{**told, "refusing": tuple(told.get("refusing", ()))})


def measured(world: World, seeds: range, nulls: range, practices: int, study: bool) -> list["Found"]:
    """A world's panels: both kinds for `seeds`, and those without effect that only `nulls` have besides."""
    both = [panel(world, seed, practices, caused, study) for caused in (True, False) for seed in seeds]
    return [
        *both,
        *(replace(panel(world, s, practices, False, False), compared=False) for s in nulls if s not in seeds),
    ]


def chosen(as_ranked: bool) -> list[World]:
    if as_ranked:
        return list(WORLDS)
    listed = [w if w.name in ABOUT_CHOICE else replace(w, chosen=Chosen.listed) for w in WORLDS]
    return [replace(PLAIN, name="list", chosen=Chosen.listed), *listed]


def panel(world: World, seed: int, practices: int, caused: bool, study: bool) -> Found:
    """Draw a panel, put all methods to it and hold them against its truth."""
    made = draw(world, seed, practices, effect=caused)
    late = made.panel.months[LATE] if world.logged_from else None
    answer = effect(made.panel, known_from=late)
    incremental, _, expected = answer.interval()
    true, base = truth(made, answer.cells)
    shown = answer.verdict == "estimate"
    se = (incremental.high - incremental.value) / 1.959964
    return Found(
        world.name,
        seed,
        caused,
        shown,
        answer.bound is not None,
        points(incremental.value - true, base) if expected else float("nan"),
        points(se, base),
        incremental.value / se if se else 0.0,
        bool(incremental.low <= true <= incremental.high),
        simple(made),
        100 * two_way(made.panel) - points(*truth(made, since_first(made.panel))),
        callaway(made, answer) if study else float("nan"),
        refusing=tuple(check.name for check in answer.checks if check.refuses) if not shown else (),
    )


def points(value: float, base: float) -> float:
    return 100 * value / base if base else float("nan")


def truth(made: Market, cells: Flags) -> tuple[float, float]:
    """Referrals that visits brought in some cells, and what would have come without."""
    base = float(made.truth.without[cells].sum())
    return float(made.truth.with_visits[cells].sum()) - base, base


def since_first(panel: Panel, before: int = 0) -> Flags:
    """(practice, month): after the first visit, of those with so many months before it."""
    visited, months = panel.visited, np.arange(len(panel.months))
    first = np.where(visited.any(axis=1), visited.argmax(axis=1), len(months))
    return np.asarray((months > first[:, None]) & (first >= before)[:, None])


def simple(made: Market) -> float:
    """Error of six months before against all months after, in points of what would have come."""
    visited = np.asarray(made.panel.visited.any(axis=1))
    found = before_after(made.panel, visited, np.ones_like(made.panel.referrals_in))
    true, base = truth(made, since_first(made.panel, 6))
    return float("nan") if found is None else points(found.value - true, base)


def callaway(made: Market, answer: Effect) -> float:
    """Error of Callaway and Sant'Anna's mean effect over the covered practices, never visited ones as comparison."""
    of = answer.measured
    found = studied(of, "callaway_santanna")
    if found is None:
        return float("nan")
    after = since_first(made.panel) & of.covered[:, None]
    true, base = truth(made, after)
    return points(found[0].overall * float(after.sum()) - true, base)


def heads() -> None:
    print("errors in points of baseline, of panels where a headline is shown; the others' over all panels: bias (RMSE)")
    names = ("shown", "bound", "bias", "se", "RMSE", "holds", "claims", "gains", "before/after", "fixed effects")
    print(f"{'':<24}" + "".join(f"{n:>8}" for n in names[:8]) + f"{names[8]:>16}{names[9]:>16}{'Callaway-S.':>16}")


def row(name: str, caused: bool, found: Sequence[Found]) -> None:
    shown = [one for one in found if one.shown]
    error = np.array([one.error for one in shown])
    ours = (
        [
            error.mean(),
            np.mean([one.se for one in shown]),
            root(error),
            np.mean([one.held for one in shown]),
            np.mean([abs(one.z) > 1.96 for one in shown]),
            np.mean([one.z > 1.96 for one in shown]),
        ]
        if shown
        else [float("nan")] * 6
    )
    others = [np.array([getattr(one, name) for one in found]) for name in ("simple", "fixed", "study")]
    told = "".join(f"{_mean(v):>+9.1f} ({root(v):>4.1f})" for v in others)
    shares = [len(shown) / len(found), np.mean([one.bound for one in found])]
    what = f"{name}, {'effect' if caused else 'none'}"
    numbers = "".join(f"{v:>8.2f}" for v in shares) + "".join(f"{v:>+8.1f}" for v in ours[:1])
    print(
        f"{what:<24}{numbers}{ours[1]:>8.1f}{ours[2]:>8.1f}" + "".join(f"{v:>8.2f}" for v in ours[3:]) + told,
        flush=True,
    )


def root(values: npt.NDArray[np.float64]) -> float:
    told = values[np.isfinite(values)]
    return float(np.sqrt((told**2).mean())) if len(told) else float("nan")


def _mean(values: npt.NDArray[np.float64]) -> float:
    told = values[np.isfinite(values)]
    return float(told.mean()) if len(told) else float("nan")


def judge(table: dict[tuple[str, bool], list[Found]]) -> list[bool]:
    """The promises about the worlds, each beside its limit."""
    every = [one for found in table.values() for one in found]
    shown = [one for one in every if one.shown]
    names = list(dict.fromkeys(name for name, _ in table))
    error = np.array([one.error for one in shown])
    kept = [
        at_most("bias, pooled", abs(float(error.mean())), BIAS),
        between("95% intervals hold, pooled", float(np.mean([one.held for one in shown])), *HOLDS),
    ]
    for name in names:
        own = np.array([one.error for caused in (True, False) for one in table[name, caused] if one.shown])
        if len(own) >= ENOUGH:
            limit = LOOSE_BIAS if name in LOOSE else WORLD_BIAS
            noise = own.std(ddof=1) / np.sqrt(len(own))
            kept.append(
                at_most(f"bias, {name} (of {len(own)}, +-{noise:.1f} by chance)", abs(float(own.mean())), limit)
            )
    both = [one for one in shown if np.isfinite(one.simple)]
    ratio = root(np.array([one.error for one in both])) / root(np.array([one.simple for one in both]))
    kept.append(at_most("RMSE against before/after, same panels", ratio, RMSE))
    for name in names:
        own_found = [*table[name, True], *table[name, False]]
        refused = float(np.mean([not one.shown for one in own_found]))
        if name in REFUSED_BY_RIGHT:
            kept.append(at_least(f"refused or a bound, {name}", refused, MUST))
    old = [one for (name, _), found in table.items() if name in OLD for one in found]
    if old:
        right = float(np.mean([one.shown or lacks(one) for one in old]))
        kept.append(at_least("answered, or refused for what they lack, mature and late log", right, MUST))
    for words, aside in (("refused elsewhere", FREE), ("the same, few aside", (*FREE, *SELDOM))):
        rest = [one for (name, _), found in table.items() if name not in aside for one in found]
        if rest:
            kept.append(at_most(words, float(np.mean([not one.shown for one in rest])), MAY))
    return kept


def lacks(one: Found) -> bool:
    """Whether it is refused for too few who stayed cold, and nothing but what the data lack."""
    return "comparison_practices" in one.refusing and all(name in LACKS for name in one.refusing)


def why(table: dict[tuple[str, bool], list[Found]]) -> None:
    """What refused, world by world: panels by check."""
    for name in dict.fromkeys(name for name, _ in table):
        refused = [one for caused in (True, False) for one in table[name, caused] if not one.shown]
        counted = Counter(check for one in refused for check in one.refusing)
        said = ", ".join(f"{check} {many}" for check, many in counted.most_common())
        if refused:
            print(f"{name:<18}{len(refused):>4} refused: {said}", flush=True)


def false_claims(found: Sequence[Found]) -> list[bool]:
    """Over panels without effect where a headline is shown, with the share's own interval (Wilson 1927)."""
    shown = [one for one in found if one.shown]
    kept = []
    for what, count, limit in (
        ("an effect claimed", sum(abs(one.z) > 1.96 for one in shown), FALSE),
        ("a gain claimed", sum(one.z > 1.96 for one in shown), GAINS),
    ):
        low, high = wilson(count, len(shown))
        words = f"{what} without any: {count} of {len(shown):,} shown ({low:.1%}-{high:.1%}), {len(found):,} panels"
        kept.append(at_most(words, count / max(len(shown), 1), limit))
    return kept


def wilson(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    if not of:
        return 0.0, 1.0
    share = count / of
    centre, spread = share + z**2 / (2 * of), z * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return float((centre - spread) / (1 + z**2 / of)), float((centre + spread) / (1 + z**2 / of))


def fast(practices: int, months: int, limit: float) -> bool:
    """CPU seconds of one estimate with all its checks, parts and lots."""
    made = draw(PLAIN, 1, practices, months, random_slots=0.1).panel
    began = time.process_time()
    effect(made, by={"liaison": list(made.covariates["liaison"])})
    return at_most(f"CPU seconds, {practices:,} x {months}", time.process_time() - began, limit)


def at_most(what: str, measured: float, limit: float) -> bool:
    return _told(what, measured, measured <= limit, f"at most {limit:g}")


def at_least(what: str, measured: float, limit: float) -> bool:
    return _told(what, measured, measured >= limit, f"at least {limit:g}")


def between(what: str, measured: float, low: float, high: float) -> bool:
    return _told(what, measured, low <= measured <= high, f"{low:g} to {high:g}")


def _told(what: str, measured: float, kept: bool, limit: str) -> bool:
    print(f"{what:<84} {measured:>8.3f}  {limit}  {'kept' if kept else 'NOT KEPT'}", flush=True)
    return kept


if __name__ == "__main__":
    main()
