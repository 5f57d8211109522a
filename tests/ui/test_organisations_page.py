"""The page of destinations: the list, one organisation, the practices behind it, shared patients."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.behind import behind
from liaison.metrics.filters import Filters
from liaison.metrics.findings.organisations import organisations_headline
from liaison.metrics.organisation import organisation
from liaison.metrics.organisations import organisations
from liaison.vocabulary import Audience
from tests.metrics.test_shared_view import PAIRS, made
from tests.ui.conftest import ROOT, said

PAGE = "pages/see/organisations.py"
App = Callable[..., AppTest]
YEAR = Filters(first="2025-11")


@pytest.fixture
def home(small_market: Path) -> Iterator[Home]:
    found = Home.open(Settings(home=small_market))
    yield found
    found.close()


def opened(app: App, **params: str) -> AppTest:
    page = app(PAGE)
    for name, value in params.items():
        page.query_params[name] = value
    return page.run()


def test_the_list_says_what_the_command_counts(app: App, home: Home) -> None:
    found = organisations(home.live(), owner(), Audience.inside, YEAR)
    page = app(PAGE)
    assert not page.exception
    assert organisations_headline(found) in said(page)


def test_one_organisation_shows_what_the_command_counts(app: App, home: Home) -> None:
    found = organisation(home.live(), owner(), Audience.inside, YEAR, "northgate")
    assert found is not None
    page = opened(app, organisation="northgate")
    assert not page.exception
    assert f"Northgate Medical Center took {found.taken:,} referrals" in said(page)
    tiles = {metric.label: metric.value for metric in page.metric}
    assert tiles["Referrals taken"] == f"{found.taken:,}"
    assert set(tiles) == {
        "Referrals taken",
        "Share of what is lost",
        "Share of known destinations",
        "Reason not recorded",
    }


def test_our_own_page_says_what_it_receives(app: App) -> None:
    page = opened(app, organisation="balsam-crest")
    assert "Balsam Crest Health received" in said(page)
    assert "Referrals received" in {metric.label for metric in page.metric}
    assert "Reasons are recorded for what leaves the network" in said(page)


def test_a_filter_cuts_the_page_of_one(app: App, home: Home) -> None:
    cut = Filters(first="2025-11", service_line="neurology")
    found = organisation(home.live(), owner(), Audience.inside, cut, "northgate")
    assert found is not None
    page = opened(app, organisation="northgate", line="neurology")
    assert f"took {found.taken:,} referral" in said(page)


def test_an_unknown_organisation_is_dropped_from_the_url_and_said(app: App) -> None:
    page = opened(app, organisation="nobody")
    assert "organisation" not in page.query_params
    assert "The link named an organisation that these data do not have" in said(page)


def test_practices_stand_behind_a_switch_that_the_url_keeps(app: App, home: Home) -> None:
    page = opened(app, organisation="northgate")
    assert "traight-line miles" not in said(page)
    page.toggle(key="behind").set_value(True).run()
    assert not page.exception
    assert page.query_params["show"] == "practices"
    assert "straight-line miles from the referring practice" in said(page).lower()
    found = behind(home.live(), owner(), Audience.inside, YEAR, "northgate")
    assert found is not None
    held = page.session_state["list-organisation-northgate"]
    assert list(held) == [s.key for s in found.senders if s.taken]


def test_a_cell_of_the_url_opens_its_practices_and_a_button_shows_all_again(app: App) -> None:
    page = opened(app, organisation="northgate", row="familymedicine", column="cardiology")
    assert "Family medicine, Cardiology: " in said(page)
    button = next(b for b in page.button if "show all of it instead" in b.label)
    button.click().run()
    assert "row" not in page.query_params
    assert page.query_params["show"] == "practices"


def test_a_cell_that_is_gone_is_dropped(app: App) -> None:
    page = opened(app, organisation="northgate", row="nobody", column="cardiology")
    assert "row" not in page.query_params
    assert not page.exception


def test_another_organisation_is_chosen_in_the_field(app: App) -> None:
    page = opened(app, organisation="northgate", row="familymedicine", column="cardiology")
    page.selectbox(key="organisation-pick").select("summit").run()
    assert page.query_params["organisation"] == "summit"
    assert "row" not in page.query_params
    assert "Summit Specialty Group took" in said(page)


def test_nothing_in_the_window_offers_to_clear(app: App) -> None:
    page = opened(app, organisation="northgate", window="2019-01_2019-02")
    assert "No referral matches these filters" in said(page)
    assert not page.exception


def test_shared_patients_are_offered_only_where_they_are_in(app: App) -> None:
    page = opened(app, view="shared")
    assert "view" not in page.query_params
    assert "of what is lost" in said(page)


@pytest.fixture
def pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page on a home that holds pairs of providers beside its referrals."""
    made(tmp_path, PAIRS).close()
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(tmp_path / "demo"))
    st.cache_resource.clear()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.run()
    test.switch_page(PAGE)
    test.query_params["view"] = "shared"
    yield test.run()
    st.cache_resource.clear()


def test_shared_patients_by_both_metrics_with_the_sentence_and_the_caveats(pairs: AppTest) -> None:
    assert not pairs.exception
    words = said(pairs)
    assert "By patients Mercy leads (50%), by transactions Summit (53%): the choice of metric decides" in words
    assert "Patients repeat across pairs, and pairs under 11 are missing" in words
    tiles = {metric.label: metric.value for metric in pairs.metric}
    assert (tiles["Leakage by patients"], tiles["Leakage by transactions"]) == ("20%", "40%")
    assert pairs.selectbox(key="filter-territory").disabled


def test_another_system_and_another_data_set_are_chosen_and_kept_in_the_url(pairs: AppTest) -> None:
    pairs.selectbox(key="shared-system").select("S").run()
    assert pairs.query_params["system"] == "S"
    assert "every referrer in the data stands in for its own" in said(pairs)
    pairs.selectbox(key="shared-set").select(("hop-2017", "2017-12-31")).run()
    assert (pairs.query_params["pairs"], pairs.query_params["vintage"]) == ("hop-2017", "2017-12-31")
    assert "hop-2017, as of 31 Dec 2017" in said(pairs)


def test_a_stale_data_set_or_system_is_dropped_and_said(pairs: AppTest) -> None:
    pairs.query_params["pairs"], pairs.query_params["vintage"] = "gone", "2011-01-01"
    pairs.query_params["system"] = "nobody"
    pairs.run()
    assert "The link named a data set that is not here" in said(pairs)
    assert "system" not in pairs.query_params
