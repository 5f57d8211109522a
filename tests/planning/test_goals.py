"""Goals: what came to date, what the forecasts say of December, and nothing where they do not reach it."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.metrics.practice_months import PracticeMonths
from liaison.models.stored.forecasts import Forecast
from liaison.planning.goals import OVER, REACHED, TOO_EARLY, Made, Sent, of_referrals, of_visits
from liaison.store import reading
from liaison.vocabulary import month_id
from tests.fieldwork.conftest import any_store, store

__all__ = ["any_store", "store"]

PRACTICES, LINES = ("elm", "oak"), ("cardiology", "neurology")


def sent(last: str, months: int = 10, ahead: int = 3) -> Sent:
    """Ten a month from elm (four of them neurology), five from oak; forecasts of so many months after the last."""
    first = month_id(last) - months + 1
    kept = np.array([[10.0] * months, [5.0] * months])
    by_line = np.array([[[6.0] * months, [4.0] * months], [[5.0] * months, [0.0] * months]])
    held = PracticeMonths(PRACTICES, tuple(range(first, first + months)), LINES, kept, kept, by_line, ())
    coming = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(month_id(last) + 1, month_id(last) + 1 + ahead)]
    listed = [forecast("elm", 10.0, coming, 0.4), forecast("oak", 5.0, coming, 0.0)]
    return Sent(held, {"elm": "T1", "oak": "T2"}, listed, month_id(last))


def forecast(practice: str, each: float, months: list[str], neurology: float) -> Forecast:
    of = [{"month": m, "referrals": each, "low_80": each - 3, "high_80": each + 3} for m in months]
    value = each * len(months)
    lines = [
        {"line": "Neurology", "referrals": neurology * value},
        {"line": None, "referrals": (1 - neurology) * value},
    ]
    return Forecast(practice, value, 0, 0, 0, 0, 1.0, 1.0, 1.0, json.dumps(of), json.dumps(lines))


def goal(**of: Any) -> dict[str, Any]:
    plain = {"key": "k", "version": 1, "year": "2026", "measure": "referrals", "target": 200.0}
    return {**plain, "territory_id": None, "service_line": None, **of}


def test_ten_months_came_and_two_are_foreseen_with_their_interval() -> None:
    found = of_referrals(goal(), sent("2026-10"))
    assert (found.to_date, found.through, found.share) == (150.0, "2026-10", 0.75)
    # Two months of 10 and of 5. Each practice: 12 wide over both months, 6 to a side; two of them: 6 x root of 2.
    assert found.expected == 180.0
    assert found.low == pytest.approx(180 - 8.485, abs=0.01)
    assert found.high == pytest.approx(180 + 8.485, abs=0.01)


def test_a_goal_of_a_territory_and_line_counts_those_alone() -> None:
    found = of_referrals(goal(territory_id="T1", service_line="Neurology"), sent("2026-10"))
    assert (found.to_date, found.expected) == (40.0, 48.0)
    # Four tenths of elm: the interval is 6 x root of 0.4 to a side.
    assert found.high == pytest.approx(48 + 3.795, abs=0.01)
    assert of_referrals(goal(territory_id="T9"), sent("2026-10")).to_date == 0.0


def test_what_forecasts_do_not_reach_is_not_said() -> None:
    early = of_referrals(goal(), sent("2026-06", months=6))
    assert (early.to_date, early.expected) == (90.0, None)
    assert early.says.startswith(TOO_EARLY)
    assert of_referrals(goal(year="2027"), sent("2026-10")).says == TOO_EARLY
    older = sent("2026-10")
    assert of_referrals(goal(), Sent(older.months, older.lies_in, older.ahead, month_id("2026-08"))).expected is None


def test_a_year_that_is_over_is_what_it_was() -> None:
    found = of_referrals(goal(), sent("2026-12", months=12))
    assert (found.to_date, found.expected, found.low, found.says) == (180.0, 180.0, 180.0, OVER)
    assert of_referrals(goal(target=140.0), sent("2026-10")).says == REACHED


def test_visits_have_a_pace_and_no_forecast() -> None:
    made = [Made(f"2026-0{month}-01", where) for month in range(1, 8) for where in ("T1", "T2")]
    found = of_visits(goal(measure="visits", territory_id="T1"), made, date(2026, 7, 1))
    # Seven in 182 days of 365.
    assert (found.to_date, found.expected, found.says) == (7.0, None, "at this pace about 14; not a forecast")
    assert of_visits(goal(measure="visits"), made, date(2026, 2, 1)).says == TOO_EARLY
    assert of_visits(goal(measure="visits"), made, date(2027, 1, 5)).says == OVER


def test_goals_are_kept_changed_and_refused_where_wrong(any_store: Engine) -> None:
    key = fieldwork.add(any_store, "goals", {"year": "2027", "measure": "referrals", "target": 900.0}, actor="ann")
    fieldwork.edit(any_store, "goals", key, {"target": 950.0}, expected_version=1, actor="ann")
    with pytest.raises(fieldwork.StaleSaveError, match="you entered"):
        fieldwork.edit(any_store, "goals", key, {"target": 990.0}, expected_version=1, actor="dan")
    with reading(any_store) as connection:
        assert [row["target"] for row in fieldwork.all_records(connection, "goals")] == [950.0]
    for wrong in (
        {"year": "next"},
        {"target": 0.0},
        {"measure": "smiles"},
        {"measure": "visits", "service_line": "Neurology"},
        {"note": "x" * 501},
    ):
        with pytest.raises(LiaisonError):
            fieldwork.add(
                any_store, "goals", {"year": "2028", "measure": "referrals", "target": 1.0, **wrong}, actor="a"
            )
