"""A date with a time becomes the instance's local date (America/Chicago here); everything else must be as declared."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from liaison.facts.engines.cells import Cell
from liaison.facts.engines.csv_load import Loading, Source, read
from liaison.facts.home import Home
from tests.ingest.helpers import GOOD, by_id, csv_text, file, take

CHICAGO = ZoneInfo("America/Chicago")


def days_of(values: list[str], folder: Path, *formats: str) -> list[date | None]:
    """What the engine reads in a column of these values."""
    path = folder / "dates.csv"
    path.write_text("a,d\n" + "".join(f'{i},"{v}"\n' for i, v in enumerate(values)))
    cells = (Cell("a", place=0), Cell("d", "date", place=1, formats=formats or ("%Y-%m-%d",)))
    with Loading(folder, "200MB", 1, "America/Chicago") as loading:
        staged = loading.stage(Source(path, ("a", "d"), len(values)), cells)
        found = loading.db.execute(f"select d from {read(staged.path)}").fetchall()
    return [None if row[0] is None else date(1970, 1, 1) + timedelta(days=row[0]) for row in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 23:59:59", "2026-01-05"),
        ("2026-01-05T23:59", "2026-01-05"),
        ("2026-01-05T23:59:59.123", "2026-01-05"),
        ("2026-01-05T23:59:59.1234567", "2026-01-05"),
        ("2026-01-06T05:59:59Z", "2026-01-05"),  # six hours behind in winter
        ("2026-01-06T06:00:00Z", "2026-01-06"),
        ("2026-07-06T04:59:59Z", "2026-07-05"),  # five in summer
        ("2026-07-06T05:00:00+00:00", "2026-07-06"),
        ("2026-01-05T23:30:00-05:00", "2026-01-05"),
        ("2026-01-05T23:30:00-08:00", "2026-01-06"),
        ("2026-01-05T23:30:00+0215", "2026-01-05"),
        ("2026-01-05 01:00:00+05", "2026-01-04"),
        ("2026-03-08T08:30:00Z", "2026-03-08"),  # the night the clocks change
        ("1990-01-01", "1990-01-01"),
        ("2100-12-31", "2100-12-31"),
        ("1989-12-31", None),
        ("2101-01-01", None),
        ("2026-02-29", None),
        ("2024-02-29", "2024-02-29"),
        ("2026-13-01", None),
        ("01/05/2026", None),
        ("20260105", None),
        ("2026-01-05x", None),
        ("2026-01-5x", None),
        ("2026/01/05", None),
        ("2026 01 05", None),
        ("2026-1-5", "2026-01-05"),
        ("2026-01-05 25:00", None),
        ("2026-01-05T10:00:00 America/Chicago", None),
        ("infinity", None),
        ("today", None),
    ],
)
def test_iso_dates_and_moments(text: str, day: str | None, tmp_path: Path) -> None:
    assert days_of([text], tmp_path) == [None if day is None else date.fromisoformat(day)]


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (
            "%m/%d/%Y",
            ["01/31/2026", "1/31/2026", "01/31/2026 14:30", "1/31/2026 2:30:00 PM"],
            ["31/01/2026", "2026-01-31"],
        ),
        ("%d/%m/%Y", ["31/01/2026", "31/01/2026 09:00:00"], ["01/31/2026"]),
        ("%Y%m%d", ["20260131"], ["2026-01-31", "20261301"]),
        ("%d-%b-%Y", ["31-Jan-2026", "31-jan-2026"], ["31-Foo-2026"]),
        ("%m/%d/%y", ["01/31/26"], ["13/31/26"]),
        ("%Y-%m-%dT%H:%M:%S%z", ["2026-01-31T23:00:00-0600", "2026-02-01T05:00:00+00:00"], ["2026-01-31"]),
    ],
)
def test_one_declared_format_a_column(pattern: str, good: list[str], bad: list[str], tmp_path: Path) -> None:
    assert days_of(good, tmp_path, pattern) == [date(2026, 1, 31)] * len(good)
    assert days_of(bad, tmp_path, pattern) == [None] * len(bad)


moments = st.datetimes(datetime(1991, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001


@given(st.lists(st.tuples(moments, st.integers(-14 * 60, 14 * 60)), min_size=1, max_size=20))
def test_offsets_are_brought_to_the_zone_as_python_does(
    tmp_path_factory: pytest.TempPathFactory, said_: list[tuple[datetime, int]]
) -> None:
    said = [(moment.replace(microsecond=0), minutes) for moment, minutes in said_]
    texts = [
        f"{moment.isoformat()}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
        for moment, minutes in said
    ]
    local = [(m - timedelta(minutes=z)).replace(tzinfo=UTC).astimezone(CHICAGO).date() for m, z in said]
    assert days_of(texts, tmp_path_factory.mktemp("offsets")) == local


def test_a_workbooks_own_dates_are_read_whatever_is_said_of_text(home: Home, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yy"})
        sheet.write_row(0, 0, ["referral_id", "created_on", "referring_practice"])
        sheet.write_row(1, 0, ["R1", "01/31/2026", "Elm"])
        sheet.write_row(2, 0, ["R2", "", "Elm"])
        sheet.write_datetime(2, 1, datetime(2026, 1, 31, 14, 30), day)  # noqa: DTZ001 (a workbook knows no zones)
    take(home, tmp_path / "r.xlsx", mapping='format = "referrals"\n[dates]\ncreated_on = "%m/%d/%Y"')
    assert {row["created_day"] for row in by_id(home).values()} == {(date(2026, 1, 31) - date(1970, 1, 1)).days}


def test_columns_have_a_format_each(home: Home, tmp_path: Path) -> None:
    text = csv_text(
        [["R1", "01/05/2026", "2026-02-01", GOOD], ["R2", "01/06/2026 10:00", "2026-02-02T10:00:00Z", GOOD]],
        "referral_id,created_on,seen_on,referring_npi",
    )
    take(home, file(tmp_path, text), mapping='format = "referrals"\n[dates]\ncreated_on = "%m/%d/%Y"')
    rows = by_id(home)
    epoch = date(1970, 1, 1)
    assert [epoch + timedelta(rows[r]["created_day"]) for r in ("R1", "R2")] == [date(2026, 1, 5), date(2026, 1, 6)]
    assert [epoch + timedelta(rows[r]["seen_day"]) for r in ("R1", "R2")] == [date(2026, 2, 1), date(2026, 2, 2)]
    assert rows["R1"]["month_id"] == 2026 * 12
