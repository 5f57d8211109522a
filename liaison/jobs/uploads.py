"""Files that people upload: each in a folder of its own with a random name, gone after the job that reads it."""

import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from liaison.facts.home import Home

ABANDONED_SECONDS = 24 * 3600  # uploaded, but no job ever came for it


def keep(home: Home, name: str, content: BinaryIO) -> Path:
    """Store an upload under its own name (the path that a browser may send with it is cut off)."""
    folder = _folder(home) / secrets.token_hex(16)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / (Path(name.replace("\\", "/")).name or "upload")
    with path.open("wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)
    return path


def discard(home: Home, paths: Iterable[str | Path]) -> None:
    """Remove these uploads; files that lie elsewhere are the user's own and stay."""
    for path in paths:
        folder = Path(path).resolve().parent
        if folder.parent == _folder(home):
            shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Home, wanted: Iterable[str | Path]) -> None:
    """Remove uploads of more than a day that no job is `wanted` for."""
    keeping = {Path(path).resolve().parent for path in wanted}
    old = time.time() - ABANDONED_SECONDS
    for folder in _folder(home).iterdir():
        if folder.is_dir() and folder not in keeping and folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(home: Home) -> Path:
    return (home.path / "uploads").resolve()
