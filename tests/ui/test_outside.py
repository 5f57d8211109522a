"""An instance held to the outside audience: pages show what leaves the team may show, and say what they do not."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from liaison.ui.entries import listed
from tests.ui.conftest import said

OFF = "figures for outside the team are not cut by choice"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, app: Callable[..., AppTest]) -> Callable[..., AppTest]:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    return app


@pytest.mark.parametrize("title", [entry.title for entry in listed().values() if entry.filtered])
def test_a_page_shows_itself_to_outsiders_without_an_error(outside: Callable[..., AppTest], title: str) -> None:
    page = outside(listed()[title].file)
    assert not page.exception
    assert 'role="alert"' not in said(page)
    assert page.selectbox(key="filter-territory").disabled


def test_a_single_practice_is_not_shown_to_outsiders(outside: Callable[..., AppTest]) -> None:
    page = outside()
    page.query_params["practice"] = "P0016"
    page.switch_page("pages/see/practice.py").run()
    assert "Single practices are not shown outside the team" in said(page)
    assert not page.metric


def test_a_single_organisation_is_not_shown_to_outsiders(outside: Callable[..., AppTest]) -> None:
    page = outside()
    page.query_params["organisation"] = "northgate"
    page.switch_page("pages/see/organisations.py").run()
    assert "Single organisations are not shown outside the team" in said(page)
    assert 'role="alert"' not in said(page)
    assert not page.metric


def test_organisations_are_ranked_for_outsiders_without_what_is_not_counted_for_them(
    outside: Callable[..., AppTest],
) -> None:
    page = outside("pages/see/organisations.py")
    assert "Pick one" not in said(page)
    assert set(page.dataframe[0].value.columns).isdisjoint({"months", "line", "cause"})


def test_a_filter_of_the_url_is_not_applied_and_the_reason_is_said(outside: Callable[..., AppTest]) -> None:
    page = outside(territory="T1")
    assert f"Territory, service line and practice type are off on this page: {OFF}" in said(page)
    everywhere = outside()
    assert [m.value for m in page.metric] == [m.value for m in everywhere.metric]
