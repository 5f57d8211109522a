"""The head of a text table: its delimiter, its columns, and where its rows begin."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from liaison.errors import LiaisonError, Where

DELIMITERS = ",;\t|"
MOST_LINES = 20  # of one header: more means that a quote was never closed


@dataclass(frozen=True)
class Shape:
    """What is known of a file before it is read. `known`: names that its header may have, in lower case.

    `headerless`: columns of a file that has none, where its first line holds no known name.
    """

    known: frozenset[str] = frozenset()
    headerless: tuple[tuple[str, ...], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Heading:
    """`length`: bytes up to the first row (0 without a header); `plain`: an engine reads it as it stands."""

    columns: tuple[str, ...]
    delimiter: str
    first_row: int
    length: int
    plain: bool

    @property
    def rewritten(self) -> bytes:
        """A header that no engine can misread; columns go by their place."""
        if not self.length:
            return b""
        return self.delimiter.join(f"c{i}" for i in range(len(self.columns))).encode() + b"\n"


def read_heading(name: str, head: bytes, shape: Shape) -> Heading:
    """From the first bytes of a file, as UTF-8 with line feeds. Raises LiaisonError where there is no header."""
    above = len(head) - len(head.lstrip(b"\n"))
    if above == len(head) or not head.strip():
        raise LiaisonError(f"{name} is empty.", remedy="Export it again.")
    text = head[above:].decode("utf-8", "ignore")
    delimiter = shape.delimiter or guess_delimiter(text.partition("\n")[0])
    cells, lines = _first_record(name, text, delimiter)
    columns = tuple(cell.strip() for cell in cells)
    if not _is_header(columns, shape):
        given = next((h for h in shape.headerless if len(h) == len(columns)), None)
        if given:
            return Heading(given, delimiter, first_row=1, length=0, plain=True)
    if not any(columns):
        raise LiaisonError(f"{name} has no header.", Where(name, above + 1), "Let its first row name the columns.")
    length = above + _length_of(head[above:], lines)
    plain = above == 0 and lines == 1 and _reads_alike(text.partition("\n")[0], delimiter)
    # However many lines the header takes, it is one row.
    return Heading(columns, delimiter, first_row=above + 2, length=length, plain=plain)


def guess_delimiter(line: str) -> str:
    """The one of comma, semicolon, tab and bar that stands most often outside quotes."""
    outside = "".join(line.split('"')[0::2])
    return max(DELIMITERS, key=outside.count)


def _first_record(name: str, text: str, delimiter: str) -> tuple[list[str], int]:
    """(cells, how many lines they take)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error as error:
        raise LiaisonError(f"The header of {name} cannot be read.", Where(name, 1), "Export it as CSV.") from error
    if reader.line_num > MOST_LINES:
        raise LiaisonError(
            f"The header of {name} has a quote that is never closed.", Where(name, 1), "Mend it and try again."
        )
    return cells, reader.line_num


def _length_of(head: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        end = head.find(b"\n", at)
        at = end + 1 if end >= 0 else len(head)
    return at


def _is_header(columns: Sequence[str], shape: Shape) -> bool:
    return not shape.headerless or any(c.casefold() in shape.known for c in columns)


def _reads_alike(line: str, delimiter: str) -> bool:
    """Are quotes only around whole names?"""
    written = io.StringIO()
    cells = next(csv.reader([line], delimiter=delimiter), [])
    for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL):
        written.seek(0)
        written.truncate()
        csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(cells)
        if written.getvalue() == line:
            return True
    return False
