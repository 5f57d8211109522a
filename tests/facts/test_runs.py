"""Counting in runs of months gives what counting at once gives."""

import pytest

from liaison.facts.home import Home
from liaison.metrics import recount
from tests.facts.staged import cells, enter


def test_runs_of_single_months_equal_one_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"referral_id": str(i), "created_on": f"2026-0{1 + i % 4}-02", "received_on": f"2026-0{1 + i % 4}-0{3 + i % 5}"}
        for i in range(20)
    ]
    enter(home, "b", "2026-05-02", rows)
    before = cells(home)
    files = len(list(home.facts_path.glob("stage_day-*.parquet")))
    monkeypatch.setattr(recount, "RUN_ROWS", 6)
    recount.recount_all(home)
    assert cells(home) == before
    assert len(list(home.facts_path.glob("stage_day-*.parquet"))) == files + 4
