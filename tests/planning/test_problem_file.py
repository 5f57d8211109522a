"""A problem of one's own is read as it was written, and a wrong one is refused where it is wrong."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liaison.errors import LiaisonError
from liaison.planning.problem import Window
from liaison.planning.problem_file import read_problem
from tests.planning.conftest import Asked
from tests.planning.examples import DAY, stop, town

MONDAY = date(2026, 3, 2)


def test_a_problem_is_read_to_the_hundredth_of_a_minute(asked: Asked) -> None:
    read = asked(
        town(
            stop("a", 1, 2.5, 20.25, windows=[[540, 600], [780, 900.5]], required=True, liaisons=["ann"]),
            stop("b", 3, windows={"2026-03-02": [[600, 660]]}, days=["2026-03-02"], practice="north"),
        )
    )
    first, second = read.stops
    assert (first.service, first.required, first.liaisons) == (2025, True, frozenset({"ann"}))
    assert first.windows_on(MONDAY) == (Window(54000, 60000), Window(78000, 90050))
    assert second.windows_on(MONDAY) == (Window(60000, 66000),)
    assert second.windows_on(date(2026, 3, 3)) == ()
    assert (second.practice, second.dates) == ("north", frozenset({MONDAY}))
    assert read.travel[2, 3] == 1250
    assert read.days[0].pause == Window(72000, 75000)


def test_what_is_not_said_narrows_nothing(asked: Asked) -> None:
    (only,) = asked(town(stop("a", 1))).stops
    day = asked(town(stop("a", 1), days=({**DAY, "pause": None},))).days[0]
    assert only.is_for(day)
    assert not only.required
    assert day.pause is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minutes": []}, "minutes has no rows"),
        ({"minutes": [[0, 1], [1]]}, "minutes[1] has 1 numbers for 2 places"),
        ({"minutes": [[0, -1], [1, 0]]}, "minutes[0][1] is -1"),
        ({"minutes": [[0, True], [1, 0]]}, "minutes[0][1] is true, not a number"),
        ({"minutes": None}, "The problem has no minutes"),
        ({"stops": {}}, "stops is not a list"),
        ({"stops": [stop("a", 9)]}, "stops[0].place is 9, which is no row of minutes"),
        ({"stops": [{"id": "a", "place": 1, "value": 1}]}, "stops[0] has no service"),
        ({"stops": [stop("a", 1), stop("a", 2)]}, "a is also the id of stops[0]"),
        ({"stops": [{**stop("a", 1), "value": "high"}]}, 'stops[0].value is "high", not a number'),
        ({"stops": [stop("a", 1, windows=[[600, 540]])]}, "stops[0].windows[0] ends before it begins"),
        ({"stops": [stop("a", 1, windows=[[600]])]}, "stops[0].windows[0] has 1 numbers"),
        ({"stops": [stop("a", 1, windows={"Monday": []})]}, 'stops[0].windows is "Monday", not a date'),
        ({"stops": [stop("a", 1, windwos=[])]}, "stops[0] has windwos, which is not read"),
        ({"stops": [stop("a", 1, required="yes")]}, 'stops[0].required is "yes"'),
        ({"days": [{**DAY, "date": "2.3.2026"}]}, 'days[0].date is "2.3.2026", not a date'),
        ({"days": [{**DAY, "to": 300}]}, "days[0] ends before it begins"),
        ({"days": [DAY, {**DAY, "from": 900}]}, "days[1] of ann on 2026-03-02 overlaps days[0]"),
        ({"days": ["Monday"]}, "days[0] is not an object"),
    ],
)
def test_a_wrong_part_is_named_with_its_remedy(asked: Asked, change: dict[str, Any], says: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        asked({**town(stop("a", 1)), **change})
    assert says in refused.value.what
    assert refused.value.remedy
    assert "problem.json" in str(refused.value)


def test_days_of_one_liaison_may_follow_each_other(asked: Asked) -> None:
    morning, evening = {**DAY, "to": 720, "pause": None}, {**DAY, "from": 720, "pause": None}
    assert len(asked(town(stop("a", 1), days=(morning, evening))).days) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [(b'{"minutes": [[0]],', "is not JSON"), (b"\xff\xfe\x00", "is not UTF-8"), (b"[]", "is not an object")],
)
def test_a_file_that_is_no_problem_is_refused_in_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(content)
    with pytest.raises(LiaisonError) as refused:
        read_problem(file)
    assert says in refused.value.what


def test_no_number_that_is_none_gets_in(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(town(stop("a", 1, value=float("nan")))), encoding="utf-8")
    with pytest.raises(LiaisonError, match="NaN, not a number"):
        read_problem(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="cannot be read"):
        read_problem(tmp_path / "nowhere.json")
