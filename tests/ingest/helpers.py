"""Files to import, and what a plain reader makes of them: written without a line of the product's own."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import select

from liaison.facts.home import Home
from liaison.ingest.run import import_files
from liaison.store import reading
from liaison.store.tables import fact_file

HEADER = "referral_id,created_on,referring_npi,referring_practice"
ODD_DOUBLED = {d: sum(divmod(2 * d, 10)) for d in range(10)}


def npi(number: int) -> str:
    """The valid NPI that begins with 1 and these eight digits: Luhn with the prefix 80840, by the textbook."""
    first = f"1{number % 100_000_000:08d}"
    digits = [int(d) for d in "80840" + first]
    total = sum(ODD_DOUBLED[d] if i % 2 == 0 else d for i, d in enumerate(reversed(digits)))
    return first + str(-total % 10)


GOOD, WRONG = npi(23456789), "1234567890"  # 1234567893 is CMS's own example


def csv_text(rows: Iterable[Sequence[object]], header: str = HEADER, **options: Any) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", **options)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return written.getvalue()


def file(folder: Path, text: str | bytes, name: str = "referrals.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def good_rows(count: int, begin: int = 0) -> list[list[str]]:
    """Rows that nothing can be said against."""
    return [[f"G{i}", f"2026-01-{i % 28 + 1:02d}", GOOD, "Elm Street"] for i in range(begin, begin + count)]


def take(home: Home, path: Path | Sequence[Path], format_name: str = "referrals", **options: Any) -> Any:
    return import_files(home, format_name, [path] if isinstance(path, Path) else path, **options)


def facts(home: Home, kind: str = "referral") -> list[dict[str, Any]]:
    """All live rows of a fact table, read by pyarrow."""
    with reading(home.store) as connection:
        names = connection.scalars(select(fact_file.c.name).where(fact_file.c.kind == kind).order_by(fact_file.c.name))
        return [row for name in list(names) for row in pq.read_table(home.facts_path / name).to_pylist()]


def by_id(home: Home) -> Mapping[str, dict[str, Any]]:
    return {row["referral_id"]: row for row in facts(home)}


def places(found: Any) -> list[tuple[int, str | None]]:
    """(row, column) of the rejects."""
    return [(r.row, r.column) for r in found.rejects]
