"""A backup put back, into an empty home, whole or not at all."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, func, literal, select, update

from liaison.errors import LiaisonError
from liaison.facts.backup import BLOCK, FORMAT, KEY, MANIFEST, ROWS, Backup, Progress, table_file
from liaison.facts.files import settle
from liaison.facts.home import Home
from liaison.facts.writer import one_writer
from liaison.store import migrate, reading, writing
from liaison.store.bulk import insert_many
from liaison.store.tables import job, metadata, version

FILE = re.compile(r"(facts|rejects|outlines)/[\w-][\w.-]*")
Contents = dict[str, dict[str, Any]]


def restore(
    home: Home, source: Path, progress: Progress | None = None, on_wait: Callable[[str], None] | None = None
) -> Backup:
    """Check every byte of `source`, put its files beside the store, then all rows in one transaction.

    Raises LiaisonError where the home holds anything, where the file is no backup or damaged, or where another
    version of Liaison wrote it. Killed at any moment, the home is still empty or already whole.
    """
    with one_writer(home, "a restore", on_wait):
        with reading(home.store) as connection:
            _must_be_empty(home, connection)
        with _opened(source) as held:
            about = _about(source, held)
            contents: Contents = about["contents"]
            _verify(source, held, contents, progress)
            files = _place_files(home, held, contents)
            with writing(home.store) as connection:
                _must_be_empty(home, connection)
                for table in metadata.sorted_tables:
                    _fill(connection, table, held)
                # Caches key on the random id: the backup's counter comes back, its id must not.
                connection.execute(update(version).values(data_id=uuid4().hex))
    return Backup(str(source), int(about["data_version"]), files, source.stat().st_size)


def _must_be_empty(home: Home, connection: Connection) -> None:
    kept = [table for table in metadata.sorted_tables if table is not job]
    full = [table.name for table in kept if connection.scalar(select(literal(1)).select_from(table).limit(1))]
    if full:
        raise LiaisonError(
            f"The home {home.path} is not empty: it has {', '.join(full)}.",
            remedy="Restore into a new one: LIAISON_HOME=FOLDER python -m liaison restore FILE",
        )


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    if not source.is_file():
        raise LiaisonError(f"There is no file {source}.", remedy="Name a file that the command backup wrote.")
    try:
        with zipfile.ZipFile(source) as held:
            yield held
    except (zipfile.BadZipFile, zlib.error, EOFError, json.JSONDecodeError) as bad:
        raise _damaged(source, "it cannot be read to its end") from bad


def _about(source: Path, held: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in held.namelist():
        raise LiaisonError(f"{source} is no backup of Liaison.", remedy="Name a file that the command backup wrote.")
    about: dict[str, Any] = json.loads(held.read(MANIFEST))
    if about["liaison_backup"] != FORMAT or about["store"] != migrate.head():
        raise LiaisonError(
            f"{source} was written by another version of Liaison: its tables are at {about['store']}, "
            f"this one knows {migrate.head()}.",
            remedy="Restore it with the version that wrote it; a newer one then brings the tables up when it starts.",
        )
    return about


def _verify(source: Path, held: zipfile.ZipFile, contents: Contents, progress: Progress | None) -> None:
    """Every member is there, has its size and digest, and a name that stays inside the home."""
    wanted = {KEY, *(table_file(table) for table in metadata.sorted_tables)}
    if missing := (set(contents) | wanted) - set(held.namelist()):
        raise _damaged(source, f"{min(missing)} is missing")
    for place, (name, told) in enumerate(contents.items()):
        if name not in wanted and not FILE.fullmatch(name):
            raise _damaged(source, "it names a file outside of a home")
        if progress:
            progress(place / len(contents) / 2, "Checking the files of the backup.")
        digest, size = hashlib.sha256(), 0
        for block in _blocks(held, name):
            digest.update(block)
            size += len(block)
        if (size, digest.hexdigest()) != (told["bytes"], told["sha256"]):
            raise _damaged(source, f"{name} is not what was backed up")


def _damaged(source: Path, how: str) -> LiaisonError:
    return LiaisonError(
        f"The backup {source} is damaged: {how}.", remedy="Take another copy of it, or an older backup."
    )


def _place_files(home: Home, held: zipfile.ZipFile, contents: Contents) -> int:
    """Facts, rollups and rejects under their own names, and the key; not listed yet, so that nobody reads them."""
    names = [name for name in contents if FILE.fullmatch(name)]
    for name in names:
        path = home.path / f"{name}.part"
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as target:
            target.writelines(_blocks(held, name))
        settle(path)
    key = home.path / f"{KEY}.part"
    with os.fdopen(os.open(key, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as target:
        target.write(held.read(KEY))
    settle(key)
    return len(names)


def _fill(connection: Connection, table: Table, held: zipfile.ZipFile) -> None:
    with held.open(table_file(table)) as lines:
        while rows := [json.loads(line) for line in islice(lines, ROWS)]:
            insert_many(connection, table, rows)
    number = table.autoincrement_column
    if number is not None and connection.dialect.name == "postgresql":
        # Rows came with their numbers: the next one must follow them.
        newest = select(func.max(number)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, number.name), newest)))


def _blocks(held: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with held.open(name) as member:
        while block := member.read(BLOCK):
            yield block
