"""What a merge moves, before it is made."""

from sqlalchemy import func, select

from liaison.access import Viewer, within_scope
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, practice_month


def what_moves(live: Live, viewer: Viewer, kind: str, from_id: str) -> int:
    """How many referrals (all months, sources and vantages) count under `from_id` now, and would count elsewhere."""
    columns = {"practice": practice_month.c.practice, "organisation": destination_month.c.organisation}
    if kind not in columns:
        raise LiaisonError(f"A {kind} cannot be merged.", remedy="Merge practices or organisations.")
    column = columns[kind]
    statement = select(func.sum(column.table.c.rows).label("rows")).where(column == from_id)
    counted = live.frame(within_scope(statement, viewer, column.table.c.territory))
    rows = counted["rows"].iloc[0]
    return 0 if rows != rows or rows is None else int(rows)  # noqa: PLR0124 (NaN where nothing was counted)
