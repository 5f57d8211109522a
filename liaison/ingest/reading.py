"""Any path to plain tables on disk, with what was found in them: one pass over the bytes, never whole in memory."""

import errno
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from liaison.config import Settings
from liaison.errors import LiaisonError, Where
from liaison.ingest.encoding import BLOCK, Normaliser, NotUtf8Error, refuse_other_kinds
from liaison.ingest.heading import Heading, Shape, read_heading
from liaison.ingest.lines import MAX_RECORD, Broken, Lines
from liaison.ingest.unpacking import Guard, Member, damage_is_told, members

ENCODINGS = ("utf-8", "cp1252")
Tick = Callable[[int], None]  # hears how many more bytes were read


@dataclass(frozen=True)
class Table:
    """One table, ready for the engine. `header` is as given; `records` are the rows that the engine will see."""

    name: str
    path: Path
    digest: str
    header: tuple[str, ...]
    records: int
    encoding: str
    delimiter: str = ""
    has_header: bool = True
    padded: bool = False
    padded_oddly: bool = False
    workbook: bool = False
    types: tuple[str, ...] = ()  # of a Parquet file's columns; empty for text
    lines: Lines | None = None

    @property
    def broken(self) -> Iterator[Broken]:
        return self.lines.broken if self.lines else iter(())

    @property
    def rows_read(self) -> int:
        return self.records + (self.lines.broken_count if self.lines else 0)

    def rows_of(self, ordinals: NDArray[np.int64]) -> NDArray[np.int64]:
        """Spreadsheet rows of records that are numbered from 0."""
        return self.lines.rows_of(ordinals) if self.lines else ordinals + 2


def read_all(
    paths: Sequence[Path], settings: Settings, folder: Path, shape: Shape, notes: list[str], tick: Tick | None = None
) -> list[Table]:
    """The tables of all paths; copies, where any are needed, lie in `folder`, which the caller removes."""
    found = [member for path in paths for member in members(path, settings, folder, notes)]
    if not found:
        raise LiaisonError("No file was given.", remedy="Name at least one.")
    tables = []
    for number, member in enumerate(found):
        target = folder / f"table-{number}.csv"
        with damage_is_told(member.name), _full_disk_is_told(member.name):
            tables.append(_read(member, settings, target, shape, notes, tick or (lambda _: None)))
    if len(tables) > 1:  # a zip may bring a file that only explains its columns
        empty = [t for t in tables if not t.rows_read]
        notes += [f"{t.name} has a header and no rows." for t in empty]
        tables = [t for t in tables if t.rows_read] or empty
    if not tables[0].rows_read:
        raise LiaisonError(
            f"{tables[0].name} has a header and no rows.", Where(tables[0].name, 1), "Export it with its rows."
        )
    return tables


def _read(member: Member, settings: Settings, target: Path, shape: Shape, notes: list[str], tick: Tick) -> Table:
    if member.parquet:
        return _parquet(member, tick)
    with member.open() as stream:
        refuse_other_kinds(member.name, stream.read(8192))
    encodings = (shape.encoding,) if shape.encoding else ENCODINGS
    for encoding in encodings:
        try:
            return _Reading(member, settings, target, shape, encoding).run(notes, tick)
        except NotUtf8Error:
            target.unlink(missing_ok=True)
        except UnicodeDecodeError as error:
            raise _unreadable(member, encodings) from error
    raise _unreadable(member, encodings)


def _unreadable(member: Member, encodings: Sequence[str]) -> LiaisonError:
    named = " and ".join(encodings)
    return LiaisonError(f"{member.name} is not text in {named}.", remedy="Save it as CSV UTF-8 and try again.")


@dataclass
class _Plain:
    """The good records as a plain file: the original where nothing had to change, else a copy."""

    original: Path | None
    target: Path
    heading: Heading
    mark: int  # length of the original's byte-order mark
    same: int = 0  # bytes of its rows, from the first, that the output has too
    file: BinaryIO | None = None

    def add(self, data: bytes, changed: bool) -> None:
        if self.file is None and (changed or self.original is None):
            self.file = self.target.open("wb")
            self.file.write(self.heading.rewritten)
            if self.original and self.same:
                with self.original.open("rb") as source:
                    source.seek(self.mark + self.heading.length)
                    _copy(source, self.file, self.same)
        if self.file is None:
            self.same += len(data)
        else:
            self.file.write(data)

    def close(self) -> Path:
        if self.file is None:
            assert self.original is not None  # noqa: S101 (else `add` has opened a copy)
            return self.original
        self.file.close()
        return self.target


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length and (block := source.read(min(length, BLOCK))):
        target.write(block)
        length -= len(block)


class _Reading:
    """One text file on its way to a plain table."""

    def __init__(self, member: Member, settings: Settings, target: Path, shape: Shape, encoding: str) -> None:
        self.member, self.target, self.shape = member, target, shape
        self.normal, self.guard, self.digest = Normaliser(encoding), Guard(member, settings), hashlib.sha256()
        self.head = b""
        self.heading: Heading | None = None
        self.lines: Lines
        self.plain: _Plain

    def run(self, notes: list[str], tick: Tick) -> Table:
        name = self.member.name
        try:
            with self.member.open() as stream:
                for raw, text in self.normal.blocks(stream):
                    self.digest.update(raw)
                    self.guard.count(len(raw))
                    tick(len(raw))
                    self._take(text, last=not raw)
            path = self.plain.close()
        except LiaisonError as error:
            where = error.where or Where()
            raise LiaisonError(error.what, Where(where.file or name, where.row, where.column), error.remedy) from error
        if self.normal.had_nul:
            notes.append(f"{name}: NUL characters were left out.")
        if self.normal.encoding != "utf-8" and not self.shape.encoding:
            notes.append(f"{name} was read as Windows-1252, since it is not UTF-8.")
        return self._table(path)

    def _take(self, text: bytes, last: bool) -> None:
        if self.heading is None:
            self.head += text
            if len(self.head) < MAX_RECORD and not last:
                return
            text = self._begin()
        data = self.lines.take(text, last)
        self.plain.add(data, self.normal.changed or self.lines.changed or not self.heading.plain)  # type: ignore[union-attr]

    def _begin(self) -> bytes:
        """Read the header; what comes after it."""
        self.heading = heading = read_heading(self.member.name, self.head, self.shape)
        self.lines = Lines(heading.delimiter, len(heading.columns), heading.first_row)
        self.plain = _Plain(self.member.path, self.target, heading, len(self.normal.mark))
        rest, self.head = self.head[heading.length :], b""
        return rest

    def _table(self, path: Path) -> Table:
        assert self.heading is not None  # noqa: S101 (the last block has read it)
        return Table(
            name=self.member.name,
            path=path,
            digest=self.digest.hexdigest(),
            header=self.heading.columns,
            records=self.lines.kept,
            encoding=self.normal.encoding,
            delimiter=self.heading.delimiter,
            has_header=self.heading.length > 0,
            padded=self.lines.padded,
            padded_oddly=self.lines.padded_oddly,
            workbook=self.member.workbook,
            lines=self.lines,
        )


def _parquet(member: Member, tick: Tick) -> Table:
    digest = hashlib.sha256()
    with member.open() as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            tick(len(block))
    assert member.path is not None  # noqa: S101 (a Parquet file is read where it lies)
    try:
        with pq.ParquetFile(member.path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise LiaisonError(f"{member.name} is a damaged Parquet file.", remedy="Write it again.") from error
    types = tuple(str(kind) for kind in schema.types)
    return Table(member.name, member.path, digest.hexdigest(), tuple(schema.names), rows, "parquet", types=types)


@contextmanager
def _full_disk_is_told(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise LiaisonError(f"The disk is full: {name} needs a copy to be read.", remedy="Make room first.") from error
