"""Records as the CSV that their format describes: what leaves here imports back unchanged."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from liaison.errors import LiaisonError
from liaison.fieldwork.kinds import KINDS
from liaison.ingest.formats import all_formats, format_named
from liaison.ingest.formats.records import COLUMN, RecordFormat
from liaison.ingest.guarded import guarded

MARK = "\ufeff"  # by which spreadsheets know UTF-8


@dataclass(frozen=True)
class Exported:
    """What was written where."""

    format: str
    rows: int
    file: str


def records_csv(conn: Connection, name: str) -> Iterator[str]:
    """A header, then a record a line, in the order of keys; voided ones too. Raises LiaisonError for other formats."""
    form = format_named(name)
    if not isinstance(form, RecordFormat):
        known = ", ".join(each for each, found in all_formats().items() if isinstance(found, RecordFormat))
        raise LiaisonError(f"{name} are no records that people keep.", remedy=f"Records are {known}.")
    table = KINDS[form.record].table
    columns = [table.columns[COLUMN.get(field.name, field.name)] for field in form.fields]
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")

    def taken(row: list[Any]) -> str:
        writer.writerow(row)
        line = text.getvalue()
        text.seek(0)
        text.truncate()
        return line

    yield MARK + taken([field.name for field in form.fields])
    for row in conn.execute(select(*columns).order_by(table.c.key)):
        yield taken([_cell(value) for value in row])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else f"{value:.15g}"


def export(conn: Connection, name: str, file: Path) -> Exported:
    """Write the CSV whole, or leave the file as it was. Raises LiaisonError where it cannot be written."""
    part, rows = file.with_name(f"{file.name}.part"), -1
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            for line in records_csv(conn, name):
                out.write(line)
                rows += 1
        part.replace(file)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise LiaisonError(f"{file} cannot be written: {reason}.", remedy="Name another file.") from error
    return Exported(name, rows, str(file))
