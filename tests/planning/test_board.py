"""The week of a whole team: minutes by day, what is left out, who has no plan, what two people would see."""

from dataclasses import replace

from liaison.facts.home import Home
from liaison.metrics.findings.week_board import Told, week_headline
from liaison.planning.problem import MINUTE
from liaison.planning.stored.board import board
from liaison.planning.stored.workday import days_of_people
from liaison.store import reading
from tests.planning.team import FRIDAY, MONDAY, THURSDAY, TUESDAY, editor, keep, planned, standing


def test_a_row_adds_up_what_the_plan_says_of_its_days(home: Home) -> None:
    plan = planned(home)
    editor(home, plan.revision).lock(TUESDAY)
    editor(home, plan.revision + 1).off(THURSDAY)
    plan = standing(home)
    row, nobody = board(MONDAY, {"L1": plan, "L2": None}, {"L1": {"Mo", "Tu", "We", "Th"}, "L2": {"Mo", "Sa"}}).rows
    days = {day.date: day for day in row.days}
    assert row.stops == len(plan.made) == 3
    assert row.working == 3 * 40 * MINUTE  # three introductions
    assert row.driving == sum(day.driving for day in plan.days)
    assert days[TUESDAY].locked
    assert days[THURSDAY].off
    assert not days[FRIDAY].works
    assert (nobody.planned, nobody.stops, nobody.coverage) == (False, 0, None)


def test_what_could_be_seen_is_what_is_planned_and_what_is_left_out(home: Home) -> None:
    plan = planned(home)
    (left,) = board(MONDAY, {"L1": replace(plan, stops=plan.stops[:1], left_out=())}, {}).rows
    assert left.coverage == 1.0
    change = editor(home, plan.revision)
    for name in ("elm", "oak"):
        change = replace(change, revision=change.drop(name).plan.revision)
    (row,) = board(MONDAY, {"L1": standing(home)}, {}).rows
    assert (row.stops, row.left_out) == (1, 0), "what was dropped by hand is no longer wanted"


def test_a_practice_on_two_plans_is_named_with_both(home: Home) -> None:
    plan = planned(home)
    found = board(MONDAY, {"L1": plan, "L2": replace(plan, person_id="L2", stops=plan.stops[:1])}, {})
    assert found.twice == {plan.stops[0].practice_id: ("L1", "L2")}


def test_a_weekend_stands_on_the_board_where_somebody_works(home: Home) -> None:
    keep(home, "people", {"person_id": "L2", "name": "Dan", "start_zip": "28801", "days": "Mo;Sa"})
    with reading(home.store) as connection:
        works = days_of_people(connection)
    assert works["L1"] == {"Mo", "Tu", "We", "Th", "Fr"}
    names = [f"{on:%a}" for on in board(MONDAY, {"L1": None, "L2": None}, works).dates]
    assert names == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def test_the_sentence_says_what_needs_somebody() -> None:
    assert week_headline("Mon 30 Nov", Told(0, 0, 0, ["Maya"], 0, 0)) == (
        "Nobody has a plan for the week of Mon 30 Nov yet"
    )
    assert week_headline("Mon 30 Nov", Told(61, 80, 3, ["Dan"], 1, 2)) == (
        "61 visits by 3 people in the week of Mon 30 Nov, of 80 practices that could be seen; Dan has no plan yet; "
        "one practice is planned by two; 2 things cannot be kept"
    )
    assert week_headline("Mon 30 Nov", Told(1, 1, 1, [], 0, 0)) == (
        "1 visit by one person in the week of Mon 30 Nov, of 1 practice that could be seen"
    )
