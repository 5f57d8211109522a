"""One file that holds an instance: records, imports, facts, rollups and the key. Written while people work.

A backup is a zip: `tables/NAME.jsonl` (one row a line, no database's own dialect, so that SQLite restores into
PostgreSQL), `facts/` and `rejects/` as they are, `instance.key`, and `backup.json` with the size and SHA-256 of each.
It holds what the store holds: keep it as safe as the store.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, select

from liaison.errors import LiaisonError
from liaison.facts import own_outlines
from liaison.facts.files import make_durable
from liaison.facts.home import Home
from liaison.facts.writer import one_writer
from liaison.store import migrate, reading
from liaison.store.tables import batch, fact_file, job, metadata, rollup_file, version

MANIFEST, KEY = "backup.json", "instance.key"
FORMAT = 1
BLOCK = 1 << 20
ROWS = 1_000
STARTS = 3  # looks at the store before the last one, which keeps writers out
EPOCH = (1980, 1, 1, 0, 0, 0)

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Backup:
    """What was written or restored."""

    file: str
    data_version: int
    files: int
    bytes: int

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": True,
            "problems": [],
            "file": self.file,
            "data_version": self.data_version,
            "files": self.files,
            "bytes": self.bytes,
        }


class _VanishedError(Exception):
    """A file was swept between the look at the list and the reading of it."""


def backup(home: Home, target: Path, progress: Progress | None = None) -> Backup:
    """Write a backup of one moment to `target`, whole or not at all.

    Raises LiaisonError where `target` is another file, or where a listed file is missing for good.
    """
    _may_write(target)
    aside = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        for start in range(STARTS + 1):
            # An import may unlist and sweep a file meanwhile; the last start lets no import in.
            alone = one_writer(home, "a backup") if start == STARTS else nullcontext()
            try:
                with alone:
                    done = _write(home, aside, target, progress)
                break
            except _VanishedError as gone:
                if start == STARTS:
                    raise LiaisonError(
                        f"The file {gone} is listed but missing.", remedy="Run: python -m liaison check"
                    ) from gone
        make_durable(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return done


def _may_write(target: Path) -> None:
    if not target.parent.is_dir():
        raise LiaisonError(f"There is no folder {target.parent}.", remedy="Make it, or name a file in another one.")
    if target.is_dir() or (target.exists() and not _is_backup(target)):
        raise LiaisonError(f"{target} exists and is no backup.", remedy="Name another file.")


def _is_backup(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as held:
        return MANIFEST in held.namelist()


def _write(home: Home, aside: Path, target: Path, progress: Progress | None) -> Backup:
    handle = os.open(aside, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as raw, zipfile.ZipFile(raw, "w", allowZip64=True) as held:
        contents: dict[str, dict[str, Any]] = {}
        with reading(home.store) as connection:
            revision = migrate.current(connection)
            data_version = connection.scalar(select(version.c.data_version)) or 0
            listed = _listed(home, connection)
            for table in metadata.sorted_tables:
                name = table_file(table)
                contents[name] = _put(held, name, _lines(connection, table), zipfile.ZIP_DEFLATED)
        contents[KEY] = _put(held, KEY, iter([home.instance_key]))
        for place, (name, path) in enumerate(listed.items()):
            if progress:
                progress(place / len(listed), "Copying the files.")
            contents[name] = _put(held, name, _blocks(path))
        about = {
            "liaison_backup": FORMAT,
            "store": revision,
            "data_version": data_version,
            "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "contents": contents,
        }
        held.writestr(zipfile.ZipInfo(MANIFEST, EPOCH), json.dumps(about, indent=1))
    return Backup(str(target), data_version, len(listed), aside.stat().st_size)


def table_file(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _listed(home: Home, connection: Connection) -> dict[str, Path]:
    """Every file that the store names, and the team's own outlines, by their names in the backup."""
    facts = {*connection.scalars(select(fact_file.c.name)), *connection.scalars(select(rollup_file.c.name))}
    rejects = {name for name in connection.scalars(select(batch.c.rejects_file)) if name}
    outlines = [place] if (place := own_outlines.place(home)).exists() else []
    return (
        {f"facts/{name}": home.facts_path / name for name in sorted(facts)}
        | {f"rejects/{name}": home.path / "rejects" / name for name in sorted(rejects)}
        | {f"outlines/{path.name}": path for path in outlines}
    )


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    statement = select(table)
    if table is job:
        # What was waiting or running when the backup was made is not to start by itself in another instance.
        statement = statement.where(job.c.ended_at.is_not(None))
    for row in connection.execute(statement.execution_options(yield_per=ROWS)):
        yield json.dumps(dict(row._mapping)).encode() + b"\n"


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK):
                yield block
    except FileNotFoundError as gone:
        raise _VanishedError(path.name) from gone


def _put(
    held: zipfile.ZipFile, name: str, blocks: Iterator[bytes], compression: int = zipfile.ZIP_STORED
) -> dict[str, Any]:
    """Write one member block by block; its size and digest."""
    about = zipfile.ZipInfo(name, EPOCH)
    about.compress_type = compression
    digest, size = hashlib.sha256(), 0
    with held.open(about, "w", force_zip64=True) as member:
        for block in blocks:
            member.write(block)
            digest.update(block)
            size += len(block)
    return {"bytes": size, "sha256": digest.hexdigest()}
