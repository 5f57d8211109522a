"""The benchmark's CSV: as many rows as asked for, wrong only where asked for."""

import csv
from pathlib import Path

from liaison.demo.benchmark_csv import WRONG_DATE, write_csv
from liaison.demo.writing import SCHEMA


def test_rows_are_wrong_exactly_where_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    write_csv(file, 5_000, seed=3, bad_rows=[2, 777, 5_001], practices=60)
    with file.open(newline="", encoding="utf-8") as source:
        rows = list(csv.reader(source))
    assert rows[0] == SCHEMA.names
    assert len(rows) == 5_001
    assert [number for number, row in enumerate(rows, start=1) if WRONG_DATE in row] == [2, 777, 5_001]
    assert len({row[0] for row in rows}) == 5_001


def test_the_same_seed_gives_the_same_csv(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    write_csv(first, 2_000, seed=3, practices=60)
    write_csv(second, 2_000, seed=3, practices=60)
    assert first.read_bytes() == second.read_bytes()
