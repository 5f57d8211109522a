"""What is said about places: who loses the largest share, and how one place compares with another."""

from dataclasses import dataclass
from typing import Any

from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Figure, percent
from liaison.metrics.findings.leakage import ENOUGH, leakage_headline
from liaison.metrics.findings.moves import parts_of, unknown_of
from liaison.metrics.intervals import Interval, change, share_interval
from liaison.vocabulary import NONE

UNCLEAR = "no clear difference"
TOO_FEW = "too few referrals to compare"


def places_headline(territories: Breakdown, counties: Breakdown) -> str:
    """The page's first sentence: the territory, else the county, that stands out; else the total and that none does."""
    found = largest_share(territories) or largest_share(counties)
    if found:
        return found
    total = leakage_headline(territories)
    several = sum(row.key != NONE for row in territories.rows) > 1
    if not several or territories.total.value is None or (territories.total.denominator or 0) < ENOUGH:
        return total
    return f"{total.rstrip('.')}; no territory stands out from the others."


def largest_share(found: Breakdown) -> str | None:
    """Which place loses the largest share of its referrals; None where none lies above the rest beyond chance."""
    rows = [
        r for r in found.rows if r.key != NONE and (r.figure.denominator or 0) >= ENOUGH and r.figure.value is not None
    ]
    if len(rows) < 2:
        return None
    worst = max(rows, key=lambda r: (r.figure.value or 0.0, r.figure.denominator or 0))
    # The highest of many is high by chance more often than one picked beforehand (Bonferroni's bound).
    level = 1 - 0.05 / len(rows)
    rest = _sum([r for r in rows if r is not worst])
    if not change(rest, parts_of(worst.figure), level).above_zero:
        return None
    ties = [
        r for r in rows if r is not worst and not change(parts_of(r.figure), parts_of(worst.figure), level).above_zero
    ]
    if len(ties) == 1 and len(rows) > 2:
        pair, others = _sum([worst, *ties]), _sum([r for r in rows if r is not worst and r not in ties])
        if change(others, pair, level).above_zero:
            names = f"{worst.label} and {ties[0].label}"
            if " and " in worst.label + ties[0].label:
                names = f"{worst.label}, together with {ties[0].label},"
            return (
                f"{names} lose the largest share: {percent(pair[0] / pair[1])} of their "
                f"referrals, against {percent(others[0] / others[1])} elsewhere."
            )
    said = f"{worst.label} loses {percent(worst.figure.value or 0.0)} of its referrals, "
    said += f"against {percent(rest[0] / rest[1])} elsewhere"
    if not ties:
        return f"{worst.label} loses the largest share: {said.removeprefix(f'{worst.label} loses ')}."
    noun = "one other loses" if len(ties) == 1 else f"{len(ties)} others lose"
    return f"{said}; {noun} about as much."


def _sum(rows: list[Row]) -> tuple[int, int]:
    parts = [parts_of(row.figure) for row in rows]
    return sum(out for out, _ in parts), sum(known for _, known in parts)


def interval_words(figure: Figure) -> str | None:
    """'41% to 49%' round a share; None where it has too few referrals to say."""
    out, known = parts_of(figure)
    if figure.suppressed or known < ENOUGH:
        return None
    found = share_interval(out, known)
    return f"{percent(found.low)} to {percent(found.high)}"


def against_rest(part: Figure, whole: Figure) -> str | None:
    """How a part's leakage compares with what is left of the whole; None where one of them has too few referrals."""
    out, known = parts_of(part)
    rest = (parts_of(whole)[0] - out, parts_of(whole)[1] - known)
    if part.suppressed or whole.suppressed or min(known, rest[1]) < ENOUGH:
        return None
    return f"{difference_words(change(rest, (out, known)))} than elsewhere ({percent(rest[0] / rest[1])})"


def difference_words(step: Interval) -> str:
    """'6 to 14 points more', 'no clear difference'."""
    if not (step.above_zero or step.below_zero):
        return "not clearly more or less"
    near, far = sorted((abs(step.low), abs(step.high)))
    return f"{_points(near)} to {_points(far)} points {'more' if step.value > 0 else 'less'}"


def _points(share: float) -> str:
    points = share * 100
    if points < 0.05:
        return "under 0.1"
    return f"{points:.1f}" if points < 9.95 else f"{points:.0f}"


@dataclass(frozen=True)
class Compared:
    """One measure of two places, or of two windows. `step`: second less first with its 95% interval; None where one
    has too few referrals, or where the measure is a count: two places of other size are not compared by it.
    """

    measure: str
    first: str
    second: str
    step: Interval | None

    def as_json(self) -> dict[str, Any]:
        ends = {"low": self.step.low, "high": self.step.high, "difference": self.step.value} if self.step else {}
        return {"measure": self.measure, "first": self.first, "second": self.second, **ends, "says": self.says}

    @property
    def says(self) -> str:
        """What may be claimed of the difference."""
        if self.step is None:
            return ""
        if not (self.step.above_zero or self.step.below_zero):
            return UNCLEAR
        return difference_words(self.step)


def leads(first_name: str, first: Figure, second_name: str, second: Figure) -> str:
    """Which of two places loses more, where the interval carries it."""
    if min(parts_of(first)[1], parts_of(second)[1]) < ENOUGH:
        return f"{first_name} and {second_name}: {TOO_FEW}"
    step = change(parts_of(first), parts_of(second))
    if not (step.above_zero or step.below_zero):
        return f"{first_name} and {second_name} cannot be told apart by what they lose"
    more, less = (second_name, first_name) if step.above_zero else (first_name, second_name)
    near, far = sorted((abs(step.low), abs(step.high)))
    return f"{more} loses {_points(near)} to {_points(far)} points more than {less}"


def moved_words(before: Figure, now: Figure, comparisons: int) -> str:
    """How a place's leakage moved between two windows, looked at beside `comparisons` others (Bonferroni's bound)."""
    old, new = parts_of(before), parts_of(now)
    if before.suppressed or now.suppressed or min(old[1], new[1]) < ENOUGH:
        return TOO_FEW
    step = change(old, new, 1 - 0.05 / max(comparisons, 1))
    if not (step.above_zero or step.below_zero):
        return "no clear change"
    near, far = sorted((abs(step.low), abs(step.high)))
    return f"{'up' if step.above_zero else 'down'} by {_points(near)} to {_points(far)} points"


def compared(first: Figure, second: Figure) -> list[Compared]:
    """Referrals, out of network, leakage, destination unknown, in network but not seen: side by side."""
    rows = [
        Compared("Referrals", f"{unknown_of(first)[1]:,}", f"{unknown_of(second)[1]:,}", None),
        Compared("Out of network", f"{parts_of(first)[0]:,}", f"{parts_of(second)[0]:,}", None),
    ]
    for measure, parts in (
        ("Leakage", parts_of),
        ("Destination unknown", unknown_of),
        ("Kept, but not seen", not_seen),
    ):
        old, new = parts(first), parts(second)
        step = change(old, new) if min(old[1], new[1]) >= ENOUGH else None
        rows.append(Compared(measure, _share(old), _share(new), step))
    return rows


def not_seen(figure: Figure) -> tuple[int, int]:
    """(ended without being seen, in network)."""
    out, known = parts_of(figure)
    return figure.beside.get("not_completed") or 0, known - out


def _share(parts: tuple[int, int]) -> str:
    return f"{percent(parts[0] / parts[1])} of {parts[1]:,}" if parts[1] else "not known"
