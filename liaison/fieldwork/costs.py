"""Costs of the programme, by month."""

from liaison.fieldwork.kind import RecordKind
from liaison.store.tables import cost
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
