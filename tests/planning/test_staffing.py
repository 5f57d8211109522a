"""Are we enough: numbers worked out by hand, and where each assumption is from."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from liaison.facts.home import Home
from liaison.planning.enough import Given, enough
from liaison.planning.staffing import Assumed, Staffing, Wants, made_at, staffing
from liaison.store import reading
from tests.planning.team import keep, team, visit

DAY = date(2026, 12, 1)


def test_one_less_and_one_more_by_hand() -> None:
    # A liaison makes 100 h x 60 x 0.5 / 30 min = 100 visits. Best first: a (60 x 2), b (60 x 1), c (100 x 0.5).
    wants = [Wants("b", 60, 1.0, 200.0), Wants("a", 60, 2.0, 100.0), Wants("c", 100, 0.5, 100.0)]
    found = staffing(wants, 2, Assumed(30.0, 100.0, 0.5, 5_000.0))
    assert (found.needed, found.assumed.visits) == (220.0, 100.0)
    less, now, more = found.levels
    assert (less.liaisons, less.made, less.left, less.gain, less.unvisited) == (1, 100.0, 120.0, 160.0, 70.0)
    assert (now.made, now.left, now.gain, now.unvisited) == (200.0, 20.0, 220.0, 10.0)
    # 60 x 2 x 100 + 60 x 1 x 200 + 80 x 0.5 x 100 = 12,000 + 12,000 + 4,000.
    assert now.margin == 28_000.0
    assert (more.made, more.gain, more.extra, more.extra_margin) == (220.0, 230.0, 10.0, 1_000.0)
    assert (more.extra_cost, more.cost_each, more.net) == (5_000.0, 500.0, -4_000.0)
    # One less leaves 60 referrals (20 x 200 + 80 x 0.5 x 100 = 8,000 dollars) and saves 5,000: 83.33 for each.
    assert (less.extra, less.extra_cost, less.extra_margin) == (-60.0, -5_000.0, -8_000.0)
    assert less.cost_each == pytest.approx(83.33, abs=0.01)


def test_visits_are_made_where_they_bring_most_first() -> None:
    # a's first four visits bring 1.5 each, its other eight keep contact; b's two bring 1 each.
    wants = [Wants("a", 12, 1.5, 0.0, months=3.0), Wants("b", 2, 1.0, 0.0), Wants("c", 5, 0.0, 0.0)]
    assert made_at(wants, 5.0) == {"a": 4.0, "b": 1.0, "c": 0.0}
    assert made_at(wants, 100.0) == {"a": 12.0, "b": 2.0, "c": 5.0}


def test_visits_beyond_the_peak_of_all_twelve_months_bring_nothing_more() -> None:
    # One visit brings three months of its peak: four are enough for a year, the other eight keep contact.
    found = staffing([Wants("a", 12, 1.5, 0.0, months=3.0)], 1, Assumed(60.0, 100.0, 1.0, 0.0))
    assert (found.today.made, found.today.gain) == (12.0, 6.0)
    assert found.as_json()["levels"][1]["margin"] is None


def test_without_anybody_there_is_no_one_less_than_nobody_and_no_division_by_nothing() -> None:
    found = staffing([], 0, Assumed(0.0, 0.0))
    assert [level.liaisons for level in found.levels] == [0, 1]
    assert found.levels[1].cost_each is None


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Home]:
    opened = team(tmp_path)
    yield opened
    opened.close()


def asked(home: Home, given: Given | None = None) -> Staffing:
    with reading(home.store) as connection:
        found = enough(connection, home.settings, DAY, given)
    assert found is not None
    return found


def test_where_nothing_is_logged_or_paid_what_is_published_or_assumed_is_named_so(small: Home) -> None:
    found = asked(small)
    # Two liaisons of five days of 8.5 hours (nine less a pause of half an hour) in 46 weeks.
    assert (found.liaisons, found.assumed.hours, found.assumed.minutes) == (2, 1955.0, 45.0)
    said = " ".join(found.assumed.says)
    assert "45 minutes a visit with its driving (an assumption" in said
    assert "60% of working hours go into visits and driving (an assumption)" in said
    assert "$124,000 a year (published: mean base salary $66,968" in said
    # elm quarterly 3.97, ash monthly 11.78; oak, fir, yew by their third of the list; bay is not to be visited.
    assert "2 practices need visits as often as their record wishes" in said


def test_what_is_on_record_takes_the_place_of_assumptions_and_what_is_typed_of_both(small: Home) -> None:
    visits = [visit(f"w{n}", "elm", "2026-10-05", minutes=30.0, miles=2.0) for n in range(30)]
    keep(small, "visits", *visits)
    months = [f"2026-{month:02d}" for month in (9, 10)]
    pay = [{"month": m, "kind": "salary", "amount": 9_000.0, "person_id": who} for m in months for who in ("L1", "L2")]
    keep(small, "costs", *pay, {"month": "2026-10", "kind": "event", "amount": 5_000.0, "person_id": "L1"})
    found = asked(small)
    # Two miles at 18 an hour are 6.67 minutes, and 3 to park; 36,000 dollars of two people and months are 108,000.
    assert found.assumed.minutes == pytest.approx(39.67, abs=0.01)
    assert found.assumed.cost == pytest.approx(108_000.0)
    typed = asked(small, Given(minutes=60.0, in_field=1.0, cost=0.0)).assumed
    assert (typed.minutes, typed.in_field, typed.cost, typed.visits) == (60.0, 1.0, 0.0, 1955.0)
    assert "as typed" in " ".join(typed.says)
