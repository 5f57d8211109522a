"""Practices like one: nearest in what they send us and in what goes elsewhere."""

from collections.abc import Iterable
from math import log

from liaison.models.stored import StoredRow

LEAST = 0.5  # referrals a month: below, differences are chance
A_SIZE, A_SHARE = log(2), 0.2  # twice as big is as far away as a fifth more that goes elsewhere


def similar(own: StoredRow, others: Iterable[StoredRow], most: int = 5) -> tuple[StoredRow, ...]:
    """The nearest first, `own` left out. Where either share is not seen, size alone tells."""
    far = [(_apart(own, row), row.rank, row) for row in others if row.practice_id != own.practice_id]
    far.sort(key=lambda each: each[:2])
    return tuple(row for _, _, row in far[:most])


def _apart(one: StoredRow, other: StoredRow) -> float:
    size = abs(log(max(one.forecast, LEAST) / max(other.forecast, LEAST))) / A_SIZE
    if one.outside_share is None or other.outside_share is None:
        return size
    return size + abs(one.outside_share - other.outside_share) / A_SHARE
