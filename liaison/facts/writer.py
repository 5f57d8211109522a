"""One writer at a time per home, by a lock that is freed when its process dies."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout
from sqlalchemy import func, select

from liaison.facts.home import Home

POLL_SECONDS = 0.2


@contextmanager
def one_writer(home: Home, doing: str, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the home's writing to oneself; `on_wait` hears once what it waits for.

    A team's PostgreSQL store lends an advisory lock, since its writers may sit on several machines.
    """
    lock = _database_lock if home.store.dialect.name == "postgresql" else _file_lock
    with lock(home, doing, on_wait):
        yield


@contextmanager
def _file_lock(home: Home, doing: str, on_wait: Callable[[str], None] | None) -> Iterator[None]:
    lock, note = FileLock(home.path / "writer.lock"), home.path / "writer.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _say(on_wait, json.loads(note.read_text()).get("doing", "") if note.exists() else "")
        lock.acquire(poll_interval=POLL_SECONDS)
    try:
        note.write_text(json.dumps({"doing": doing}))
        yield
    finally:
        lock.release()


@contextmanager
def _database_lock(home: Home, doing: str, on_wait: Callable[[str], None] | None) -> Iterator[None]:
    number = int.from_bytes(hashlib.sha256(b"liaison writer").digest()[:8], "big", signed=True)
    with home.store.connect() as connection:
        told = False
        while not connection.scalar(select(func.pg_try_advisory_lock(number))):
            if not told:
                _say(on_wait, "")
                told = True
            connection.rollback()
            time.sleep(POLL_SECONDS)
        try:
            connection.commit()
            yield
        finally:
            connection.scalar(select(func.pg_advisory_unlock(number)))


def _say(on_wait: Callable[[str], None] | None, doing: str) -> None:
    if on_wait:
        on_wait(f"Waiting for another change to finish: {doing or 'an import'}.")
