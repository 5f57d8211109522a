"""Staged files as tables of checked rows: NPIs judged once each, rows without a key refused, counts taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, MetaData, Table, Text

from liaison.facts.engines.cells import Cell, day, named, npi_holds
from liaison.facts.engines.csv_load import Loading, Staged, read

COLUMN_TYPES = {"integer": Integer, "double": Float, "bigint": BigInteger, "boolean": Boolean, "varchar": Text}


@dataclass(frozen=True)
class Late:
    """A row refused for its keys: an NPI that was its only one (`column` names it), or none at all."""

    place: int
    column: str
    value: str | None
    missing: bool


@dataclass(frozen=True)
class Counts:
    """Of the rows that go in, but for `late`, which are refused for their keys.

    `newest`: the latest day, not after the one asked for, of dates that cannot lie ahead.
    """

    accepted: int
    late: int
    npi_invalid: int
    without_key: int
    newest: int | None


@dataclass(frozen=True)
class Rows:
    """One kind of row, from all files that hold it, in their order; `place` counts through them."""

    name: str
    cells: tuple[Cell, ...]
    files: tuple[Staged, ...]
    groups: tuple[tuple[str, ...], ...] = ()  # of each at least one must be filled
    blank_keys: bool = False  # rows where none is are taken and counted
    ahead: frozenset[str] = frozenset()  # dates that may lie in the future

    @property
    def table(self) -> Table:
        """The checked rows, to build statements from."""
        columns = [Column(c.name, COLUMN_TYPES[c.type]()) for c in self.cells]
        return Table(self.name, MetaData(), Column("place", BigInteger), *columns)

    @property
    def npis(self) -> list[Cell]:
        return [c for c in self.cells if c.kind == "npi" and not c.absent]


def attach(loading: Loading, kinds: Sequence[Rows], today: date) -> list[Counts]:
    """Make views of the kinds of rows, by their names; what is counted of each. A kind without files has no rows."""
    for rows in kinds:
        loading.db.execute(f"create or replace view {named('all_' + rows.name)} as {_all_rows(rows)}")
    distinct = [
        f"select distinct {named(cell.name)} as npi from {named('all_' + rows.name)}"
        for rows in kinds
        for cell in rows.npis
    ]
    # Two steps, or the check is pushed below the distinct and made of every row.
    loading.db.execute("create or replace table npis (npi varchar)")
    if distinct:
        loading.db.execute(f"insert into npis {' union '.join(distinct)}")
    loading.db.execute(
        f"create or replace table bad_npi as select npi from npis where npi is not null and not {npi_holds('npi')}"
    )
    any_bad = loading.number("select count(*) from bad_npi") > 0
    counted = []
    for rows in kinds:
        judged = named(f"judged_{rows.name}")
        loading.db.execute(f"create or replace view {judged} as {_judged(rows, any_bad)}")
        counted.append(_counts(loading, rows, today))
        loading.db.execute(f"create or replace view {named(rows.name)} as {_kept(loading, rows, any_bad, counted[-1])}")
    return counted


def _kept(loading: Loading, rows: Rows, any_bad: bool, counts: Counts) -> str:
    """The rows that go in, invalid NPIs emptied; asks of each row no more than these files make necessary."""
    columns = ", ".join(_cleared(cell) if any_bad and cell in rows.npis else named(cell.name) for cell in rows.cells)
    query = f"select place, {columns} from {named('all_' + rows.name)}"
    if counts.late:
        late = named(f"late_{rows.name}")
        loading.db.execute(
            f"create or replace table {late} as select place from {named('judged_' + rows.name)} where _late <> 0"
        )
        query += f" where place not in (select place from {late})"
    return query


def _all_rows(rows: Rows) -> str:
    """The rows that the first look found right."""
    names = ", ".join(named(c.name) for c in rows.cells)
    if not rows.files:
        blank = ", ".join(f"null::{c.type} as {named(c.name)}" for c in rows.cells)
        return f"select 0::bigint as place, {blank} where false"
    parts, offset = [], 0
    for staged in rows.files:
        parts.append(
            f"select file_row_number + {offset} as place, {names} from {read(staged.path, numbered=True)} "
            "where _problem = 0"
        )
        offset += staged.records
    return " union all ".join(parts)


def _judged(rows: Rows, any_bad: bool) -> str:
    """Each NPI judged, and `_late`: why the row cannot go in after all, 0 where it can."""
    found = "coalesce({0} in (select npi from bad_npi), false)" if any_bad else "false"
    bad = ", ".join(f"{found.format(named(c.name))} as {named('bad_' + c.name)}" for c in rows.npis)
    cases = [f"when {condition} then {code}" for code, condition in enumerate(_late_conditions(rows), 1)]
    late = f"case {' '.join(cases)} else 0 end" if cases else "0"
    columns = f"*, {bad}" if bad else "*"
    return f"select *, {late} as _late from (select {columns} from {named('all_' + rows.name)})"


def _late_conditions(rows: Rows) -> Iterator[str]:
    """First of each NPI, then of each group of keys; in the order of `_reasons`."""
    judged = {c.name for c in rows.npis}
    for cell in rows.npis:
        others = [f for group in rows.groups if cell.name in group for f in group if f != cell.name]
        if cell.required:
            yield named(f"bad_{cell.name}")
        elif any(cell.name in group for group in rows.groups):
            yield " and ".join([named(f"bad_{cell.name}"), *(_unfilled(f, f in judged) for f in others)])
        else:
            yield "false"
    for group in rows.groups:
        yield "false" if rows.blank_keys else " and ".join(f"{named(f)} is null" for f in group)


def _unfilled(field: str, judged: bool) -> str:
    return f"({named(field)} is null or {named(f'bad_{field}')})" if judged else f"{named(field)} is null"


def _cleared(cell: Cell) -> str:
    name = named(cell.name)
    return f"case when {name} in (select npi from bad_npi) then null else {name} end as {name}"


def late_rows(loading: Loading, rows: Rows, first: int, end: int) -> Iterator[Late]:
    """Rows refused for their keys, in order, whose places are `first` or later and before `end`."""
    reasons = [(c.name, False) for c in rows.npis] + [(group[0], True) for group in rows.groups]
    values = " ".join(f"when {i} then {named(c.name)}" for i, c in enumerate(rows.npis, 1))
    value = f"case _late {values} end" if values else "null"
    query = (
        f"select place, _late, {value} from {named('judged_' + rows.name)} "
        f"where _late <> 0 and place >= {first} and place < {end} order by place"
    )
    found = loading.db.cursor().execute(query)
    while part := found.fetchmany(10_000):
        for place, code, text in part:
            column, missing = reasons[code - 1]
            yield Late(place, column, text, missing)


def _counts(loading: Loading, rows: Rows, today: date) -> Counts:
    """All that is counted, in one look."""
    today_number = (today - date(1970, 1, 1)).days
    bad = " or ".join(named(f"bad_{c.name}") for c in rows.npis) or "false"
    judged = {c.name for c in rows.npis}
    without = [" and ".join(_unfilled(f, f in judged) for f in group) for group in rows.groups]
    dates = [c for c in rows.cells if c.kind == "date" and not c.absent and c.name not in rows.ahead]
    newest = [f"max({named(c.name)}) filter (_late = 0 and {named(c.name)} <= {today_number})" for c in dates]
    query = (
        f"select count(*) filter (_late = 0), count(*) filter (_late <> 0), count(*) filter (_late = 0 and ({bad})), "
        f"count(*) filter (_late = 0 and ({' or '.join(without) or 'false'})), "
        f"greatest({', '.join(['null::integer', *newest])}) from {named('judged_' + rows.name)}"
    )
    row = loading.db.execute(query).fetchone()
    return Counts(*row) if row else Counts(0, 0, 0, 0, None)


def text_frame(loading: Loading, rows: Rows) -> pd.DataFrame:
    """The checked rows as text or None, indexed by place; only the fields that the files (or constants) gave."""
    given = [c for c in rows.cells if not c.absent]
    columns = ", ".join(f"{_as_text(c)} as {named(c.name)}" for c in given)
    found = loading.db.execute(f"select place, {columns} from {named(rows.name)} order by place")
    frame = found.to_arrow_table().to_pandas().set_index("place").astype(object)
    return frame.where(frame.notna(), None)


def _as_text(cell: Cell) -> str:
    name = named(cell.name)
    if cell.kind == "date":
        return f"strftime({day(name)}, '%Y-%m-%d')"
    if cell.kind == "month":
        return f"printf('%04d-%02d', {name} // 12, {name} % 12 + 1)"
    return f"{name}::varchar"


def tables(kinds: Sequence[Rows]) -> Mapping[str, Table]:
    """Name -> table of each kind of row."""
    return {rows.name: rows.table for rows in kinds}
