"""What people ask for is kept: must and must not, appointments, pins, time off, days that stay, the rest of today."""

import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks._week import week
from liaison.planning.again import carried, replan_open_days, rest_of_day
from liaison.planning.plan import by_stop
from liaison.planning.problem import Problem, Window
from liaison.planning.search import solve
from liaison.planning.timing import timed_plan
from liaison.planning.wishes import Appointment, Wishes, spaced, wished, worth
from tests.planning.checker import violations
from tests.planning.conftest import as_read
from tests.planning.examples import DAY, stop, town

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def problem() -> Problem:
    """Four stops, Monday and Tuesday of ann; room for two visits a day."""
    days = ({**DAY, "to": 585, "pause": None}, {**DAY, "date": "2026-03-03", "to": 585, "pause": None})
    return as_read(town(*(stop(name, 1, value) for name, value in zip("abcd", (9, 8, 2, 1), strict=True)), days=days))


def planned(problem: Problem, wishes: Wishes) -> dict[str, tuple[date, str]]:
    return dict(by_stop(solve.solve(wished(problem, wishes), iterations=100)))


def test_who_must_be_seen_is_and_who_must_not_is_not(problem: Problem) -> None:
    tight = replace(problem, days=problem.days[:1])
    assert set(planned(tight, Wishes())) == {"a", "b"}
    assert set(planned(tight, Wishes(must_see=frozenset("d"), must_not=frozenset("a")))) == {"b", "d"}


def test_a_pin_holds_its_day(problem: Problem) -> None:
    pins = {"c": (TUESDAY, None), "d": (TUESDAY, "ann")}
    found = planned(problem, Wishes(pinned=pins))
    assert found["c"] == found["d"] == (TUESDAY, "ann")
    assert found["a"] == found["b"] == (MONDAY, "ann")


def test_an_appointment_begins_within_five_minutes(problem: Problem) -> None:
    agreed = Wishes(appointments=(Appointment("d", MONDAY, 51000, "ann"),))
    plan = solve.solve(wished(problem, agreed), iterations=100)
    (visit,) = [visit for visit in plan.days[0].visits if visit.stop == "d"]
    assert 51000 <= visit.arrive <= 51500
    # It is 8:10 when the first place is reached and the last visit ends by 9:35: one more, after it.
    assert plan.days[0].order in (("d", "a"), ("d", "b"))


def test_nobody_works_on_a_day_off(problem: Problem) -> None:
    found = planned(problem, Wishes(off=frozenset({("ann", MONDAY)})))
    assert {day for day, _ in found.values()} == {TUESDAY}


@pytest.mark.parametrize(
    ("days", "value"), [(0, 0.0), (15, 0.0), (30, 10.0), (22, 10 * 2 * (22 / 30 - 0.5)), (60, 15.0), (None, 15.0)]
)
def test_a_visit_is_worth_more_the_more_it_is_due(days: int | None, value: float) -> None:
    assert worth(10.0, days, 30) == pytest.approx(value)


def test_no_visit_soon_after_anybodys_last_one(problem: Problem) -> None:
    dates = [MONDAY, TUESDAY]
    seen = spaced(problem.stop("a"), dates, MONDAY - timedelta(days=13), timedelta(days=14))
    assert seen.dates == frozenset({TUESDAY})
    assert spaced(problem.stop("a"), dates, None, timedelta(days=14)).dates is None


def test_a_locked_day_stays_as_it_is_to_the_minute() -> None:
    asked = week(4, 100, 2)
    problem = as_read(asked)
    plan = solve.solve(problem, iterations=400)
    locked = {1, 7}
    gone = plan.days[0].order[0]
    less = {**asked, "stops": [one for one in asked["stops"] if one["id"] != gone]}
    orders = [[known for known in order if known != gone] for order in plan.orders]
    again = replan_open_days(as_read(less), orders, locked, iterations=300)
    assert [again.days[k] for k in sorted(locked)] == [plan.days[k] for k in sorted(locked)]
    assert violations(less, again.as_json()) == []


def test_an_edit_is_planned_again_in_half_a_second_of_work() -> None:
    problem = as_read(week(4, 400, 4))
    plan = solve.solve(problem, iterations=100)
    began = time.process_time()
    solve.replan(problem, plan.orders, seconds=0.1)
    assert time.process_time() - began < 0.5


def test_the_rest_of_today_begins_where_one_is() -> None:
    # Ann has seen a and was to see b and c; it is 13:10, b called off, and she is five minutes from everywhere.
    asked = town(stop("a", 1), stop("b", 2), stop("c", 3, windows=[[480, 800]]), stop("d", 1, windows=[[780, 1000]]))
    problem = as_read(asked)
    now, five = 79000, np.full(4, 500, dtype=np.int64)
    left = rest_of_day(wished(problem, Wishes(must_not=frozenset("b"))), "ann", MONDAY, now, {"a"}, five, five)
    this_morning = timed_plan(problem, [["a", "b", "c"]])
    plan = solve.replan(left, carried(this_morning, left), iterations=100)
    assert [(v.stop, v.arrive) for v in plan.days[0].visits] == [("c", 79500), ("d", 85000)]
    assert plan.days[0].back == 89000  # 14:10 + 10 at d ... 14:40, and ten minutes home
    with pytest.raises(ValueError, match="does not work"):
        rest_of_day(problem, "bob", MONDAY, now, set(), five, five)


def test_an_appointment_outside_office_hours_is_kept(problem: Problem) -> None:
    closed = replace(problem, stops=tuple(replace(one, windows=()) for one in problem.stops))
    plan = solve.solve(wished(closed, Wishes(appointments=(Appointment("a", TUESDAY, 50000),))), iterations=20)
    assert by_stop(plan) == {"a": (TUESDAY, "ann")}
    assert wished(closed, Wishes(appointments=(Appointment("a", TUESDAY, 50000),))).stop("a").windows == {
        TUESDAY: (Window(50000, 50500),)
    }
