"""The parts that definitions are made of: named conditions, counted the same way on every source of rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, case, cast, func

from liaison.vocabulary import NetworkStatus


@dataclass(frozen=True)
class Part:
    """Some of the referrals: a name, the words for it, and its condition on a rollup's (or resolved) columns."""

    name: str
    says: str
    condition: Callable[[Any], ColumnElement[bool]]

    def counted(self, source: FromClause) -> Any:
        """Referrals of this part, as a column of a grouped statement."""
        hits = case((self.condition(source.c), source.c.rows), else_=0)
        return cast(func.coalesce(func.sum(hits), 0), BigInteger).label(self.name)


out_of_network = Part("out", "went out of network", lambda c: c.status == NetworkStatus.out.value)
in_network = Part("kept", "stayed in network", lambda c: c.status == NetworkStatus.inside.value)
destination_known = Part(
    "known",
    "destination known",
    lambda c: c.status.in_([NetworkStatus.inside.value, NetworkStatus.out.value]),
)
destination_unknown = Part("unknown", "destination unknown", lambda c: c.status == NetworkStatus.unknown.value)
every_referral = Part("referrals", "all referrals", lambda c: c.status.is_not(None))


def summed(source: FromClause, column: str) -> Any:
    """The sum of a measure that the rollup already holds."""
    return cast(func.coalesce(func.sum(source.c[column]), 0), BigInteger).label(column)
