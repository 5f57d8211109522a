"""Turns of phrase that several findings share."""

from collections.abc import Sequence

from liaison.metrics.breakdown import Row


def listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def within(label: str) -> str:
    """A label inside a sentence: 'cardiology'; 'ENT' keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def of_all(some: int, every: int, noun: str) -> str:
    """'5 of 12 practices', 'All 3 practices', 'The one practice there is'."""
    if some == every == 1:
        return f"The one {noun[:-3] + 'y' if noun.endswith('ies') else noun.removesuffix('s')} there is"
    return f"All {every:,} {noun}" if some == every else f"{some:,} of {every:,} {noun}"


def among(ties: Sequence[Row], verb: str) -> str:
    """Rows that cannot be told apart from the first."""
    if len(ties) > 2:
        return f"{len(ties)} others {verb} about as much"
    names = [row.label for row in ties]
    return f"{listed(names)} {verb + 's' if len(names) == 1 else verb} about as much"
