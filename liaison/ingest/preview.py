"""The head of a file, to look at before it is imported: its columns and first rows, whatever it is packed in."""

import csv
import io
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.ingest import spreadsheet
from liaison.ingest.encoding import Normaliser, NotUtf8Error, refuse_other_kinds
from liaison.ingest.heading import Shape, read_heading
from liaison.ingest.reading import ENCODINGS
from liaison.ingest.unpacking import Member, damage_is_told, is_workbook, members

ROWS, BYTES = 10, 1 << 18


@dataclass(frozen=True)
class Head:
    """`rows`: the first filled ones, each as wide as the header; blank is ""."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def values(self, place: int) -> list[str]:
        """What stands in a column, blanks left out."""
        return [row[place] for row in self.rows if row[place]]


def look(path: Path, shape: Shape | None = None, rows: int = ROWS, settings: Settings | None = None) -> list[Head]:
    """The head of each table of a path. Raises LiaisonError where it is no table."""
    if path.is_file() and is_workbook(path):
        table = [cells for cells in islice(spreadsheet.rows(path, path.name, []), 10 * rows + 50) if any(cells)]
        return [_head(path.name, table[0], table[1 : rows + 1])]
    with TemporaryDirectory() as nothing:  # only workbooks are unpacked to a file, and they are read above
        found = members(path, settings or Settings(), Path(nothing), [])
    shape, heads = shape or Shape(), []
    for member in found:
        with damage_is_told(member.name):
            heads.append(_parquet(member, rows) if member.parquet else _text(member, shape, rows))
    return heads


def _head(name: str, columns: list[str], rows: list[list[str]]) -> Head:
    width = len(columns)
    fitted = tuple(tuple((row + [""] * width)[:width]) for row in rows)
    return Head(name, tuple(c.strip() for c in columns), tuple(tuple(c.strip() for c in row) for row in fitted))


def _text(member: Member, shape: Shape, rows: int) -> Head:
    with member.open() as stream:
        raw = stream.read(BYTES)
    refuse_other_kinds(member.name, raw[:8192])
    text = _decoded(member, raw, (shape.encoding,) if shape.encoding else ENCODINGS)
    heading = read_heading(member.name, text, shape)
    lines = text[heading.length :]
    if len(raw) == BYTES:  # the last line may be cut
        lines = lines[: lines.rfind(b"\n") + 1]
    reader = csv.reader(io.StringIO(lines.decode("utf-8", "ignore"), newline=""), delimiter=heading.delimiter)
    try:
        found = list(islice((row for row in reader if row), rows))
    except csv.Error as error:
        raise LiaisonError(f"{member.name} cannot be read as CSV.", remedy="Export it again.") from error
    return _head(member.name, list(heading.columns), found)


def _decoded(member: Member, raw: bytes, encodings: tuple[str, ...]) -> bytes:
    for encoding in encodings:
        try:
            # The last character may be cut, so that the end is not asked for.
            return next(text for _, text in Normaliser(encoding).blocks(io.BytesIO(raw)) if text or not raw)
        except (NotUtf8Error, UnicodeDecodeError, StopIteration):
            continue
    raise LiaisonError(f"{member.name} is not text that can be read.", remedy="Save it as CSV UTF-8.")


def _parquet(member: Member, rows: int) -> Head:
    assert member.path is not None  # noqa: S101 (a Parquet file is read where it lies)
    try:
        with pq.ParquetFile(member.path) as file:
            first = next(file.iter_batches(rows), None)
            columns = list(file.schema_arrow.names)
    except (pa.ArrowException, OSError) as error:
        raise LiaisonError(f"{member.name} is a damaged Parquet file.", remedy="Write it again.") from error
    found = [["" if v is None else str(v) for v in row.values()] for row in first.to_pylist()] if first else []
    return _head(member.name, columns, found)
