"""What a given path holds: one table, or the members of a zip; opened without trusting the sizes it claims."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.ingest import spreadsheet
from liaison.ingest.encoding import TABLE_FILES

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
# Text packs ten- to thirtyfold; what unpacks a thousandfold was made to fill a disk.
BOMB_BYTES, BOMB_RATIO = 200 << 20, 300
TABLE_ENDINGS = (".csv", ".txt", ".tsv", ".tab", ".dat", ".psv", "")


@dataclass(frozen=True)
class Member:
    """One table as it came. `path` where its bytes lie on disk as they are; `packed` its packed size."""

    name: str
    open: Callable[[], BinaryIO]
    path: Path | None = None
    parquet: bool = False
    workbook: bool = False  # dates are ISO whatever the mapping says of text
    packed: int = 0


def members(path: Path, settings: Settings, folder: Path, notes: list[str]) -> list[Member]:
    """The tables of a path; `folder` takes what must be unpacked first. Raises LiaisonError."""
    name = path.name
    if not path.is_file():
        raise LiaisonError(f"There is no file {name}.", remedy="Check the path.")
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise LiaisonError(f"{name} is empty.", remedy="Export it again.")
    if head == PARQUET:
        return [Member(name, lambda: path.open("rb"), path, parquet=True)]
    if head.startswith(GZIP):
        return [Member(name, lambda: cast(BinaryIO, gzip.open(path, "rb")), packed=path.stat().st_size)]
    if is_workbook(path):
        target = folder / f"{path.stem}-{len(list(folder.iterdir()))}.sheet.csv"
        notes += spreadsheet.to_csv(path, name, target)
        return [Member(name, lambda: target.open("rb"), target, workbook=True)]
    if head == ZIP:
        return _zipped(path, settings, notes)
    return [Member(name, lambda: path.open("rb"), path)]


def is_workbook(path: Path) -> bool:
    """Is it a workbook? LiaisonError where it claims to be a zip and is none."""
    with path.open("rb") as file:
        head = file.read(4)
    with damage_is_told(path.name):
        return head == spreadsheet.OLD_WORKBOOK or (head == ZIP and spreadsheet.is_workbook(path))


def _zipped(path: Path, settings: Settings, notes: list[str]) -> list[Member]:
    with damage_is_told(path.name):
        packed = zipfile.ZipFile(path)
        files = [m for m in packed.infolist() if not m.is_dir() and not _hidden(m.filename)]
    if len(files) > settings.max_members:
        raise LiaisonError(
            f"{path.name} holds {len(files)} files; at most {settings.max_members} are taken.",
            remedy="Give the files that matter, or raise LIAISON_MAX_MEMBERS.",
        )
    tables = [m for m in files if PurePosixPath(m.filename).suffix.lower() in TABLE_ENDINGS]
    if not tables:
        raise LiaisonError(f"{path.name} holds no table.", remedy=TABLE_FILES)
    if left := [m.filename for m in files if m not in tables]:
        notes.append(f"{path.name}: left out {', '.join(left)}.")
    for member in tables:
        if member.flag_bits & 1:
            raise LiaisonError(f"{path.name} is protected by a password.", remedy="Unpack it first.")
        if member.file_size > settings.max_bytes:
            raise _too_large(f"{path.name}/{member.filename}", settings)
    return [
        Member(
            f"{path.name}/{m.filename}",
            lambda m=m: cast(BinaryIO, packed.open(m)),  # type: ignore[misc]
            packed=m.compress_size,
        )
        for m in tables
    ]


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _too_large(name: str, settings: Settings) -> LiaisonError:
    return LiaisonError(
        f"{name} has more than {settings.max_bytes:,} bytes unpacked.",
        remedy="Split it, or raise LIAISON_MAX_BYTES if you trust it.",
    )


@contextmanager
def damage_is_told(name: str) -> Iterator[None]:
    """Errors of unpacking as sentences."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, RuntimeError) as error:
        raise LiaisonError(f"{name} is damaged: it cannot be unpacked.", remedy="Export or copy it again.") from error


class Guard:
    """Counts what comes out of a member and refuses what grows beyond the limits."""

    def __init__(self, member: Member, settings: Settings) -> None:
        self.member, self.settings, self.size = member, settings, 0

    def count(self, more: int) -> None:
        self.size += more
        if self.size > self.settings.max_bytes:
            raise _too_large(self.member.name, self.settings)
        if self.member.packed and self.size > max(BOMB_BYTES, BOMB_RATIO * self.member.packed):
            raise LiaisonError(
                f"{self.member.name} unpacks to more than {BOMB_RATIO} times its size, as no table does.",
                remedy="Unpack it yourself if you trust it, and give the file.",
            )
