"""Feedback: what is typed in from a form is told on the next look, and mentions are found by a word."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.facts.home import Home
from liaison.metrics.filters import Filters
from liaison.metrics.voice import voice
from liaison.store import reading
from liaison.vocabulary import Audience
from tests.ui.conftest import said

PAGE = "pages/do/feedback.py"


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def test_a_form_is_typed_in_and_told(home: Home, app: Callable[..., AppTest]) -> None:
    test = app(PAGE)
    assert "No answers of referrers are in yet" in said(test)
    test.button(key="FormSubmitter:feedback-answer-Record answer").click().run()
    assert "Practice is missing" in said(test)
    test.selectbox(key="a-practice").select_index(0)
    test.selectbox(key="a-access").select_index(1)
    test.selectbox(key="a-recommend").select_index(10)
    test.button(key="FormSubmitter:feedback-answer-Record answer").click().run()
    assert "1 answer of 1 practice: too few to say more" in said(test)
    test.text_area(key="m-text").set_value("Six weeks for an EEG")
    test.button(key="FormSubmitter:feedback-mention-Record mention").click().run()
    test.query_params["view"] = "mentions"
    test.run()
    assert "Service gap comes up most: 1 of 1 mentions" in said(test)
    test.text_input(key="mentions-words").set_value("parking").run()
    assert "Nothing is noted for this choice" in said(test)
    with reading(home.store) as connection:
        (group,) = voice(connection, owner(), Audience.inside, Filters(), 1).by["practice"]
    assert (group.marks["access"].mean, group.recommend.promoters) == (2.0, 1)
    home.close()


def test_outside_the_team_there_is_one_row_and_no_form(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    test = app(PAGE)
    assert "No answers of referrers are in yet" in said(test)
    assert not test.get("form")
    assert "Write down" not in said(test)
