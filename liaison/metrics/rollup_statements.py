"""How each rollup is counted from resolved rows."""

from typing import Any

from sqlalchemy import BigInteger, Select, Table, and_, case, cast, func, select, union_all

from liaison.facts.rollups import (
    destination_month,
    group_destination_month,
    practice_month,
    quality_month,
    resolved,
    stage_day,
)
from liaison.metrics.stages import STAGES, backwards, stage_days
from liaison.vocabulary import NONE, NetworkStatus

MEASURES = ("rows", "newest", "not_completed")


def not_completed() -> Any:
    """In network, ended by an exit, never seen: another event than leakage."""
    c = resolved.c
    return and_(c.status == NetworkStatus.inside.value, c.exit.is_not(None), c.seen_day.is_(None))


def count_of(condition: Any) -> Any:
    return cast(func.sum(case((condition, 1), else_=0)), BigInteger)


def grouped(table: Table) -> Select[Any]:
    """Resolved rows counted by the table's own keys, with `not_completed` where the table has it."""
    keys = [resolved.c[c.name] for c in table.columns if c.name in resolved.c]
    measures: list[Any] = [func.count().label("rows"), func.max(resolved.c.as_of).label("newest")]
    if "not_completed" in table.c:
        measures.append(count_of(not_completed()).label("not_completed"))
    return in_order(table, select(*keys, *measures).group_by(*keys))


def stages() -> Select[Any]:
    names = ("month_id", "territory", "practice_type", "line", "payer", "priority", "source", "vantage")
    keys = [resolved.c[n] for n in names]
    return in_order(stage_day, union_all(*(stage_days(s, *keys) for s in STAGES)))


def quality() -> Select[Any]:
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


def in_order(table: Table, rows: Any) -> Select[Any]:
    """The rows with the table's columns in its order, month by month: a window then reads only its own part."""
    found = rows.subquery()
    return select(*(found.c[c.name] for c in table.columns)).order_by(found.c.month_id)


def statements() -> dict[Table, Select[Any]]:
    """Rollup -> the statement that counts it from `resolved`."""
    return {
        practice_month: grouped(practice_month),
        destination_month: grouped(destination_month),
        group_destination_month: grouped(group_destination_month),
        stage_day: stages(),
        quality_month: quality(),
    }
