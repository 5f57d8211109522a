"""The Practices page: the directory and its choices, a story, what an id of the URL may lead to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import add
from liaison.fieldwork.merges import merge_into, undo
from liaison.metrics.directory import Directory, directory
from liaison.metrics.filters import Filters
from liaison.metrics.one_practice import one_practice
from liaison.metrics.resolution import given_id
from liaison.vocabulary import Audience, month_id
from tests.spec.market import Market
from tests.ui.conftest import said

PRACTICE = "pages/see/practice.py"
App = Callable[..., AppTest]


@pytest.fixture
def home(small_market: Path) -> Home:
    return Home.open(Settings(home=small_market))


@pytest.fixture
def counted(home: Home) -> Directory:
    return directory(home.live(), owner(), Audience.inside, Filters())


def opened(app: App, **params: str) -> AppTest:
    """As a deep link to the page: the parameters stand in the URL of the run that draws it."""
    page = app()
    page.switch_page(PRACTICE)
    for name, value in params.items():
        page.query_params[name] = value
    return page.run()


def metrics(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def test_the_directory_says_how_many_refer_and_offers_each_by_name(app: App, counted: Directory) -> None:
    page = opened(app)
    assert not page.exception
    referred = sum(1 for r in counted.rows if r.referrals)
    assert f"{referred} of {len(counted.rows)}" in said(page) or f"All {len(counted.rows)} practices" in said(page)
    assert len(page.selectbox(key="find-practice").options) == len(counted.rows)


def test_a_choice_is_an_id_in_the_url_and_cuts_the_list(app: App, counted: Directory) -> None:
    steady = [r for r in counted.rows if r.continuum == "steady"]
    page = opened(app, continuum="steady")
    assert len(page.selectbox(key="find-practice").options) == len(steady)
    assert f"{len(steady)} practices" in said(page)


def test_a_choice_that_is_none_is_dropped(app: App) -> None:
    page = opened(app, movement="sideways")
    assert "movement" not in page.query_params
    assert not page.exception


def test_finding_a_practice_opens_its_story_with_its_place_in_the_list(app: App, counted: Directory) -> None:
    page = opened(app)
    second = counted.rows[1]
    page.selectbox(key="find-practice").select(second.practice_id).run()
    assert (page.query_params["practice"], page.query_params["list"]) == (second.practice_id, "directory")
    assert f"2 of {len(counted.rows)} in Practices by referrals" in said(page)
    page.button(key="list-next").click().run()
    assert page.query_params["practice"] == counted.rows[2].practice_id
    page.button(key="list-previous").click().run()
    page.button(key="all-practices").click().run()
    assert "practice" not in page.query_params


def test_the_story_shows_what_the_command_counts(app: App, home: Home, counted: Directory) -> None:
    first = next(r for r in counted.rows if r.observable)
    story = one_practice(home.live(), owner(), Audience.inside, Filters(first="2025-11", practice=first.practice_id))
    page = opened(app, practice=first.practice_id)
    shown = metrics(page)
    assert shown["Referrals"] == f"{story.volume.value:,.0f}"
    assert shown["Went elsewhere"] == f"{story.leakage.total.numerator:,}"
    assert f"{first.name}</h1>" in said(page)
    assert 'href="tel:' in said(page)


def test_filters_that_one_practice_cannot_honour_are_off_and_payers_are_not(app: App, counted: Directory) -> None:
    page = opened(app, practice=counted.rows[0].practice_id)
    assert page.selectbox(key="filter-territory").disabled
    assert not page.selectbox(key="filter-payer").disabled
    page = opened(app)
    assert not page.selectbox(key="filter-territory").disabled
    assert page.selectbox(key="filter-payer").disabled


def test_peers_of_the_url_are_set_beside_it(app: App, counted: Directory) -> None:
    page = opened(app, practice=counted.rows[0].practice_id, peers="type")
    assert not page.exception
    assert "Of referrals that did not go out of network" in said(page)
    page = opened(app, practice=counted.rows[0].practice_id, peers="friends")
    assert "peers" not in page.query_params


def test_an_unknown_practice_is_dropped_and_said_over_the_directory(app: App) -> None:
    page = opened(app, practice="P9999")
    assert "practice" not in page.query_params
    assert "a practice that these data do not have" in said(page)
    assert "referred in twelve months" in said(page)


def test_one_that_only_we_receive_from_says_that_leakage_is_not_observable(app: App, counted: Directory) -> None:
    blind = next(r for r in counted.rows if r.referrals and not r.observable)
    page = opened(app, practice=blind.practice_id)
    assert metrics(page)["Leakage"] == "not known"
    assert "is not observable" in said(page)


def test_a_merged_practice_leads_to_the_one_it_counts_as(app: App, home: Home, counted: Directory) -> None:
    gone, kept = counted.rows[-1].practice_id, counted.rows[0].practice_id
    merge_into(home.store, "practice", gone, kept, actor="ann")
    try:
        page = opened(app, practice=gone)
        assert page.query_params["practice"] == kept
        assert f"{gone} was merged into this practice" in said(page)
        assert f"{gone} counts as this practice" in said(page)
    finally:
        undo(home.store, "practice", gone, actor="ann")


def test_what_is_written_meanwhile_is_on_the_next_run(app: App, home: Home, counted: Directory) -> None:
    of = counted.rows[0].practice_id
    page = opened(app, practice=of)
    words = "Asked for <b>our</b> fax number"
    visit = {"visit_id": "V-new", "person_id": "L1", "date": "2026-11-09", "channel": "phone", "notes": words}
    add(home.store, "visits", {**visit, "practice_id": of}, actor="ann")
    page.run()
    assert "Last touch 9 Nov 2026: phone" in said(page)
    assert "Asked for &lt;b&gt;our&lt;/b&gt; fax number" in said(page)


def test_a_name_of_files_has_a_story_and_says_that_it_is_not_on_record(app: App, own_home: Path) -> None:
    market = Market(own_home)
    rows = [
        {"referral_id": str(n), "referring_practice": "Nowhere Clinic", "network_status": "in", "created_day": 20_500}
        | {"month_id": month_id("2026-02"), "service_line": "Cardiology"}
        for n in range(9)
    ]
    market.refer(rows, "2026-04-05")
    page = opened(app, home="own", practice=given_id("nowhereclinic"))
    assert not page.exception
    assert "Nowhere Clinic</h1>" in said(page)
    assert "not on record" in said(page)
    assert metrics(page)["Referrals"] == "9"
    market.close()


def test_an_empty_home_says_what_would_be_here(app: App) -> None:
    page = opened(app, home="own")
    assert "No practices are in yet" in said(page)
    assert page.button(key="bring-practices")
