"""How a figure moved between two windows of the same length, in the few words that a tile has room for."""

from dataclasses import dataclass
from typing import Literal

from liaison.metrics.figure import Figure
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.overview import volume_change
from liaison.metrics.intervals import change

Way = Literal["up", "down", "off"]
UNCLEAR = "no clear change"


@dataclass(frozen=True)
class Move:
    """`words` without a sign: the arrow says the way. "off" where chance could have made the difference."""

    words: str
    way: Way


def share_move(before: tuple[int, int], now: tuple[int, int]) -> Move | None:
    """Two shares, each (part, whole), in points; None where one has too few referrals to compare."""
    if min(before[1], now[1]) < ENOUGH:
        return None
    step = change(before, now)
    if not (step.above_zero or step.below_zero):
        return Move(UNCLEAR, "off")
    points = abs(step.value) * 100
    return Move(f"{points:.1f} points" if points < 9.95 else f"{points:.0f} points", _way(step.value))


def count_move(before: int, now: int) -> Move | None:
    """Two counts of referrals; None where there were none before."""
    if before < 1:
        return None
    if volume_change(before, now) is None:
        return Move(UNCLEAR, "off")
    return Move(f"{abs(now - before):,}", _way(now - before))


def leakage_move(before: Figure, now: Figure) -> Move | None:
    """Leakage of two windows."""
    return share_move(parts_of(before), parts_of(now))


def unknown_move(before: Figure, now: Figure) -> Move | None:
    """The share of unknown destinations of two windows."""
    return share_move(unknown_of(before), unknown_of(now))


def parts_of(figure: Figure) -> tuple[int, int]:
    """(went out, destination known)."""
    return figure.numerator or 0, figure.denominator or 0


def unknown_of(figure: Figure) -> tuple[int, int]:
    """(destination unknown, all referrals)."""
    unknown = figure.beside.get("unknown") or 0
    return unknown, unknown + (figure.denominator or 0)


def _way(step: float) -> Way:
    return "up" if step > 0 else "down"
