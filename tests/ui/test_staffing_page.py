"""Staffing and goals: the sentence follows what is typed, goals are set, changed and never lost to another's change."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from liaison.facts.home import Home
from liaison.fieldwork import all_records, edit
from liaison.store import reading
from tests.ui.conftest import said

PAGE = "pages/plan/staffing.py"
App = Callable[..., AppTest]


def test_what_is_typed_takes_the_place_of_what_is_on_record(app: App, home: Home) -> None:
    test = app(PAGE)
    assert "visits a year" in said(test)
    test.number_input(key="staffing-minutes").set_value(480.0).run()
    test.number_input(key="staffing-field").set_value(5).run()
    # 42.5 h x 46 weeks x 60 min x 5% / 480 min is 12 visits each, 73 for six.
    assert "6 liaisons can make 73 of the" in said(test)
    assert not test.exception


def test_a_goal_is_set_and_changed_and_another_change_is_told(app: App, home: Home) -> None:
    test = app(PAGE)
    assert "No goal is set yet" in said(test)
    test.number_input(key="goal-target").set_value(1_200).run()
    test.button(key="goal-go").click().run()
    with reading(home.store) as connection:
        row = all_records(connection, "goals")[0]
    assert (row["target"], row["measure"], row["territory_id"]) == (1_200.0, "referrals", None)
    test.number_input(key=f"goal-new-{row['key']}-1").set_value(1_300).run()
    edit(home.store, "goals", row["key"], {"target": 1_500.0}, expected_version=1, actor="Dan")
    test.button(key="goal-save").click().run()
    assert "Dan changed the goal" in said(test)
    test.button(key="goal-take").click().run()
    assert "No goal is set yet" in said(test)
    assert not test.exception
