"""What is said of one practice's next months, and of its place in the list of next visits."""

from collections.abc import Sequence

from liaison.charts.forecast_tenths import amount
from liaison.metrics.findings.words import listed

NAMED = 2
TELLING = 0.15  # of a line's usual quarter: a smaller difference is not said


def ahead_finding(value: float, low: int, high: int, first: str) -> str:
    """'About 24 referrals in the three months from Nov 2026, 15 to 34 in most cases'."""
    noun = "referral" if amount(value) in ("1", "1.0") else "referrals"
    return f"About {amount(value)} {noun} in the three months from {first}, {low:,} to {high:,} in 8 of 10 cases"


def lines_sentence(lines: Sequence[tuple[str, float, float]]) -> str:
    """Where the forecast lies. `lines`: (label, expected, a usual quarter); those without a referral are left out."""
    told = [(label, expected, usual) for label, expected, usual in lines if expected >= 0.5][:NAMED]
    if not told:
        return ""
    said = [f"{label} {amount(expected)}{_beside(expected, usual)}" for label, expected, usual in told]
    return f"Mostly {listed(said)}."


def _beside(expected: float, usual: float) -> str:
    """' (usually 12)', where that is another number."""
    if usual < 1 or abs(expected - usual) < max(TELLING * usual, 1):
        return ""
    return f" (usually {amount(usual)})"


def place_finding(rank: int, of: int, left_out: str | None) -> str:
    """'12th of 390 for the next visit', or why not."""
    place = f"{ordinal(rank)} of {of:,} in the list of next visits"
    return place if left_out is None else f"Not to be visited now ({left_out}), though {place}"


def ordinal(number: int) -> str:
    """'1st', '12th', '23rd'."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
