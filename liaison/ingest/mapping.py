"""A mapping: how a file of somebody else's reads as one of our formats. Kept as TOML that people can write."""

import json
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from liaison.errors import LiaisonError, Where, nearest
from liaison.ingest.formats.base import Field, Format, Kind
from liaison.ingest.privacy import DROP, HASH

TABLES = ("columns", "dates", "values", "constants", "identifiers")
PLAIN = ("format", "encoding", "delimiter")
T = TypeVar("T")


@dataclass(frozen=True)
class Mapping:
    """`columns`: our field -> their column; `dates`: our field -> its format; `values`: our field -> theirs -> ours.

    `constants`: our field -> the same for every row; `identifiers`: their column -> "drop" or "hash".
    """

    format: str
    columns: Dict[str, str] = field(default_factory=dict)
    dates: Dict[str, str] = field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    constants: Dict[str, str] = field(default_factory=dict)
    identifiers: Dict[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None

    def to_toml(self) -> str:
        """Text that `parse` reads back as this mapping."""
        lines = [f"{name} = {_quoted(getattr(self, name))}" for name in PLAIN if getattr(self, name) is not None]
        tables = [(name, getattr(self, name)) for name in TABLES if name != "values"]
        tables[2:2] = [(f"values.{_key(name)}", words) for name, words in self.values.items()]
        for name, table in tables:
            if table:
                lines += ["", f"[{name}]", *(f"{_key(k)} = {_quoted(v)}" for k, v in table.items())]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    plain = text.isascii() and text.replace("_", "").replace("-", "").isalnum()
    return text if plain else _quoted(text)


def read_mapping(path: Path) -> Mapping:
    """The mapping of a file. Raises LiaisonError, with every reason at once."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LiaisonError(f"There is no mapping file {path.name}.", remedy="Check the path.") from error
    except UnicodeDecodeError as error:
        raise LiaisonError(f"The mapping {path.name} is not UTF-8.", remedy="Save it as UTF-8.") from error
    return parse(text, path.name)


def parse(text: str, name: str = "mapping") -> Mapping:
    """The mapping that a TOML text says. Raises LiaisonError, with every reason at once."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LiaisonError(f"The mapping {name} is not TOML: {error}.", Where(name), "Mend that line.") from error
    wrong = [_unknown(key, (*PLAIN, *TABLES)) for key in given if key not in (*PLAIN, *TABLES)]
    if not given.get("format"):
        wrong.append('it names no format; begin it with format = "referrals"')
    wrong += [f"{key} must be text" for key in PLAIN if not isinstance(given.get(key, ""), str)]
    wrong += [f"[{key}] must be a table" for key in TABLES if not isinstance(given.get(key, {}), dict)]
    if not wrong:
        wrong += _wrong_values(given)
    if wrong:
        raise LiaisonError(
            f"The mapping {name} cannot be used: {'; '.join(wrong)}.", Where(name), "Mend and try again."
        )
    values = {k: {t: str(o) for t, o in words.items()} for k, words in given.get("values", {}).items()}
    plain = {key: {k: _text(v) for k, v in given.get(key, {}).items()} for key in TABLES if key != "values"}
    return Mapping(
        given["format"], values=values, encoding=given.get("encoding"), delimiter=given.get("delimiter"), **plain
    )


def _unknown(key: str, known: tuple[str, ...]) -> str:
    near = nearest(key, known)
    return f"{key} is not known" + (f", did you mean {near}" if near else "")


def _text(value: Any) -> str:
    """TOML has dates and booleans of its own."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _wrong_values(given: Dict[str, Any]) -> list[str]:
    wrong = []
    for table in ("columns", "dates", "identifiers"):
        wrong += [f"[{table}] {k} must be text" for k, v in given.get(table, {}).items() if not isinstance(v, str)]
    for key, value in given.get("constants", {}).items():
        if isinstance(value, dict | list):
            wrong.append(f"[constants] {key} must be one value")
    for name, words in given.get("values", {}).items():
        if not isinstance(words, dict):
            wrong.append(f"[values.{name}] must be a table of their value = ours")
        elif any(isinstance(v, dict | list) for v in words.values()):
            wrong.append(f"[values.{name}] must hold single values")
    decided = given.get("identifiers", {})
    wrong += [f'[identifiers] {k} must be "{DROP}" or "{HASH}"' for k, v in decided.items() if v not in (DROP, HASH)]
    if len(given.get("delimiter", ",")) != 1:
        wrong.append("delimiter must be one character")
    return wrong


def fitted(mapping: Mapping, format_: Format) -> Mapping:
    """The mapping by the names that the format has for its fields. Raises LiaisonError, with every reason at once."""
    if mapping.format != format_.name:
        raise LiaisonError(
            f"The mapping is for {mapping.format}, not for {format_.name}.",
            remedy=f"Import the file as {mapping.format}, or give a mapping for {format_.name}.",
        )
    mapping = replace(
        mapping,
        columns=_renamed(mapping.columns, format_),
        dates=_renamed(mapping.dates, format_),
        values=_renamed(mapping.values, format_),
        constants=_renamed(mapping.constants, format_),
    )
    wrong = _wrong_fields(mapping, format_)
    wrong += [f"{n} has both a column and a constant" for n in mapping.columns if n in mapping.constants]
    for name, pattern in mapping.dates.items():
        if (known := format_.field(name)) and known.kind is not Kind.date:
            wrong.append(f"[dates] {name} is no date")
        elif reason := wrong_date_format(pattern):
            wrong.append(f"[dates] {name}: {reason}")
    for name, words in mapping.values.items():
        if (known := format_.field(name)) and known.kind is Kind.choice:
            strange = sorted({v for v in words.values() if v and v not in known.choices})
            wrong += [f"[values.{name}] {v} is not one of {', '.join(known.choices)}" for v in strange]
    for name, value in mapping.constants.items():
        if (known := format_.field(name)) and (reason := _wrong_constant(known, value)):
            wrong.append(f"[constants] {name} {reason}")
    if wrong:
        raise LiaisonError(f"The mapping cannot be used: {'; '.join(wrong)}.", remedy="Mend it and try again.")
    return mapping


def _renamed(table: Dict[str, T], format_: Format) -> dict[str, T]:
    return {(known.name if (known := format_.field(name)) else name): value for name, value in table.items()}


def _wrong_fields(mapping: Mapping, format_: Format) -> list[str]:
    names = [f.name for f in format_.fields] + [f.name for part in format_.parts for f in part.fields]
    used = {*mapping.columns, *mapping.dates, *mapping.values, *mapping.constants}
    parts = {f.name for part in format_.parts for f in part.fields}
    unknown = sorted(n for n in used if format_.field(n) is None and n not in parts)
    return [f"{format_.name} has no field {_unknown(n, tuple(names)).replace(' is not known', '')}" for n in unknown]


def wrong_date_format(pattern: str) -> str | None:
    """Why a date format cannot be used, None where it can: it must give back a day, month and year."""
    sample = datetime(2023, 11, 28, tzinfo=UTC)
    try:
        read = datetime.strptime(sample.strftime(pattern), pattern)  # noqa: DTZ007 (only the day is looked at)
    except ValueError:
        return f"{pattern} is no date format; write it as %m/%d/%Y"
    if read.date() != sample.date() or not any(y in pattern for y in ("%Y", "%y")):
        return f"{pattern} must hold day, month and year, as %m/%d/%Y does"
    return None


def _wrong_constant(known: Field, value: str) -> str | None:
    if known.kind is Kind.choice and value not in known.choices:
        return f"is not one of {', '.join(known.choices)}"
    if known.kind is Kind.date:
        try:
            date.fromisoformat(value)
        except ValueError:
            return "is not a date (YYYY-MM-DD)"
    if known.kind in (Kind.number, Kind.count):
        try:
            float(value)
        except ValueError:
            return "is not a number"
    return None
