"""Which lines of a text are records: counted block by block, at the speed of the memory.

A record is what a spreadsheet calls a row: fields without quotes, or wholly quoted with inner quotes doubled; a
quoted line break belongs to it. What is no record of the right width is set aside with its row number and the rest
handed on, so that the engine only ever sees lines that it cannot misread. A quote that is never closed, or closed
in the middle of a value, spoils its own line and no other.
"""

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from liaison.errors import LiaisonError, Where

QUOTE, NEWLINE, SPACE, TAB = 34, 10, 32, 9
MAX_RECORD = 1 << 20  # bytes; a quote that stays open for longer is taken for a stray one
BAD_QUOTES = -1  # in place of a width


class Broken(NamedTuple):
    """A row that is no record: its number of columns, or `BAD_QUOTES`."""

    row: int
    width: int


class Lines:
    """Feed it normalised UTF-8 (line feeds, no NUL) after the header; it hands back the good records.

    `first_row`: the spreadsheet row of the first line. `kept` counts records handed back.
    """

    def __init__(self, delimiter: str, width: int, first_row: int) -> None:
        self.delimiter, self.width, self.first_row = ord(delimiter), width, first_row
        self.kept = 0
        self.padded = False  # spaces stand beside a delimiter
        self.padded_oddly = False  # tabs or line breaks do
        self.changed = False  # what was handed back differs from what came
        self._skipped = array("q")  # for each row set aside, how many records were kept before it
        self._broken_rows, self._broken_widths = array("q"), array("i")
        self._carry = b""
        d = re.escape(delimiter.encode())
        quoted, plain = rb'"(?:[^"]++|"")*+"', rb'[^"\n' + d + rb"]*+"
        field = rb"(?:" + quoted + rb"|" + plain + rb")"
        self._sound = re.compile(rb"(?:" + field + rb"(?:" + d + field + rb")*+\n)*+")
        # As people write by hand: spaces around the quotes, a quote inside a bare value (5" tube).
        pad = rb"[ \t]*" if delimiter != "\t" else rb" *"
        end = rb"(?=" + d + rb"|\n)"
        # Behind spaces a quoted value ends with its line, so that no later text can change what this line says.
        handwritten = pad + rb'"((?:[^"\n]++|"")*+)"' + pad + end
        self._loose = re.compile(
            rb'"((?:[^"]++|"")*+)"' + pad + end + rb"|" + handwritten + rb'|((?!")[^\n' + d + rb"]*)" + end, re.DOTALL
        )
        self._unfinished = re.compile(quoted[:-1] + rb'(?:"' + pad + rb")?\Z", re.DOTALL)

    @property
    def broken(self) -> Iterator[Broken]:
        return (Broken(r, w) for r, w in zip(self._broken_rows, self._broken_widths, strict=True))

    @property
    def broken_count(self) -> int:
        return len(self._broken_rows)

    @property
    def blank_count(self) -> int:
        return len(self._skipped) - len(self._broken_rows)

    def rows_of(self, ordinals: NDArray[np.int64]) -> NDArray[np.int64]:
        """The spreadsheet rows of kept records, given by their number from 0."""
        above = np.searchsorted(np.frombuffer(self._skipped, np.int64), ordinals, side="right") if self._skipped else 0
        return self.first_row + ordinals + above

    def take(self, block: bytes, last: bool = False) -> bytes:
        """The good records of what has come so far; an unfinished one waits for the next block."""
        text = self._carry + block
        if last and text and not text.endswith(b"\n"):
            text += b"\n"
        self._carry = b""
        return b"".join(self._parts(text, last))

    def _parts(self, text: bytes, last: bool) -> Iterator[bytes]:
        if not text:
            return
        done = self._sound_part(text)
        if done is not None:
            kept, end = done
            yield kept
            if end < len(text) and (last or len(text) - end > MAX_RECORD):
                yield from self._step(text[end:], last)  # a quote stands open to the end
            else:
                self._carry = text[end:]
            return
        yield from self._step(text, last)

    def _step(self, text: bytes, last: bool) -> Iterator[bytes]:
        """From one odd record to the next, by pattern."""
        at = 0
        while at < len(text):
            sound = self._sound.match(text, at)
            assert sound is not None  # noqa: S101 (the pattern matches nothing as well)
            if sound.end() > at:
                part = self._sound_part(text[at : sound.end()])
                assert part is not None  # noqa: S101
                yield part[0]
                at = sound.end()
                continue
            end, fields = self._read_loosely(text, at)
            if fields is None:
                ended = text.find(b"\n", end) >= 0 and not self._unfinished.match(text, end)
                if not (last or ended or len(text) - at > MAX_RECORD):
                    self._carry = text[at:]
                    return
                end = self._end_of_line(text, at)
                self._set_aside(BAD_QUOTES)
            elif len(fields) == self.width:
                self.kept += 1
                self.changed = True
                yield self._written(fields)
            else:
                self._set_aside(len(fields))
            at = end

    def _end_of_line(self, text: bytes, at: int) -> int:
        end = text.find(b"\n", at) + 1
        if not end:
            raise LiaisonError(
                f"A line has more than {MAX_RECORD} bytes, so this is no table.",
                Where(row=self.first_row + self.kept + len(self._skipped)),
                "Export it as CSV, one line a row.",
            )
        return end

    def _read_loosely(self, text: bytes, at: int) -> tuple[int, list[bytes] | None]:
        """(where the record ends, its values); None for values, and where they ended, if its quotes make no sense."""
        fields = []
        while found := self._loose.match(text, at):
            within = found[1] if found[1] is not None else found[2]
            value = within.replace(b'""', b'"') if within is not None else found[3]
            fields.append(value.strip(b" \t\n"))
            at = found.end() + 1
            if text[found.end()] == NEWLINE:
                return at, fields
        return at, None

    def _written(self, fields: list[bytes]) -> bytes:
        mark = bytes([self.delimiter])
        return mark.join(b'"' + f.replace(b'"', b'""') + b'"' if f else b"" for f in fields) + b"\n"

    def _set_aside(self, width: int | None) -> None:
        """Keep a broken row's number (`width` None: a blank one)."""
        if width is not None:
            self._broken_rows.append(self.first_row + self.kept + len(self._skipped))
            self._broken_widths.append(width)
        self._skipped.append(self.kept)
        self.changed = True

    def _sound_part(self, text: bytes) -> tuple[bytes, int] | None:
        """(good records, end of the last whole record); None where a quote stands in an odd place."""
        bytes_ = np.frombuffer(text, np.uint8)
        marks = (bytes_ == self.delimiter) | (bytes_ == NEWLINE)
        quoted = b'"' in text
        if quoted:
            marks |= bytes_ == QUOTE
        places = np.flatnonzero(marks)
        kinds = bytes_[places]
        quotes = places[kinds == QUOTE] if quoted else places[:0]
        if quoted:
            if not self._quotes_fit(bytes_, quotes):
                return None
            # Parity over the marks alone: ten times fewer than bytes.
            inside = (np.cumsum(kinds == QUOTE, dtype=np.uint8) & 1).astype(bool)
            self._look_at_breaks(bytes_, places[(kinds == NEWLINE) & inside])
            outer = (kinds != QUOTE) & ~inside
            kinds, places = kinds[outer], places[outer]
        if self._may_be_padded(text, bytes_, marks):
            self._look_for_padding(bytes_, places, quotes)
        ends = np.flatnonzero(kinds == NEWLINE)
        if not ends.size:
            return b"", 0
        return self._without_bad(text, np.diff(ends, prepend=-1), places[ends])

    def _without_bad(self, text: bytes, widths: NDArray[np.int64], at: NDArray[np.int64]) -> tuple[bytes, int]:
        """The records of the right width; `at`: where each record's line break stands."""
        end = int(at[-1]) + 1
        bad = np.flatnonzero(widths != self.width)
        if self.width == 1:
            bad = np.flatnonzero((widths != 1) | (np.diff(at, prepend=-1) == 1))
        good, start, before = [], 0, 0
        for i in bad.tolist():
            line = int(at[i - 1]) + 1 if i else 0
            good.append(text[start:line])
            self.kept += i - before
            start, before = int(at[i]) + 1, i + 1
            self._set_aside(None if start - line == 1 else int(widths[i]))
        self.kept += len(at) - before
        good.append(text[start:end])
        return b"".join(good), end

    def _quotes_fit(self, bytes_: NDArray[np.uint8], quotes: NDArray[np.int64]) -> bool:
        """Do quotes open after a delimiter and close before one (or stand doubled)?"""
        opening, closing = quotes[0::2], quotes[1::2]
        before = bytes_[opening - 1] if opening[0] else np.concatenate(([NEWLINE], bytes_[opening[1:] - 1]))
        after = bytes_[np.minimum(closing + 1, len(bytes_) - 1)]
        return bool(self._is_mark(before).all() and self._is_mark(after).all())

    def _is_mark(self, found: NDArray[np.uint8]) -> NDArray[np.bool_]:
        return (found == self.delimiter) | (found == NEWLINE) | (found == QUOTE)

    def _may_be_padded(self, text: bytes, bytes_: NDArray[np.uint8], marks: NDArray[np.bool_]) -> bool:
        """Is it still open whether values are padded, and does a space stand beside some mark?"""
        if not self.padded_oddly and self.delimiter != TAB and b"\t" in text:
            self.padded_oddly = True
        if not self.padded and not text.isascii() and b"\xc2\xa0" in text:
            self.padded = True  # a no-break space: rare enough not to look where it stands
        if self.padded or b" " not in text:
            return False
        space = bytes_ == SPACE
        return bool(space[0] or (space[1:] & marks[:-1]).any() or (space[:-1] & marks[1:]).any())

    def _look_for_padding(
        self, bytes_: NDArray[np.uint8], places: NDArray[np.int64], quotes: NDArray[np.int64]
    ) -> None:
        """Does a space stand beside what ends a value, or at the edge of a quoted one? Not: within the quotes."""
        last = len(bytes_) - 1
        beside = (places - 1, np.minimum(places + 1, last), np.minimum(quotes[0::2] + 1, last), quotes[1::2] - 1)
        self.padded = bool(bytes_[0] == SPACE) or any(bool((bytes_[at] == SPACE).any()) for at in beside)

    def _look_at_breaks(self, bytes_: NDArray[np.uint8], breaks: NDArray[np.int64]) -> None:
        """Does a quoted value begin or end with its line break?"""
        if breaks.size and not self.padded_oddly:
            beside = (bytes_[breaks - 1] == QUOTE) | (bytes_[np.minimum(breaks + 1, len(bytes_) - 1)] == QUOTE)
            self.padded_oddly = bool(beside.any())
