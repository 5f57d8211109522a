"""Files staged as the common reader promises them to a format, in the plainest way: one cell at a time in Python."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd
from sqlalchemy import Column, MetaData, Select, Table, Text, create_engine
from sqlalchemy.pool import StaticPool

from liaison.ingest.formats.base import Field, Format, Kind
from tests.ingest_formats.luhn import valid

TIMES = ("", " %H:%M:%S", " %H:%M")


class Staged:
    """`files`: CSV text by "main" or part name. Asks the format for its facts and runs them on DuckDB."""

    def __init__(self, format_: Format, files: Mapping[str, str], known: Mapping[str, Any] | None = None) -> None:
        self.format, self.known = format_, known or {}
        self.engine = create_engine("duckdb:///:memory:", poolclass=StaticPool)
        self.present: dict[str, set[str]] = {}
        self.tables = {"main": self._stage("main", format_.fields, format_.headerless, files.get("main"))}
        for part in format_.parts:
            self.tables[part.name] = self._stage(part.name, part.fields, part.headerless, files.get(part.name))

    def facts(self, table: str) -> list[dict[str, Any]]:
        rows = self._rows(self.format.facts(self.tables, self.known)[table])
        return sorted(rows, key=lambda r: r.get("place") or 0)

    def remarks(self) -> list[str]:
        counted = [(says, self._rows(s)) for says, s in self.format.remarks(self.tables, self.known)]
        numbers = [(says, next(iter(rows[0].values()))) for says, rows in counted]
        return [says.format(n=n) for says, n in numbers if n]

    def notes(self) -> list[str]:
        return self.format.notes(self.present)

    def _rows(self, statement: Select[Any]) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    def _stage(self, name: str, fields: tuple[Field, ...], headerless: tuple[str, ...], text: str | None) -> Table:
        rows = list(csv.reader(io.StringIO(text or "")))
        header = list(headerless) or (rows.pop(0) if rows else [])
        at = {f.name: header.index(h) for f in fields for h in (f.name, *f.headers) if h in header}
        if rows:
            self.present[name] = set(at)
        frame = pd.DataFrame({f.name: [_cell(f, r, at, self.format) for r in rows] for f in fields}, dtype=object)
        frame["place"] = range(1, len(rows) + 1)
        types = {Kind.date: "INTEGER", Kind.number: "DOUBLE", Kind.count: "BIGINT"}
        columns = ", ".join(f'"{f.name}"::{types.get(f.kind, "VARCHAR")} as "{f.name}"' for f in fields)
        with self.engine.connect() as connection:
            raw: duckdb.DuckDBPyConnection = connection.connection.dbapi_connection.__dict__["_ConnectionWrapper__c"]
            raw.register("brought", frame)
            raw.execute(f"create table {name} as select {columns}, place from brought")
        return Table(name, MetaData(), *(Column(f.name, Text) for f in fields), Column("place", Text))


def _cell(field: Field, row: list[str], at: Mapping[str, int], format_: Format) -> Any:
    text = row[at[field.name]].strip() if field.name in at and at[field.name] < len(row) else ""
    if not text:
        return field.default
    text = field.words.get(text.lower(), text)
    if field.kind is Kind.date:
        return _day(text, format_.date_formats)
    if field.kind is Kind.npi:
        return text if valid(text) else None
    return float(text) if field.kind in (Kind.number, Kind.count) else text


def _day(text: str, ways: tuple[str, ...]) -> int:
    for way in (way + time for way in ways for time in TIMES):
        try:
            return (datetime.strptime(text, way).date() - date(1970, 1, 1)).days  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(f"{text} is no date of {ways}")


def day(text: str | None) -> int | None:
    """'2026-03-01' as days since 1970-01-01, for expected values."""
    return None if text is None else (date.fromisoformat(text) - date(1970, 1, 1)).days
