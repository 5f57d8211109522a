"""Territories that are drawn: fair, of a piece, near to today's, every practice in one, honest where they cannot be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.config import Settings
from liaison.planning.territories.design import draw
from liaison.planning.territories.market import NOBODY, Liaison, Market, Need
from liaison.planning.territories.needs import stops_of_a_day, visit_minutes, visits_wanted, ways_between
from liaison.planning.territories.pieces import apart, joined
from liaison.planning.territories.split import by_practice
from liaison.planning.territories.weigh import of_practices, too_coarse, weighed
from tests.planning.land import PLAIN, grid, in_pieces, land, work_by_hand

FINE = {"wide": 6, "high": 6, "practices": 150}  # areas fine enough to be fair within 5%


def checked(market: Market) -> tuple[int, ...]:
    """Draws, and compares everything that is said of it with what the checker finds."""
    of = draw(market).of
    assert len(of) == len(market.areas)
    assert set(of) <= set(range(len(market.people)))
    assert in_pieces(market, of) == []
    found = weighed(market, of)
    assert [part.work for part in found.parts] == pytest.approx(work_by_hand(market, of, {}), rel=1e-6, abs=1e-3)
    assert sum(part.practices for part in found.parts) == len(market.needs)
    assert not found.apart
    return of


@pytest.mark.parametrize("seed", range(2))
def test_work_is_fair_within_five_per_cent_and_all_is_of_a_piece(seed: int) -> None:
    market = land(seed, **FINE)
    found = weighed(market, checked(market))
    assert found.unfair <= 0.05 + 1e-9
    by_hand = work_by_hand(market, draw(market).of, {})
    assert max(abs(work * 3 / sum(by_hand) - 1) for work in by_hand) <= 0.05 + 1e-6


@pytest.mark.audit
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 8), st.integers(1, 4), st.integers(8, 150))
def test_any_market_is_divided_of_a_piece(seed: int, wide: int, high: int, people: int, practices: int) -> None:
    checked(land(seed, wide, high, min(people, wide * high), practices))


def line(today: list[int], price: float = 120.0) -> Market:
    """Four areas in a row with a practice each, two visits of 30 minutes; both liaisons start at the same place."""
    areas, borders = grid(4, 1)
    needs = [Need(f"p{n}", n, 35.0, -81.85, 2.0, 30.0, 1.0, who) for n, who in enumerate(today)]
    team = [Liaison("L1", "Ann", 35.0, -81.85, 40.0), Liaison("L2", "Bob", 35.0, -81.85, 40.0)]
    return Market(areas, borders, needs, team, stops=4.0, hand_over=price, roads=PLAIN)


def test_four_equal_areas_in_a_row_are_halved_as_they_are_held_today() -> None:
    market = line([1, 1, 0, 1])
    of = draw(market).of
    assert of == (
        1,
        1,
        0,
        0,
    )  # the last one changes hands: halves of a piece cost one hand-over, the other way round three
    found = weighed(market, of)
    assert [(p.person, p.practices, p.work, p.due, p.value) for p in found.parts] == [
        ("L1", 2, 120.0, 120.0, 4.0),  # 2 practices x 2 visits x 30 minutes; worth 1 a visit
        ("L2", 2, 120.0, 120.0, 4.0),
    ]
    assert [(c.practice, c.before, c.after) for c in found.changes] == [("p3", "L2", "L1")]
    assert (found.parts[0].kept, found.parts[0].gained, found.parts[0].lost) == (1, 1, 0)


def test_half_the_hours_are_half_the_work() -> None:
    market = line([0, 0, 0, 1])
    team = [replace(market.people[0], hours=30.0), replace(market.people[1], hours=10.0)]
    found = weighed(replace(market, people=team), draw(replace(market, people=team)).of)
    assert [(p.practices, p.off) for p in found.parts] == [(3, 0.0), (1, 0.0)]
    assert found.changes == ()


def test_driving_counts_twice_the_way_over_the_visits_of_a_day() -> None:
    areas, borders = grid(2, 1)
    needs = [Need("near", 0, 35.0, -82.0, 4.0, 30.0, 1.0, 0), Need("far", 1, 36.0, -82.0, 4.0, 30.0, 1.0, 0)]
    market = Market(areas, borders, needs, [Liaison("L1", "Ann", 35.0, -82.0, 40.0)], stops=8.0, roads=PLAIN)
    # A degree of latitude is 3958.8 x pi / 180 = 69.094 miles, a minute each: 2 x 69.094 / 8 to each of 4 visits.
    assert market.travel[:, 0].tolist() == pytest.approx([0.0, 69.094], abs=1e-2)
    assert market.work[:, 0].tolist() == pytest.approx([120.0, 189.094], abs=1e-2)


def test_the_same_market_gives_the_same_territories() -> None:
    assert draw(land(5, **FINE)).of == draw(land(5, **FINE)).of


def test_more_for_a_hand_over_means_fewer_of_them() -> None:
    market = land(7, **FINE)
    cheap, dear = (weighed(each, draw(each).of) for each in (replace(market, hand_over=p) for p in (0.0, 3_000.0)))
    assert dear.handed_over < cheap.handed_over


def test_an_area_that_is_more_than_a_share_is_named_and_split_by_practice_makes_it_fair() -> None:
    areas, borders = grid(3, 1)
    needs = [Need(f"p{n}", 0 if n < 6 else 1 + n % 2, 35.0, -82.0, 2.0, 30.0, 1.0, 0) for n in range(8)]
    team = [Liaison("L1", "Ann", 35.0, -82.0, 40.0), Liaison("L2", "Bob", 35.0, -82.0, 40.0)]
    market = Market(areas, borders, needs, team, stops=4.0, roads=PLAIN)
    # The first area holds 6 of 8 practices: 360 of 480 minutes, one and a half of the 240 that are due.
    assert [(c.area, round(c.shares, 3)) for c in too_coarse(market)] == [("zip:00000", 1.5)]
    of = draw(market).of
    assert weighed(market, of).unfair == pytest.approx(0.5)
    own = by_practice(market, of)
    assert len(own) == 2
    assert all(market.needs[practice].area == 0 for practice in own)
    assert weighed(market, of, own).unfair == 0.0
    assert sorted(of_practices(market, of, own).tolist()).count(0) == 4


def test_pieces_that_lie_apart_are_named() -> None:
    market = line([0, 0, 0, 0])
    assert weighed(market, (0, 1, 0, 0)).apart == {"L1": (("zip:00000",),)}
    assert apart(market.borders, (0, 0, NOBODY, 1)) == {}


def test_an_island_borders_on_what_is_nearest() -> None:
    areas, borders = grid(5, 1, holes=(3,))
    minutes = [[abs(a.lon - b.lon) for b in areas] for a in areas]
    assert joined(borders, minutes)[3] == frozenset({2})


def test_visits_are_those_that_a_practice_wishes_else_the_mean_of_its_third_of_the_list() -> None:
    wishes = {"a": "monthly", "b": None, "c": "quarterly", "d": None, "e": None, "f": "weekly", "g": None}
    found = visits_wanted(wishes, ["a", "b", "c", "d", "e", "f"], {"f": "marked"})
    # 365.25 / 31 and / 92 days; the third third has nobody who wishes: twice a year.
    assert found.visits["a"] == found.visits["b"] == pytest.approx(11.7823, abs=1e-4)
    assert found.visits["c"] == found.visits["d"] == pytest.approx(3.9701, abs=1e-4)
    assert (found.visits["e"], found.visits["g"], found.visits["f"]) == (2.0, 2.0, 0.0)
    assert "4 without a wished frequency" in found.says


def test_minutes_of_a_visit_follow_the_purposes_that_were_logged() -> None:
    settings = Settings()
    assert visit_minutes(settings, ["ask"] * 29)[0] == 30.0  # too few: a follow up
    assert visit_minutes(settings, ["introduction"] * 20 + ["follow_up"] * 20 + [None])[0] == 35.0  # 40 and 30


def test_the_way_to_the_next_visit_is_the_mean_of_the_nearest_three() -> None:
    # One degree of latitude apart: from the first 1, 2, 3 degrees; from the second 1, 1, 2.
    ways = ways_between([35.0, 36.0, 37.0, 38.0], [-82.0] * 4, PLAIN)
    assert ways == pytest.approx([138.19, 92.13, 92.13, 138.19], abs=0.01)
    assert stops_of_a_day(510, 43.0, 40.0) == 10.0  # 430 minutes are left between the way out and home
    assert stops_of_a_day(100, 43.0, 40.0) == 2.0


def test_who_holds_nothing_and_starts_nowhere_gets_a_territory_too() -> None:
    market = land(3, **FINE)
    team = [*market.people, Liaison("new", "New", None, None, 40.0)]
    found = weighed(replace(market, people=team), checked_new(replace(market, people=team)))
    assert found.parts[3].practices > 0
    assert found.unfair <= 0.05 + 1e-9


def checked_new(market: Market) -> tuple[int, ...]:
    of = draw(market).of
    assert in_pieces(market, of) == []
    assert np.bincount(of, minlength=4).min() > 0
    return of
