"""An order of one's own is timed at once: what cannot be is named, nothing is moved. All times worked by hand."""

import time
from typing import Any

import pytest

from liaison.planning.timing import timed, timed_plan
from tests.planning.checker import violations
from tests.planning.conftest import Asked
from tests.planning.examples import DAY, stop, town


def test_a_day_by_hand(asked: Asked) -> None:
    # 8:00 + 10 = 8:10, but open from 9:00. 9:30 + 15 = 9:45 to 11:15. 11:15 + 12.5 = 11:27.5 to 11:57.5.
    # Home: 30 minutes, of which 2.5 before the pause of 12:00 to 12:30 and 27.5 after it: 12:57.5.
    problem = asked(town(stop("a", 1, windows=[[540, 600]]), stop("b", 2, service=90), stop("c", 3)))
    day = timed(problem, problem.days[0], ["a", "b", "c"])
    assert [(v.arrive, v.depart, v.drive) for v in day.visits] == [
        (54000, 57000, 1000),
        (58500, 67500, 1500),
        (68750, 71750, 1250),
    ]
    assert (day.leave, day.back, day.driving) == (53000, 77750, 6750)
    assert day.visits[0].wait == 0  # who need not be there before nine leaves at 8:50
    assert day.conflicts == ()


def test_a_visit_is_not_begun_that_the_pause_would_cut(asked: Asked) -> None:
    problem = asked(town(stop("a", 1, service=200), stop("b", 2, service=45)))
    day = timed(problem, problem.days[0], ["a", "b"])
    # Done with a at 11:30, at b at 11:45: 45 minutes would run into 12:00, so b waits until 12:30.
    assert [(v.arrive, v.depart, v.wait) for v in day.visits] == [(49000, 69000, 0), (75000, 79500, 1500)]


def test_a_drive_goes_on_after_the_pause(asked: Asked) -> None:
    problem = asked(town(stop("a", 1, service=220), stop("c", 3)))
    day = timed(problem, problem.days[0], ["a", "c"])
    # Leaves a at 11:50; ten minutes of driving, half an hour of pause, fifteen minutes more: 12:45.
    assert day.visits[1].arrive == 76500


def test_a_late_stop_is_shown_where_the_order_has_it(asked: Asked) -> None:
    problem = asked(town(stop("a", 1, service=60), stop("b", 2, windows=[[480, 540]])))
    day = timed(problem, problem.days[0], ["a", "b"])
    assert day.order == ("a", "b")
    assert day.visits[1].arrive == 56500  # 8:10 + 60 + 15
    (late,) = day.conflicts
    assert (late.kind, late.stop, late.late) == ("late", "b", 2500)
    assert "09:25" in late.says
    assert "09:00" in late.says


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (stop("a", 1, windows={"2026-03-03": [[480, 900]]}), "closed"),
        (stop("a", 1, liaisons=["bob"]), "not theirs"),
        (stop("a", 1, days=["2026-03-03"]), "not theirs"),
        (stop("a", 1, windows=[[1015, 1019]]), "closed"),  # it would end after hours
    ],
)
def test_what_an_order_asks_in_vain_is_named(asked: Asked, given: dict[str, Any], kind: str) -> None:
    problem = asked(town(given))
    assert [c.kind for c in timed(problem, problem.days[0], ["a"]).conflicts] == [kind]


def test_a_day_that_ends_late_or_drives_too_long_says_so(asked: Asked) -> None:
    short = {**DAY, "to": 590, "max_driving": 25, "pause": None}
    problem = asked(town(stop("c", 3, service=60), days=(short,)))
    conflicts = timed(problem, problem.days[0], ["c"]).conflicts
    # There at 8:30, done at 9:30, back at 10:00 after an hour of driving.
    assert [(c.kind, c.late) for c in conflicts] == [("hours", 1000), ("driving", 3500)]


def test_conflicts_between_days_are_named(asked: Asked) -> None:
    days = (DAY, {**DAY, "liaison": "bob"})
    problem = asked(
        town(stop("a", 1, practice="x"), stop("b", 2, practice="x"), stop("c", 3, required=True), days=days)
    )
    plan = timed_plan(problem, [["a"], ["b", "a"]])
    assert sorted(c.kind for c in plan.all_conflicts) == ["missing", "twice", "two liaisons"]


def test_a_manual_order_is_timed_in_ten_milliseconds(asked: Asked) -> None:
    stops = [stop(str(i), i % 4, windows=[[480, 700], [760, 1000]]) for i in range(400)]
    problem = asked(town(*stops))
    order = [str(i) for i in range(12)]
    timed(problem, problem.days[0], order)
    began = time.process_time()
    for _ in range(20):
        timed(problem, problem.days[0], order)
    assert (time.process_time() - began) / 20 < 0.010


def test_the_second_opinion_finds_each_kind_of_mistake(asked: Asked) -> None:
    """The checker that other tests trust is itself shown to see what is wrong."""
    given = town(stop("a", 1, windows=[[540, 600]]), stop("b", 2, liaisons=["bob"]), stop("c", 3), stop("d", 3))
    problem = asked(given)
    good = {**timed_plan(problem, [["a", "c", "d"]]).as_json(), "dropped": ["b"]}
    assert violations(given, good) == []

    def told(**change: Any) -> str:
        (day,) = good["days"]
        return " ".join(violations(given, {**good, "days": [{**day, **change}]}))

    a, c, d = good["days"][0]["stops"]
    assert "outside its windows" in told(stops=[{**a, "arrive": 530, "depart": 560}, c, d])
    assert "cannot be reached" in told(stops=[a, {**c, "arrive": 590, "depart": 620}, d])
    assert "lasts" in told(stops=[{**a, "depart": 560}, c, d])
    assert "runs into the pause" in told(stops=[a, {**c, "arrive": 700, "depart": 730}, d])
    assert "cannot be back" in told(stops=[a, c, {**d, "arrive": 970, "depart": 1000}])
    assert "is seen 2 times" in told(stops=[a, c, {**d, "id": "c"}])
    assert "not for this liaison" in told(stops=[a, {**c, "id": "b"}, d])
    assert "minutes of driving" in told(minutes=1)
    assert "value is" in " ".join(violations(given, {**good, "value": 7}))
    assert "seen and left out" in " ".join(violations(given, {**good, "dropped": []}))


def test_a_pause_of_no_length_still_cuts_no_visit(asked: Asked) -> None:
    problem = asked(town(stop("a", 1), days=({**DAY, "pause": [500, 500]},)))
    # There at 8:10: half an hour would run over 8:20, so it begins then.
    assert [v.arrive for v in timed(problem, problem.days[0], ["a"]).visits] == [50000]
