"""Territories: the ZIP codes and counties that one team covers, dated."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import territory_part
from liaison.vocabulary import TerritoryKind


def _code_faults(values: Mapping[str, Any]) -> list[Fault]:
    code = str(values.get("code") or "")
    if len(code) == 5 and code.isascii() and code.isdigit():
        return []
    if values.get("kind") == TerritoryKind.county:
        return [Fault("code", "is not a county's code", "Give its five digits (FIPS), such as 47037.")]
    return [Fault("code", "is not a ZIP code", "Write five digits, such as 37203.")]


TERRITORIES = RecordKind(
    name="territories",
    one="part of a territory",
    table=territory_part,
    keys=("territory_id", "kind", "code", "starts"),
    needs=("territory_id", "name", "kind", "code"),
    forms={"starts": "date", "ends": "date", "visits_complete_from": "month"},
    choices={"kind": TerritoryKind},
    check=_code_faults,
    recount=True,
)
