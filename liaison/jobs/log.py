"""The log of a home: what was started and ended, and faults by id. No value of a row ever stands in it.

An error's own words may quote a row, so a fault is logged by its kind and place in the code only.
"""

import logging
import secrets
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

from filelock import FileLock

BYTES, FILES = 1_000_000, 5


def note(home: Path, sentence: str, file: str = "worker.log") -> None:
    """One line with the time (UTC)."""
    folder = home / "log"
    folder.mkdir(parents=True, exist_ok=True)
    # Opened for each line and under a lock: worker and children write the same file, and it rotates.
    with FileLock(folder / "log.lock"):
        handler = RotatingFileHandler(folder / file, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
        handler.setFormatter(_formatter())
        handler.emit(logging.LogRecord("liaison", logging.INFO, "", 0, sentence, None, None))
        handler.close()


def fault(home: Path, doing: str, error: BaseException, file: str = "worker.log") -> str:
    """Log a fault of ours; returns the id that people are shown."""
    number = secrets.token_hex(4)
    note(home, "\n".join([f"fault {number} while doing: {doing}", *_places(error)]), file)
    return number


def fault_json(number: str, file: str = "worker.log") -> dict[str, str | None]:
    """What people are told about a fault."""
    return {
        "message": f"Liaison met a fault of its own, number {number}.",
        "where": None,
        "remedy": f"Send this number, and the lines beside it in log/{file} of the home, to who looks after Liaison.",
        "fault": number,
    }


def _places(error: BaseException) -> Iterator[str]:
    cause: BaseException | None = error
    while cause is not None:
        yield f"{type(cause).__module__}.{type(cause).__qualname__}, last call at the bottom"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _formatter() -> logging.Formatter:
    return logging.Formatter("%(asctime)s %(process)d %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
