"""The page Campaigns: one is planned, its list frozen, its tasks made, its staff briefed, on a small market."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.facts.home import Home
from liaison.fieldwork.one_campaign import campaign_files
from liaison.store import reading
from tests.ui.conftest import said

PAGE = "pages/do/campaigns.py"


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def test_a_campaign_is_planned_frozen_and_handed_out(home: Home, app: Callable[..., AppTest]) -> None:
    test = app(PAGE)
    assert "No campaign is planned yet" in said(test)
    test.text_input(key="campaign-title").set_value("Stroke <b>clinic</b>")
    next(each for each in test.button if each.label == "Plan campaign").click().run()
    assert "Its list is not frozen yet" in said(test)
    test.text_area(key="campaign-ids").set_value("P0001 P0002\nP0003 P0004").run()
    assert "3 targets and 1 kept aside: too few for a number" in said(test)
    test.button(key="campaign-freeze").click().run()
    assert "0 of 3 practices introduced, 0 overdue" in said(test)
    test.button(key="campaign-tasks").click().run()
    assert "3 tasks were made of it, 3 still open." in said(test)
    test.text_input(key="campaign-audience").set_value("Front desk")
    next(each for each in test.button if each.label == "Add briefing").click().run()
    assert "Front desk" in said(test)
    assert not test.exception
    assert "<b>clinic" not in said(test)
    with reading(home.store) as conn:
        (about,) = campaign_files(conn, "2030-01-01")
    assert (len(about.targets), len(about.aside), len(about.briefed)) == (3, 1, 1)
