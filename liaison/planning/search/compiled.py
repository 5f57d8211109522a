"""Whether the search can be compiled here, where what was compiled is kept, and when it is ready.

Compiling takes seconds of a core, once for each version of the code and machine. The worker and the command line do it
(`lns.warm`); a page asks `is_warm`, and shows the greedy plan until then.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
SOURCES = (HERE / "kernel.py", HERE / "ruin.py", HERE / "anneal.py", HERE / "arrays.py", HERE.parent / "clock.py")
WARM = "warm"  # an empty file, written when all is compiled


def can_compile() -> bool:
    return find_spec("numba") is not None


@cache
def folder() -> Path | None:
    """Where compiled code is kept: the first that can be written of NUMBA_CACHE_DIR, the person's cache, the home's.

    By the sources' digest, since numba does not see when a function changes that another file calls. None: nowhere.
    """
    from liaison.config import Settings

    named, cached = os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("XDG_CACHE_HOME")
    base = Path(cached) if cached else Path("~/.cache").expanduser()
    wanted = [Path(named)] if named else []
    wanted += [base / "liaison", Settings().home / "cache"]
    return next((place / "search" / _digest() for place in wanted if _writable(place / "search" / _digest())), None)


def is_warm() -> bool:
    """Whether a search starts at once."""
    where = folder()
    return can_compile() and where is not None and (where / WARM).exists()


def compile_once(compile_all: Callable[[], None]) -> None:
    """Compile, unless it is done; who comes second waits for the first, and then reads what it made."""
    where = folder()
    if where is None:
        return
    with FileLock(where / "lock"):
        if not (where / WARM).exists():
            compile_all()
            (where / WARM).touch()


def keep_compiled() -> None:
    """Tell numba where; to be called before the compiled modules are imported."""
    where = folder()
    if where is not None:
        from numba import config

        vars(config)["CACHE_DIR"] = str(where)


def _digest() -> str:
    every = sha256()
    for source in SOURCES:
        every.update(source.read_bytes())
    every.update(f"{sys.version} {platform.machine()} {version('numba')}".encode())
    return every.hexdigest()[:16]


def _writable(place: Path) -> bool:
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False
