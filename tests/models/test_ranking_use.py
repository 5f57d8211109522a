"""What surrounds a list: visits by lot, guards, how good it was, and the card."""

import numpy as np
import pytest

from benchmarks.worlds import PLAIN, draw
from liaison.errors import LiaisonError
from liaison.models.ranking import Row, rank
from liaison.models.ranking.card import card
from liaison.models.ranking.guards import Guards, guard
from liaison.models.ranking.proof import Checks, Past, by_lot, deciles, past, thirds
from liaison.models.ranking.slots import slots

LIST = [f"p{i:02d}" for i in range(40)]


def test_a_tenth_of_the_slots_is_drawn_and_its_chance_logged() -> None:
    made = slots(LIST, 20, seed=5)
    assert len(made) == 20
    assert sum(slot.drawn for slot in made) == 2
    assert {slot.probability for slot in made} == {20 * 0.1 / 40}


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    assert slots(LIST, 20, seed=5) == slots(LIST, 20, seed=5)
    assert slots(LIST, 20, seed=5) != slots(LIST, 20, seed=6)


def test_the_lot_falls_on_each_practice_as_often_as_it_says() -> None:
    drawn = dict.fromkeys(LIST, 0)
    for seed in range(2000):
        for slot in slots(LIST, 8, seed=seed):
            drawn[slot.practice_id] += slot.drawn
    # 8 slots, a tenth by lot, of 40: 0.02 each; over 2,000 draws 40, give or take 6.
    assert 15 < min(drawn.values()) <= max(drawn.values()) < 65


def test_slots_that_are_not_drawn_go_down_the_list() -> None:
    made = slots(LIST, 10, seed=1, share=0)
    assert [slot.practice_id for slot in made] == LIST[:10]
    with pytest.raises(LiaisonError, match="share of 2"):
        slots(LIST, 10, seed=1, share=2)


def rows(*names: str) -> list[Row]:
    return [Row(name, place, 1.0, 0.5, 1.5, (), ()) for place, name in enumerate(names, start=1)]


def test_guards_leave_out_with_the_reason_and_keep_the_ranks() -> None:
    rules = Guards(
        do_not_visit={"a"},
        visited_by_another={"b"},
        least_months={"c": 3, "d": 3},
        months_since={"c": 1, "d": 3},
        waits={"neurology": 41, "cardiology": 10},
        asks={"d": ("neurology", "cardiology"), "e": ("neurology",)},
    )
    made = guard(rows("a", "b", "c", "d", "e", "f"), rules)
    assert {row.practice_id: why for row, why in made.left_out} == {
        "a": "marked: do not visit",
        "b": "another liaison goes there this week",
        "c": "visited 1 months ago, to be left alone for 3",
        "e": "neurology wait 41 days: do not ask for neurology",
    }
    assert [(row.practice_id, row.rank, warned) for row, warned in made.rows] == [
        ("d", 4, ("neurology wait 41 days: do not ask for neurology",)),
        ("f", 6, ()),
    ]


def seen(beyond: list[float], drawn: list[bool]) -> Past:
    column = np.array(beyond)[:, None]
    flags = np.array(drawn)[:, None]
    score = np.arange(float(len(beyond)))[:, None]
    return Past((0,), score, column, np.ones_like(flags), flags)


def test_thirds_of_the_score_show_what_visits_brought() -> None:
    highest, _, lowest = thirds(seen([0, 0, 3, 5, 5, 5, 8, 9, 10], [False] * 9))
    assert (highest.label, highest.visits, highest.value) == ("highest third of the score", 3, 9)
    # Deviations -1, 0, 1 of three practices: error = sqrt(2 x 3 / 2) / 3 = 0.577.
    assert highest.low == pytest.approx(9 - 1.95996 * 0.57735, abs=1e-4)
    assert (lowest.value, lowest.visits) == (1, 3)


def test_visits_by_lot_are_shown_from_fifty_against_the_rest() -> None:
    assert by_lot(seen([1.0] * 49 + [0.0] * 51, [True] * 49 + [False] * 51)) is None
    shown = by_lot(seen([3.0] * 50 + [1.0] * 50, [True] * 50 + [False] * 50))
    assert shown is not None
    assert (shown.visits, shown.value) == (50, 2.0)


def test_forecasts_are_checked_by_what_came_and_told_on_the_card() -> None:
    panel = draw(PLAIN, 3, 120).panel
    checked = deciles(panel)
    assert checked is not None
    assert checked.as_of == panel.months[-8]
    assert sum(tenth.practices for tenth in checked.tenths) == 120
    assert checked.slope is not None
    assert 0.6 < checked.slope < 1.5
    assert checked.tenths[-1].came > 3 * checked.tenths[0].came
    looked = past(panel, months=2)
    assert looked is not None
    told = card(panel, rank(panel), Checks(checked, thirds(looked), by_lot(looked)))
    assert f"slope of what came {checked.slope:.2f}" in told
    assert "Observational: people chose these visits" in told
    assert "Too few visits by lot to show." in told
    assert "120 practices, 2023-01 to 2025-12" in told


def test_a_short_history_cannot_be_checked() -> None:
    panel = draw(PLAIN, 3, 30, months=14).panel
    assert deciles(panel) is None
    assert past(panel) is None
