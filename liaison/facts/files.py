"""Files of the facts: written aside, made durable, and swept when no longer listed."""

import os
import shutil
import time
from pathlib import Path
from uuid import uuid4

import psutil
from sqlalchemy import select

from liaison.facts.home import Home
from liaison.store import reading
from liaison.store.tables import batch, fact_file, rollup_file

GRACE_SECONDS = 600  # a reader may still be opening a file that was listed a moment ago


def new_file(home: Home, kind: str, suffix: str = ".parquet") -> Path:
    """A name nobody else uses, still marked as being written."""
    return home.facts_path / f"{kind}-{uuid4().hex}{suffix}.part"


def settle(path: Path) -> Path:
    """Make a written file durable under its final name."""
    return make_durable(path, path.with_name(path.name.removesuffix(".part")))


def make_durable(path: Path, final: Path) -> Path:
    """Rename a written file so that after a power cut it is there whole, or not at all."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    path.rename(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return final


def written_whole(path: Path, content: bytes) -> Path:
    """A file that is there whole under its name, or not at all; what stood there before is replaced."""
    aside = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        aside.write_bytes(content)
        return make_durable(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def listed(home: Home) -> set[str]:
    """Names of all files that the manifest knows, rejects of stored batches among them."""
    with reading(home.store) as connection:
        names = set(connection.scalars(select(fact_file.c.name)))
        names |= set(connection.scalars(select(rollup_file.c.name)))
        names |= {n for n in connection.scalars(select(batch.c.rejects_file)) if n}
    return names


def sweep(home: Home) -> list[str]:
    """Remove files that are not listed and older than ten minutes. Only the writer, who holds the lock, calls this."""
    known, old = listed(home), time.time() - GRACE_SECONDS
    removed = []
    for folder in (home.facts_path, home.path / "rejects"):
        for file in folder.iterdir():
            if file.is_file() and file.name not in known and file.stat().st_mtime < old:
                file.unlink(missing_ok=True)
                removed.append(file.name)
    for spill in (home.path / "spill").iterdir():
        if spill.name.isdigit() and not psutil.pid_exists(int(spill.name)) and spill.stat().st_mtime < old:
            shutil.rmtree(spill)
            removed.append(spill.name)
    return removed
