"""Bytes of any text file to UTF-8 with line feeds: what the encoding is, and what is no text at all."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from liaison.errors import LiaisonError

BLOCK = 1 << 19
UTF8_MARK = codecs.BOM_UTF8
# What other kinds of file begin with, and what people call them.
NOT_TEXT = {
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"7z\xbc\xaf": "a 7z file",
    b"Rar!": "a RAR file",
    b"SQLite format 3": "a database",
    b"{\\rtf": "a word processor's file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
TABLE_FILES = "Give a CSV (UTF-8 or Windows-1252), one packed as .gz or .zip, an XLSX or a Parquet file."


class NotUtf8Error(Exception):
    """The text has bytes that UTF-8 does not allow."""


def refuse_other_kinds(name: str, head: bytes) -> None:
    """LiaisonError for a file that is no text, by how it begins."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf16(head):
        raise LiaisonError(f"{name} is in UTF-16.", remedy="Save it as CSV UTF-8 and try again.")
    for mark, kind in NOT_TEXT.items():
        if head.startswith(mark):
            raise LiaisonError(f"{name} is {kind}, not a table.", remedy=TABLE_FILES)
    # Control characters that no export holds; a NUL may slip into a real one.
    odd = sum(head.count(c) for c in range(1, 32) if c not in b"\t\n\r\f\v\x1a\x1b\x1c\x1d\x1e\x1f")
    if odd > len(head) / 100 or head.count(0) > len(head) / 10:
        raise LiaisonError(f"{name} is not a text file.", remedy=TABLE_FILES)


def _looks_like_utf16(head: bytes) -> bool:
    """Every other byte of Western text in UTF-16 is NUL."""
    even, odd = head[0::2], head[1::2]
    return len(head) > 3 and any(a.count(0) > 0.6 * len(a) and b.count(0) == 0 for a, b in ((even, odd), (odd, even)))


class Normaliser:
    """Turns blocks of a file into UTF-8 without byte-order mark, NUL and carriage returns; `changed` says if it had to.

    `encoding`: a name that Python knows; "utf-8" raises `NotUtf8Error` at the first byte that is none.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = "utf-8" if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig") else encoding
        self.changed = self.encoding != "utf-8"
        self.had_nul = False
        self.mark = b""  # the byte-order mark, where there was one
        self._decoder = codecs.getincrementaldecoder(self.encoding)()
        self._held = b""  # a carriage return whose line feed may come with the next block
        self._begun = False

    def blocks(self, stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
        """(as read, as it shall be) until the end."""
        while raw := stream.read(BLOCK):
            yield raw, self._plain(raw)
        yield b"", self._end()

    def _plain(self, raw: bytes) -> bytes:
        text = raw
        if not self._begun:
            self._begun = True
            if self.encoding == "utf-8" and raw.startswith(UTF8_MARK):
                self.mark, text = UTF8_MARK, raw[len(UTF8_MARK) :]
        text = self._decoded(text)
        if b"\0" in text:
            self.had_nul = self.changed = True
            text = text.replace(b"\0", b"")
        if self._held or b"\r" in text:
            self.changed = True
            text = self._held + text
            self._held = b"\r" if text.endswith(b"\r") else b""
            text = text.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return text

    def _decoded(self, text: bytes, last: bool = False) -> bytes:
        if self.encoding == "utf-8":
            if not last and text.isascii() and not self._decoder.getstate()[0]:
                return text
            try:
                self._decoder.decode(text, last)
            except UnicodeDecodeError as error:
                raise NotUtf8Error from error
            return text
        return self._decoder.decode(text, last).encode()

    def _end(self) -> bytes:
        rest = self._decoded(b"", last=True)
        return (b"\n" if self._held else b"") + rest
