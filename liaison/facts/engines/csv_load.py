"""Files into checked rows by DuckDB in bulk: text to values, every refused row with its number, in bounded memory.

A file is read once. What it says is kept in a staging file with a mask of what is wrong in each row, so that counts,
refused rows, NPIs and repeated keys are asked of that, at a tenth of the cost of reading the text again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import duckdb

from liaison.facts.engines.cells import SHOWN, Cell, named, quick_of, quoted, read_of, text_of, value_of

ROW_GROUP = 122_880


@dataclass(frozen=True)
class Source:
    """A plain table on disk: UTF-8 text whose every line is a record of `width` columns, or a Parquet file.

    `records`: how many rows it must have; `trim`: "", "spaces" or "all"; `types`: DuckDB's, of Parquet columns.
    """

    path: Path
    columns: tuple[str, ...]
    records: int
    delimiter: str = ","
    has_header: bool = True
    trim: str = ""
    parquet: bool = False


@dataclass(frozen=True)
class Rule:
    """One way in which a cell can be wrong."""

    cell: Cell
    missing: bool

    @property
    def wrong(self) -> str:
        text, value = named(f"t_{self.cell.name}"), named(self.cell.name)
        return f"{text} is null" if self.missing else f"({text} is not null and {value} is null)"


@dataclass(frozen=True)
class Refused:
    """A row that cannot go in, by its number in the file from 0; the other rules that it breaks; the value, cut."""

    ordinal: int
    rules: tuple[Rule, ...]
    value: str | None


@dataclass(frozen=True)
class Staged:
    """A file as it was understood."""

    path: Path
    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...]
    records: int
    refused: int


def rules_of(cells: Sequence[Cell]) -> tuple[Rule, ...]:
    """What is checked of each row, in the order of the fields; NPIs are checked later, each distinct one once."""
    rules = []
    for cell in cells:
        if cell.required:
            rules.append(Rule(cell, missing=True))
        if cell.kind not in ("text", "npi") and not cell.absent:
            rules.append(Rule(cell, missing=False))
    return tuple(rules)


class Loading:
    """One session of reading files, in an in-memory DuckDB of its own; `folder` takes staging files and spill."""

    def __init__(self, folder: Path, memory: str, threads: int, zone: str, key: bytes = b"") -> None:
        spill = folder / "spill"
        spill.mkdir(parents=True, exist_ok=True)
        config: dict[str, Any] = {"memory_limit": memory, "threads": threads, "temp_directory": str(spill)}
        # Nothing is fetched: what this needs is in the package.
        self.db = duckdb.connect(config={**config, "autoinstall_known_extensions": False})
        self.folder, self.zone, self._key = folder, zone, key
        self.records = 0  # of all files staged

    def stage(self, source: Source, cells: Sequence[Cell]) -> Staged:
        """Read a file into a staging file, every row, wrong or not, in its order."""
        rules, target = rules_of(cells), self.folder / f"staged-{uuid4().hex}.parquet"
        if source.parquet:
            written = self._copy(self._staging(source, cells, rules, "read_parquet($path)"), source, cells, target)
        else:
            written = self._read_text(source, cells, rules, target)
        if written != source.records:
            raise RuntimeError(f"{source.path.name}: {written} rows were read where {source.records} were counted")
        self.records += written
        refused = self.number(f"select count(*) from {read(target)} where _problem <> 0") if rules else 0
        return Staged(target, tuple(cells), rules, source.records, refused)

    def _read_text(self, source: Source, cells: Sequence[Cell], rules: Sequence[Rule], target: Path) -> int:
        for parallel in (True, False):
            # Threads that start within a quoted line break may refuse the file, or miscount it; one thread cannot.
            try:
                query = self._staging(source, cells, rules, _read_csv(source, parallel))
                written = self._copy(query, source, cells, target)
            except (duckdb.InvalidInputException, duckdb.NotImplementedException):
                if not parallel:
                    raise
                continue
            if written == source.records:
                break
        return written

    def _copy(self, query: str, source: Source, cells: Sequence[Cell], target: Path) -> int:
        given: dict[str, Any] = {"path": str(source.path)}
        if any(cell.hashed for cell in cells):
            given |= {"inner": _pad(self._key, 0x36), "outer": _pad(self._key, 0x5C)}
        return self.copy(query, target, "lz4", given)

    def copy(self, query: str, target: Path, compression: str, given: dict[str, Any] | None = None) -> int:
        """Write a query's rows as Parquet; how many there were."""
        options = f"format parquet, compression {compression}, row_group_size {ROW_GROUP}"
        return self.number(f"copy ({query}) to {quoted(str(target))} ({options})", given)

    def _staging(self, source: Source, cells: Sequence[Cell], rules: Sequence[Rule], rows: str) -> str:
        """text, a quick look, what it says, its value, what is wrong: layers, so that nothing is worked out twice."""
        kinds = self._types(source)
        texts, quicks, reads, values = [], list[str](), [], []
        for cell in cells:
            if cell.absent:
                values.append(f"null::{cell.type} as {named(cell.name)}")
                continue
            column, kind = _column(source, cell), kinds.get(cell.place, "VARCHAR")
            text, look, said = (named(f"{mark}_{cell.name}") for mark in "tqr")
            texts.append(f"{text_of(cell, column, source.trim, kind)} as {text}")
            if quick := quick_of(cell, text, kind):
                quicks.append(f"{quick} as {look}")
            reads.append(f"{read_of(cell, text, self.zone, look, kind)} as {said}")
            values.append(f"{value_of(cell, said)} as {named(cell.name)}")
        kept = sorted({named(f"t_{rule.cell.name}") for rule in rules})
        masks = [f"case when {rule.wrong} then {1 << i} else 0 end" for i, rule in enumerate(rules)]
        mask = " + ".join(masks) or "0"
        shown = " ".join(_shown(i, rule) for i, rule in enumerate(rules) if not rule.missing)
        value = f"case when _problem <> 0 then case {shown} end end" if shown else "null::varchar"
        names = ", ".join(named(cell.name) for cell in cells)
        return (
            f"select {names}, _problem, {value} as _refused from "
            f"(select *, ({mask})::{_mask_type(rules)} as _problem from "
            f"(select {', '.join([*values, *kept])} from (select *, {', '.join(reads)} from "
            f"(select {', '.join(['*', *quicks])} from (select {', '.join(texts)} from {rows})))))"
        )

    def _types(self, source: Source) -> dict[int | None, str]:
        if not source.parquet:
            return {}
        described = self.db.execute("describe select * from read_parquet($path)", {"path": str(source.path)})
        return {i: str(row[1]) for i, row in enumerate(described.fetchall())}

    def refused_rows(self, staged: Staged) -> Iterator[Refused]:
        """The rows that the rules refuse, in order."""
        query = (
            f"select file_row_number, _problem, _refused from {read(staged.path, numbered=True)} where _problem <> 0"
        )
        found = self.db.cursor().execute(f"{query} order by 1")
        while part := found.fetchmany(10_000):
            for ordinal, mask, value in part:
                rules = tuple(rule for i, rule in enumerate(staged.rules) if mask >> i & 1)
                yield Refused(ordinal, rules, value)

    def number(self, query: str, given: dict[str, Any] | None = None) -> int:
        """The one number that a query gives."""
        row = self.db.execute(query, given or None).fetchone()
        return int(row[0] or 0) if row else 0

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def read(path: Path, numbered: bool = False) -> str:
    """A staging file as a table; `numbered`: with `file_row_number` from 0."""
    return f"read_parquet({quoted(str(path))}{', file_row_number = true' if numbered else ''})"


def _read_csv(source: Source, parallel: bool) -> str:
    # Never sniffed: what a guess from the first rows takes for the dialect makes the rest unreadable.
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(source.columns)))
    dialect = f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', nullstr = '', new_line = '\\n'"
    return (
        f"read_csv($path, header = {str(source.has_header).lower()}, {dialect}, auto_detect = false, "
        f"columns = {{{columns}}}, parallel = {str(parallel).lower()})"
    )


def _column(source: Source, cell: Cell) -> str | None:
    if cell.place is None:
        return None
    return named(source.columns[cell.place]) if source.parquet else f"c{cell.place}"


def _shown(number: int, rule: Rule) -> str:
    value = f"{named(f't_{rule.cell.name}')}::varchar"
    kept = "null::varchar" if rule.cell.private or rule.cell.hashed else f"substr({value}, 1, {SHOWN})"
    return f"when {rule.wrong} then {kept}"


def _mask_type(rules: Sequence[Rule]) -> str:
    return "bigint" if len(rules) < 63 else "hugeint"


def _pad(key: bytes, mark: int) -> bytes:
    """The key as HMAC-SHA-256 lays it under a message: padded to a block, each byte crossed with the mark."""
    return bytes(b ^ mark for b in key.ljust(64, b"\0"))
