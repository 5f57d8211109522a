"""`check` finds what is broken, says it in a sentence, and exits 1."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from sqlalchemy import delete, select, update

from liaison.config import Settings
from liaison.facts.check import check
from liaison.facts.home import Home
from liaison.metrics.recount import recount
from liaison.store import reading, writing
from liaison.store.tables import fact_file, rollup_file
from tests.cli.conftest import Run
from tests.cli.market import write_extract


@pytest.fixture
def home(market: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=market))
    yield opened
    opened.close()


def problems(home: Home, *, full: bool = False) -> list[str]:
    return list(check(home, lambda h, months: recount(h, months=months)[0], full=full).problems)


def a_file(home: Home, kind: str) -> Path:
    with reading(home.store) as connection:
        name = connection.scalar(select(fact_file.c.name).where(fact_file.c.kind == kind))
    return home.facts_path / str(name)


def test_a_whole_instance_has_no_problems_and_no_new_files(home: Home, run: Run, market: Path) -> None:
    before = set(home.facts_path.iterdir())
    said = run("check", "--full", "--json", home=market)
    assert (said.code, said.json) == (0, {"ok": True, "problems": [], "notes": []})
    assert set(home.facts_path.iterdir()) == before


def test_a_missing_file_is_named_and_exit_1(home: Home, run: Run, market: Path) -> None:
    file = a_file(home, "referral")
    file.unlink()
    said = run("check", "--json", home=market)
    assert (said.code, said.json) == (
        1,
        {"ok": False, "problems": [f"{file.name} is listed but missing."], "notes": []},
    )


def test_a_cut_file_is_named(home: Home) -> None:
    file = a_file(home, "referral")
    file.write_bytes(file.read_bytes()[:-100])
    assert problems(home) == [f"{file.name} cannot be read as Parquet (ArrowInvalid)."]


def test_a_broken_page_is_found_by_a_full_check(home: Home) -> None:
    file = a_file(home, "referral")
    content = bytearray(file.read_bytes())
    content[60:400] = bytes(340)
    file.write_bytes(content)
    assert any(file.name in problem for problem in problems(home, full=True))


def test_a_broken_page_that_stops_the_count_is_named(home: Home, run: Run, market: Path) -> None:
    file = a_file(home, "referral")
    content = bytearray(file.read_bytes())
    content[4:-4000] = b"\xff" * (len(content) - 4004)
    file.write_bytes(content)
    said = run("check", "--json", home=market)
    assert (said.code, said.json["ok"]) == (1, False)
    assert said.json["problems"][0].startswith(f"{file.name} cannot be read as Parquet")


def test_a_lost_column_is_named(home: Home) -> None:
    file = a_file(home, "referral")
    pq.write_table(pq.read_table(file).drop_columns(["payer"]), file)
    assert problems(home) == [f"{file.name} has no column payer."]


def test_lost_rows_are_counted(home: Home) -> None:
    file = a_file(home, "referral")
    rows = pq.read_table(file)
    pq.write_table(rows.slice(0, rows.num_rows - 10), file)
    assert problems(home) == [f"{file.name} has {rows.num_rows - 10:,} rows; {rows.num_rows:,} are listed."]


def test_referrals_that_count_twice_are_counted(home: Home) -> None:
    replaced = pq.read_metadata(a_file(home, "superseded")).num_rows
    with writing(home.store) as connection:
        connection.execute(delete(fact_file).where(fact_file.c.kind == "superseded"))
    expected = f"{replaced:,} referrals of source clinic count in more than one version."
    assert expected in problems(home)


def test_referrals_that_count_never_are_counted(home: Home) -> None:
    file = a_file(home, "superseded")
    listed = pq.read_table(file)
    gone = pa.concat_tables([listed, _every_version(home, listed)])
    pq.write_table(gone, file)
    with writing(home.store) as connection:
        connection.execute(update(fact_file).where(fact_file.c.name == file.name).values(rows=gone.num_rows))
    assert f"{listed.num_rows:,} referrals of source clinic count in no version." in problems(home)


def _every_version(home: Home, listed: pa.Table) -> pa.Table:
    """The listed keys again, in the batch that replaced them."""
    with reading(home.store) as connection:
        batches = set(connection.scalars(select(fact_file.c.batch_id).where(fact_file.c.kind == "referral")))
    (newest,) = batches - set(listed["batch"].to_pylist())
    place = listed.schema.get_field_index("batch")
    return listed.set_column(place, listed.schema.field(place), pa.array([newest] * listed.num_rows, pa.string()))


def test_a_rollup_that_differs_from_a_fresh_count_is_named_with_its_month(home: Home) -> None:
    with reading(home.store) as connection:
        name = connection.scalar(
            select(rollup_file.c.name).where(rollup_file.c.rollup == "practice_month", rollup_file.c.month_id == 24315)
        )
    file = home.facts_path / str(name)
    rows = pq.read_table(file)
    place = rows.schema.get_field_index("rows")
    pq.write_table(rows.set_column(place, rows.schema.field(place), pc.add(rows["rows"], 1)), file)
    assert "practice_month of 2026-04 differs from a fresh count." in problems(home)


def test_an_old_file_that_nobody_lists_is_named(home: Home) -> None:
    stray = home.facts_path / "referral-stopped.parquet.part"
    stray.write_bytes(b"")
    assert problems(home) == []  # an import may be writing it
    long_ago = time.time() - 3_600
    os.utime(stray, (long_ago, long_ago))
    assert problems(home) == [
        f"{stray.name} is not listed: left by something that was stopped. The next import removes it."
    ]


def test_what_an_import_replaced_is_no_problem_an_hour_later(
    home: Home, run: Run, market: Path, tmp_path: Path
) -> None:
    write_extract(tmp_path / "may.csv", 900, newer=True)
    assert (
        run(
            "import", "referrals", str(tmp_path / "may.csv"), "--as-of", "2026-05-15", "--source", "clinic", home=market
        ).code
        == 0
    )
    long_ago = time.time() - 3_600
    for file in home.facts_path.iterdir():
        os.utime(file, (long_ago, long_ago))
    said = run("check", "--json", home=market)
    assert (said.code, said.json["problems"]) == (0, [])
    (note,) = said.json["notes"]
    assert "listed no longer" in note
    assert "replaced by a later import" in note
