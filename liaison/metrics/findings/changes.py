"""What changed in a month, in sentences: none that its interval does not carry.

A month is held against the month before and against the same month of the year before, in all and line by line. Where
many are looked at, some move by chance: the figures of all referrals must move at 95% for all of them together, and so
must those of the lines (Bonferroni: each of m comparisons at 1 - 0.05 / m; Dunn 1961, Multiple comparisons among means,
J Am Stat Assoc 56:52-64). The intervals in the sentences are those. Shares are compared by Newcombe's interval; counts
as Poisson counts, with an interval widened by what such months varied before, since seasons and holidays move them too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from liaison.metrics.figure import percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.intervals import Interval, change, ratio
from liaison.metrics.monthly import Counts
from liaison.vocabulary import NONE, month_words

SURE = 0.05  # chance that any of the sentences of one kind is wrong
SMALLEST_STEP, SMALLEST_PART = 0.01, 0.02  # of a share, in points; of a count, in parts: less is nothing to act on
PAIRS = 6  # earlier pairs of months from which it can be told how much they vary


class Kind(StrEnum):
    """What a sentence is about; the page that explains it follows from this."""

    volume = "volume"
    leakage = "leakage"
    unknown = "unknown"
    stuck = "stuck"
    new = "new"
    lapsed = "lapsed"
    returning = "returning"


@dataclass(frozen=True)
class Change:
    """One sentence. `short`: without its interval; `figures`: its numbers, as JSON has them.

    `line`: key and label of the service line, where it is about one; `about`: what its page should open with;
    `adverse`: whether somebody should act; `size`: how many referrals a month it concerns.
    """

    kind: Kind
    says: str
    short: str
    figures: Mapping[str, Any]
    adverse: bool
    size: float
    line: tuple[str, str] | None = None
    about: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        of = {"service_line": self.line[0]} if self.line else {}
        return {"kind": self.kind.value, "says": self.says, **of, "adverse": self.adverse, **self.figures}


@dataclass(frozen=True)
class Pair:
    """A month and one before it, of all referrals (`line` None) or of one line (key, label).

    `spread`: how many times the counts of such pairs vary more than Poisson counts.
    """

    line: tuple[str, str] | None
    month: int
    against: int
    now: Counts
    before: Counts
    spread: float = 1.0


def spread_of(pairs: Sequence[tuple[int, int]]) -> float | None:
    """How many times counts of such pairs (before, after) vary more than Poisson counts; at least 1.

    Pearson's statistic over its degrees of freedom, after the growth that all pairs share. None below six pairs.
    """
    held = [(before, now) for before, now in pairs if before + now > 0]
    before, now = sum(b for b, _ in held), sum(n for _, n in held)
    if len(held) < PAIRS or not before or not now:
        return None
    growth = now / before
    chi_square = sum((n - growth * b) ** 2 / (growth * (n + b)) for b, n in held)
    return max(1.0, chi_square / (len(held) - 1))


def what_moved(pairs: Sequence[Pair]) -> list[Change]:
    """Volume, leakage and unknown destinations that moved beyond chance; of a line and figure, the clearest one."""
    found: list[Change] = []
    for lines in (False, True):
        asked = [(pair, kind) for pair in pairs if bool(pair.line) is lines for kind in _askable(pair)]
        level = 1 - SURE / max(len(asked), 1)
        moved = [c for pair, kind in asked if (c := _SENTENCES[kind](pair, level))]
        found += _clearest(moved) if lines else moved
    return found


def _askable(pair: Pair) -> list[Kind]:
    """What two months have enough referrals for; of a line, its unknown destinations are not asked."""
    kinds = [Kind.volume] if pair.before.referrals >= ENOUGH else []
    if min(pair.before.known, pair.now.known) >= ENOUGH:
        kinds.append(Kind.leakage)
    seen = min(m.known + m.unknown for m in (pair.before, pair.now))
    return [*kinds, Kind.unknown] if pair.line is None and seen >= ENOUGH else kinds


def _clearest(moved: Sequence[Change]) -> list[Change]:
    """One sentence for a line and figure: against the year before, which knows the season, rather than the month."""
    found: dict[tuple[Any, Kind], Change] = {}
    for each in moved:
        known = found.get((each.line, each.kind))
        if known is None or each.figures["against"] < known.figures["against"]:
            found[each.line, each.kind] = each
    return list(found.values())


def _volume(pair: Pair, level: float) -> Change | None:
    before, now = pair.before.referrals, pair.now.referrals
    step = ratio(before, now, level, pair.spread)
    if step.low <= 1 <= step.high or abs(step.value - 1) < SMALLEST_PART:
        return None
    rose = step.value > 1
    ends = sorted(abs(end - 1) for end in (step.low, step.high))
    of, then = _of(pair, "volume"), month_words(pair.against)
    by = f"{of} {'rose' if rose else 'fell'} by {percent(abs(step.value - 1))}"
    says = f"{by} against {then}, to {now:,} referrals from {before:,} ({percent(ends[0])} to {percent(ends[1])})."
    part = Interval(step.value - 1, step.low - 1, step.high - 1)
    figures = {"value": now, "before": before} | _moved(pair, part, level)
    return Change(Kind.volume, says, f"{by} against {then}", figures, not rose, abs(now - before), pair.line)


def _leakage(pair: Pair, level: float) -> Change | None:
    return _share(Kind.leakage, pair, (pair.before.out, pair.before.known), (pair.now.out, pair.now.known), level)


def _unknown(pair: Pair, level: float) -> Change | None:
    old, new = ((m.unknown, m.unknown + m.known) for m in (pair.before, pair.now))
    return _share(Kind.unknown, pair, old, new, level)


_SENTENCES = {Kind.volume: _volume, Kind.leakage: _leakage, Kind.unknown: _unknown}


def _share(kind: Kind, pair: Pair, old: tuple[int, int], new: tuple[int, int], level: float) -> Change | None:
    step = change(old, new, level)
    if not (step.above_zero or step.below_zero) or abs(step.value) < SMALLEST_STEP:
        return None
    rose = step.value > 0
    of = _of(pair, "leakage") if kind is Kind.leakage else "The share of unknown destinations"
    short = f"{of} {'rose' if rose else 'fell'} to {percent(new[0] / new[1])} from {percent(old[0] / old[1])}"
    short += f" in {month_words(pair.against)}"
    ends = sorted(abs(end) * 100 for end in (step.low, step.high))
    figures = {
        "value": new[0] / new[1],
        "numerator": new[0],
        "denominator": new[1],
        "before": old[0] / old[1],
        "numerator_before": old[0],
        "denominator_before": old[1],
    }
    figures |= _moved(pair, step, level)
    size = abs(step.value) * new[1]
    return Change(kind, f"{short} ({_points(*ends)}).", short, figures, rose, size, pair.line)


def _points(low: float, high: float) -> str:
    """'3 to 9 points'; with a decimal where whole ones would say the same twice, or zero."""
    whole = round(low) >= 1 and round(low) != round(high)
    return f"{low:.0f} to {high:.0f} points" if whole else f"{low:.1f} to {high:.1f} points"


def _moved(pair: Pair, step: Interval, level: float) -> dict[str, Any]:
    """Month ids are turned to text where figures are printed."""
    months = {"month": pair.month, "against": pair.against}
    return months | {"change": step.value, "low": step.low, "high": step.high, "level": level}


def _of(pair: Pair, figure: str) -> str:
    """'Neurology leakage', 'Leakage', 'Leakage without a service line'."""
    if pair.line is None:
        return figure.capitalize()
    return f"{figure.capitalize()} without a service line" if pair.line[0] == NONE else f"{pair.line[1]} {figure}"


def in_order(found: Sequence[Change]) -> list[Change]:
    """What somebody should act on first, then what concerns most referrals."""
    return sorted(found, key=lambda c: (not c.adverse, c.kind is Kind.stuck, -c.size, c.says))


def headline(found: Sequence[Change], month: int | None) -> str:
    """The page's first sentence: the two changes that matter most; what is stuck is a state, not one."""
    moved = [c for c in found if c.kind is not Kind.stuck]
    if month is None:
        return "No month is complete yet"
    if not moved:
        return f"Nothing moved beyond chance in {month_words(month)}"
    second = next((c for c in moved[1:] if c.kind is not moved[0].kind and c.adverse == moved[0].adverse), None)
    if second is None:
        return moved[0].short
    # A line's name keeps its capital.
    return f"{moved[0].short}; {second.short if second.line else second.short[0].lower() + second.short[1:]}"
