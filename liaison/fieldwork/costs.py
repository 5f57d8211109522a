"""Costs of the programme, by month."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.versions import SAME
from liaison.store.tables import cost, history
from liaison.vocabulary import CostKind

COSTS = RecordKind(
    name="costs",
    one="cost",
    table=cost,
    keys=("month", "kind", "person_id", "note"),
    needs=("month", "kind", "amount"),
    forms={"month": "month"},
    choices={"kind": CostKind},
    counted=True,  # two equal taxi rides of one month are two costs
)


@dataclass(frozen=True)
class Paid:
    """Dollars of one kind (CostKind) in some months, in how many `entries`; `written`: when the newest of them was
    written down (UTC, ISO), and `actor` by whom; `months`: how many have any."""

    kind: str
    amount: float
    entries: int
    months: int
    written: str | None
    actor: str | None


def paid(connection: Connection, first: str, last: str) -> tuple[Paid, ...]:
    """What was paid from one month to another (YYYY-MM, both in it), the largest kind first."""
    c, h = cost.c, history.c
    inside = c.month.between(first, last)
    wanted = select(c.kind, func.sum(c.amount), func.count(), func.count(c.month.distinct())).where(inside)
    said = select(c.kind, h.at, h.actor).join_from(cost, history, (h.kind == "costs") & (h.key == c.key)).where(inside)
    written = {
        kind: (at, actor)
        for kind, at, actor in connection.execute(said.where(h["values"].is_distinct_from(SAME)).order_by(h.id))
    }
    rows = connection.execute(wanted.group_by(c.kind).order_by(func.sum(c.amount).desc(), c.kind))
    return tuple(
        Paid(str(kind), float(amount), int(entries), int(months), *written.get(kind, (None, None)))
        for kind, amount, entries, months in rows
    )
