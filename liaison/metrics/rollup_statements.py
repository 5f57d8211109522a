"""How each rollup is counted from resolved rows."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Select, Table, and_, case, cast, func, select, union_all

from liaison.facts.rollups import (
    destination_month,
    group_destination_month,
    payer_stage_day,
    practice_month,
    quality_month,
    resolved,
    stage_day,
)
from liaison.metrics.stages import STAGES, backwards, stage_days
from liaison.vocabulary import NONE, NetworkStatus

Counting = Callable[[Sequence[int]], Select[Any]]  # months -> the statement that counts them


def not_completed() -> Any:
    """In network, ended by an exit, never seen: another event than leakage."""
    c = resolved.c
    return and_(c.status == NetworkStatus.inside.value, c.exit.is_not(None), c.seen_day.is_(None))


def count_of(condition: Any) -> Any:
    return cast(func.sum(case((condition, 1), else_=0)), BigInteger)


def grouped(table: Table) -> Counting:
    """Resolved rows counted by the table's own keys, with `not_completed` where the table has it."""
    keys = [resolved.c[c.name] for c in table.columns if c.name in resolved.c]
    measures: list[Any] = [func.count().label("rows"), func.max(resolved.c.as_of).label("newest")]
    if "not_completed" in table.c:
        measures.append(count_of(not_completed()).label("not_completed"))
    return in_order(table, select(*keys, *measures).group_by(*keys))


def stages(table: Table) -> Counting:
    """Every stage of resolved rows, counted by the table's own keys and by days."""
    keys = [resolved.c[c.name] for c in table.columns if c.name in resolved.c]
    return in_order(table, union_all(*(stage_days(s, *keys) for s in STAGES)))


def quality() -> Counting:
    c = resolved.c
    keys = [c.month_id, c.territory, c.source, c.vantage]
    counts = {
        "no_referring_npi": c.no_npi == 1,
        "no_practice": c.found_by == 0,
        "practice_by_name_only": c.found_by == 3,
        "name_and_npi_disagree": c.disagrees == 1,
        "unknown_destination": c.status == NetworkStatus.unknown.value,
        "destination_by_name_only": c.named_only == 1,
        "status_contradicts": c.contradicts == 1,
        "no_line": c.line == NONE,
        "date_before_predecessor": backwards(),
    }
    found = [count_of(condition).label(name) for name, condition in counts.items()]
    rows = select(*keys, *found, func.count().label("rows"), func.max(c.as_of).label("newest")).group_by(*keys)
    return in_order(quality_month, rows)


def in_order(table: Table, rows: Any) -> Counting:
    """The rows of some months with the table's columns in its order, month by month: a window reads only its part."""
    found = rows.subquery()

    def of_months(months: Sequence[int]) -> Select[Any]:
        columns = [found.c[c.name] for c in table.columns]
        return select(*columns).where(found.c.month_id.in_(months)).order_by(found.c.month_id)

    return of_months


def statements() -> dict[Table, Counting]:
    """Rollup -> the statement that counts months of it from `resolved`."""
    return {
        practice_month: grouped(practice_month),
        destination_month: grouped(destination_month),
        group_destination_month: grouped(group_destination_month),
        stage_day: stages(stage_day),
        payer_stage_day: stages(payer_stage_day),
        quality_month: quality(),
    }
