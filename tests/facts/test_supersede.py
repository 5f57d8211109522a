"""A later extract replaces, a forgotten one gives back: whatever the order in which extracts arrive."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.rollups import stage_day
from tests.facts.staged import cells, enter, forget

FIRST = {"referral_id": "1", "created_on": "2026-03-02", "referring_practice": "Elm Street"}


def ends(home: Home) -> dict[tuple[str, str], int]:
    """(stage, outcome) -> referrals."""
    rows = home.live().frame(select(stage_day.c.stage, stage_day.c.outcome, stage_day.c.rows))
    return {(str(s), str(o)): int(n) for s, o, n in rows.itertuples(index=False)}


def test_newer_extract_moves_the_referral_on(home: Home) -> None:
    enter(home, "week-1", "2026-03-08", [FIRST])
    met = enter(home, "week-2", "2026-03-15", [{**FIRST, "received_on": "2026-03-10"}])
    assert (met.new, met.updated, met.unchanged) == (0, 1, 0)
    assert ends(home) == {("created", "moved_on"): 1, ("received", "open"): 1}


def test_older_extract_that_comes_late_changes_nothing(home: Home) -> None:
    enter(home, "week-2", "2026-03-15", [{**FIRST, "received_on": "2026-03-10"}])
    before = cells(home)
    met = enter(home, "week-1", "2026-03-08", [FIRST])
    assert (met.new, met.updated, met.unchanged, met.late) == (0, 0, 1, 1)
    assert cells(home) == before


def test_same_referral_of_another_source_is_another_referral(home: Home) -> None:
    enter(home, "a", "2026-03-08", [FIRST], source="east")
    met = enter(home, "b", "2026-03-08", [FIRST], source="west")
    assert met.new == 1


def test_forgetting_brings_the_earlier_version_back(home: Home) -> None:
    enter(home, "week-1", "2026-03-08", [FIRST])
    before = cells(home)
    enter(home, "week-2", "2026-03-15", [{**FIRST, "created_on": "2026-02-27", "received_on": "2026-03-10"}])
    assert cells(home) != before
    forget(home, "week-2")
    assert cells(home) == before


def test_forgetting_a_week_in_the_middle_changes_nothing(home: Home) -> None:
    for week in range(1, 4):
        enter(home, f"week-{week}", f"2026-03-{week * 7:02d}", [FIRST])
    before = cells(home)
    forget(home, "week-2")
    assert cells(home) == before
    forget(home, "week-3")
    assert home.live().newest_extract == {"ehr": (date(2026, 3, 7) - date(1970, 1, 1)).days}


def test_unchanged_row_is_censored_at_its_newest_extract(home: Home) -> None:
    enter(home, "week-1", "2026-03-08", [FIRST])
    met = enter(home, "week-2", "2026-03-15", [FIRST])
    assert met.unchanged == 1
    assert home.live().frame(select(stage_day.c.days))["days"].tolist() == [13]


Extract = list[tuple[int, int, bool]]  # (referral, day it was received on or 0, out of network)
extracts = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9), st.booleans()), max_size=6, unique_by=lambda r: r[0]),
    min_size=1,
    max_size=4,
)


def _rows(extract: Extract) -> list[dict[str, Any]]:
    rows = []
    for number, received, out in extract:
        created = date(2026, 1, 28) + timedelta(days=number)
        row: dict[str, Any] = {"referral_id": str(number), "created_on": created.isoformat(), "service_line": "urology"}
        row |= {"network_status": "out"} if out else {}
        row |= {"received_on": (created + timedelta(days=received)).isoformat()} if received else {}
        rows.append(row)
    return rows


drawn = given(extracts=extracts, order=st.randoms(use_true_random=False), gone=st.integers(0, 3))


@settings(max_examples=3)
@drawn
def test_figures_do_not_depend_on_how_they_came(extracts: list[Extract], order: Any, gone: int) -> None:
    _equal_to_one_import(extracts, order, gone)


@pytest.mark.audit
@settings(max_examples=60)
@drawn
def test_figures_of_many_histories_do_not_depend_on_how_they_came(
    extracts: list[Extract], order: Any, gone: int
) -> None:
    _equal_to_one_import(extracts, order, gone)


def _equal_to_one_import(extracts: list[Extract], order: Any, gone: int) -> None:
    """Any order of arrival, and a forget among them, equals one import of what each referral was last."""
    with TemporaryDirectory() as folder:
        days = {place: f"2026-03-{place + 1:02d}" for place in range(len(extracts))}
        arrived = list(days)
        order.shuffle(arrived)
        many = Home.open(Settings(home=Path(folder) / "many"))
        for place in arrived:
            enter(many, f"extract-{place}", days[place], _rows(extracts[place]))
        kept = [p for p in sorted(days) if p != gone or len(days) == 1]
        if len(kept) < len(days):
            forget(many, f"extract-{gone}")
        last: dict[str, tuple[str, dict[str, Any]]] = {}
        for place in kept:
            last |= {row["referral_id"]: (days[place], row) for row in _rows(extracts[place])}
        once = Home.open(Settings(home=Path(folder) / "once"))
        for day in sorted({day for day, _ in last.values()}):
            enter(once, f"state-{day}", day, [row for d, row in last.values() if d == day])
        assert cells(many) == cells(once)
        many.close()
        once.close()
