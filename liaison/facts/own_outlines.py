"""The team's own ZIP outlines, where it has brought some: one file in its home, in place of the approximation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from liaison.facts.files import make_durable
from liaison.facts.home import Home
from liaison.facts.shapes import Shape


@dataclass(frozen=True)
class OwnOutlines:
    """`file`: what it was called when it came."""

    file: str
    zips: Mapping[str, Shape]


def mark(home: Home) -> str:
    """What changes when the outlines change; empty where there are none. For keys of what is kept."""
    try:
        found = place(home).stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}"


def own_outlines(home: Home) -> OwnOutlines | None:
    """The outlines as they were brought; None where there are none."""
    marked = mark(home)
    return _read(place(home), marked) if marked else None


@lru_cache(maxsize=2)
def _read(file: Path, marked: str) -> OwnOutlines:
    held = json.loads(file.read_text(encoding="utf-8"))
    return OwnOutlines(held["file"], held["zips"])


def store(home: Home, outlines: OwnOutlines) -> None:
    """Put them in place of those that were there, whole or not at all."""
    final = place(home)
    final.parent.mkdir(parents=True, exist_ok=True)
    written = final.with_suffix(".part")
    text = json.dumps({"file": outlines.file, "zips": dict(outlines.zips)}, separators=(",", ":"))
    written.write_text(text, encoding="utf-8")
    make_durable(written, final)


def forget(home: Home) -> bool:
    """Take them away; whether there were any."""
    there = bool(mark(home))
    place(home).unlink(missing_ok=True)
    return there


def place(home: Home) -> Path:
    """Where they lie in a home."""
    return home.path / "outlines" / "zips.json"
