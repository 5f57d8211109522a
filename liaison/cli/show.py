"""The one way in which a command speaks: its result to stdout, as text or one JSON object; the rest to stderr."""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from typing import Any

as_json: ContextVar[bool] = ContextVar("as_json", default=False)

SHARES = {"value", "share", "of_lost", "transactions_share"}  # numbers that people read as a percentage
COUNTERS = {"data_version", "row"}  # whole numbers that name something
WIDEST = 60  # characters of a cell
SECONDS = 1.0  # between two lines of progress


def show(result: object) -> None:
    """Print a result: a mapping, a dataclass, or anything with `as_json()`; with `as_text()` where it is sentences."""
    if hasattr(result, "as_text") and not as_json.get():
        print(result.as_text())
        return
    values = plain(result)
    print(json.dumps(values, ensure_ascii=False, default=str) if as_json.get() else text(values))


def plain(result: object) -> Mapping[str, Any]:
    """The contract's keys of a result."""
    if hasattr(result, "as_json"):
        found: Mapping[str, Any] = result.as_json()
        return found
    if is_dataclass(result) and not isinstance(result, type):
        return asdict(result)
    if isinstance(result, Mapping):
        return result
    raise TypeError(f"{type(result).__name__} cannot be shown.")


def text(values: Mapping[str, Any]) -> str:
    """Short values as lines, lists of records as tables below them."""
    short = {name: value for name, value in values.items() if not _is_records(value)}
    parts = ["\n".join(f"{_words(name)}: {_cell(name, value)}" for name, value in short.items())]
    parts += [f"{_words(name)}\n{table(value)}" for name, value in values.items() if _is_records(value)]
    return "\n\n".join(part for part in parts if part)


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Columns as wide as their widest cell; numbers to the right."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cut(_cell(name, row.get(name))) for name in names] for row in rows]
    heads = [_words(name) for name in names]
    widths = [max(len(line[i]) for line in [heads, *cells]) for i in range(len(names))]
    right = [all(_is_number(row.get(name)) for row in rows) for name in names]
    lines = [
        [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, widths, right, strict=True)]
        for line in [heads, *cells]
    ]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def say(sentence: str) -> None:
    """A message beside the result."""
    print(sentence, file=sys.stderr, flush=True)


class Progress:
    """Tells how far the work is: on a terminal in one line, else a line where the words change."""

    def __init__(self) -> None:
        self.told_at, self.words = 0.0, ""

    def __call__(self, share: float, words: str) -> None:
        now = time.monotonic()
        if words == self.words and now - self.told_at < SECONDS:
            return
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r\033[K{share:4.0%} {words}", end=end, file=sys.stderr, flush=True)
        elif words != self.words:
            say(f"{share:4.0%} {words}")
        self.told_at, self.words = now, words


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _cell(name: str, value: Any) -> str:
    if isinstance(value, int | float):
        return _number(name, value)
    match value:
        case {"from": first, "to": last}:
            return f"{first} to {last}"
        case {"says": sentence}:
            return str(sentence)
        case Mapping():
            return ", ".join(f"{_words(key)} {_cell(key, inner)}" for key, inner in value.items())
        case list() | tuple():
            return "; ".join(_item(name, item) for item in value)
    return "" if value is None else str(value)


def _item(name: str, value: Any) -> str:
    """A record inside of a cell: its values, without their names."""
    if not isinstance(value, Mapping):
        return _cell(name, value)
    return " ".join(cell for key, inner in value.items() if (cell := _cell(key, inner)))


def _number(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1%}" if name in SHARES else f"{value:,.2f}".rstrip("0").rstrip(".")
    return str(value) if name in COUNTERS else f"{value:,}"


def _cut(cell: str) -> str:
    one_line = " ".join(cell.split())
    return one_line if len(one_line) <= WIDEST else f"{one_line[: WIDEST - 1]}…"


def _words(name: str) -> str:
    return name.replace("_", " ")
