"""The Funnel page: what it says is what the commands count; lists of referrals are recorded."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.access.audit import Entry, entries
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.rows import Which, rows
from liaison.metrics.stuck_by import stuck_by
from liaison.vocabulary import Audience, Stage
from tests.ui.conftest import said

FUNNEL = "pages/see/funnel.py"
YEAR = Filters(first="2025-11")
App = Callable[..., AppTest]
INSIDE = Audience.inside


@pytest.fixture
def home(small_market: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=small_market))
    yield opened
    opened.close()


def at(app: App, **params: str) -> AppTest:
    page = app(FUNNEL)
    for name, value in params.items():
        page.query_params[name] = value
    return page.run()


def test_tiles_show_what_the_commands_count(app: App, home: Home) -> None:
    shown = {metric.label: metric.value for metric in app(FUNNEL).metric}
    counted = funnel(home.live(), owner(), INSIDE, YEAR)
    stuck = stuck_by(home.live(), owner(), INSIDE, YEAR, "service_line").total
    created, seen = counted.reached(Stage.created), counted.reached(Stage.seen)
    assert created is not None
    assert seen is not None
    assert shown == {
        "Referrals created": f"{created.reached:,}",
        "Seen so far": f"{seen.share:.0%}",
        "Loop closed": shown["Loop closed"],
        "Stuck referrals": f"{stuck.numerator:,}",
    }


def test_the_sentence_says_how_many_are_seen(app: App) -> None:
    page = app(FUNNEL)
    assert not page.exception
    assert "of referrals have been seen so far" in said(page)
    assert "Where referrals are stuck, by service line" in said(page) or "is stuck, more than" in said(page)


def test_a_stage_of_the_url_keeps_the_list_to_those_who_wait_in_it(app: App, home: Home) -> None:
    page = at(app, stage="scheduled")
    one = stuck_by(home.live(), owner(), INSIDE, YEAR, "service_line", "scheduled").total.numerator
    assert page.selectbox(key="option-stage").value == "scheduled"
    assert page.toggle(key="rows-stuck-open").label == f"List the {one:,} stuck referrals one by one"


def test_a_stage_that_there_is_not_is_left_away(app: App) -> None:
    page = at(app, stage="nowhere")
    assert not page.exception
    assert "stage" not in page.query_params


@pytest.mark.parametrize("by", ["payer", "organisation", "practice"])
def test_rows_are_of_the_kind_that_the_url_says(app: App, home: Home, by: str) -> None:
    page = at(app, by=by)
    counted = stuck_by(home.live(), owner(), INSIDE, YEAR, by)  # type: ignore[arg-type]
    table = next(frame.value for frame in page.dataframe if "range" in frame.value)
    assert table["stuck"].tolist() == [r.figure.numerator for r in counted.rows]
    assert (table["range"] == "too few").tolist() == [(r.figure.denominator or 0) < 11 for r in counted.rows]


def test_a_practice_that_is_picked_can_be_opened_in_its_list(app: App, home: Home) -> None:
    first = stuck_by(home.live(), owner(), INSIDE, YEAR, "practice").rows[0]
    page = at(app, by="practice", row=first.key)
    assert f"{first.label}: stuck referrals, one by one" in said(page)
    links = [link.proto for link in page.get("page_link")]
    assert [link.label for link in links if "list=stuck" in link.query_string] == [f"Open {first.label}"]


def looks(home: Home, since: int) -> list[Entry]:
    """Entries of the record that came after the first `since`, the oldest first."""
    found = list(entries(home.store, limit=10_000).entries)[::-1]
    return found[since:]


def test_a_list_of_referrals_is_shown_on_demand_and_each_look_is_recorded(app: App, home: Home) -> None:
    before = len(looks(home, 0))
    page = at(app, by="service_line", row="neurology")
    assert looks(home, before) == []
    page.toggle(key="rows-stuck-open").set_value(True).run()
    asked = Filters(first="2025-11", service_line="neurology")
    counted = rows(home.live(), owner(), INSIDE, asked, Which.stuck)
    listed = next(frame.value for frame in page.dataframe if "referral_id" in frame.value)
    assert listed["referral_id"].tolist() == counted.frame["referral_id"].tolist()
    entry = looks(home, before)[0]
    assert (entry.actor, entry.action.value, entry.what) == ("owner", "looked", "stuck")
    assert (entry.listed, entry.total) == (len(counted.frame), counted.total)
    assert dict(entry.filters) == {"service_line": "neurology", "from": "2025-11"}
    page.run()
    assert len(looks(home, before)) == 1  # the same list, still open
    page.selectbox(key="option-stage").select("received").run()
    assert [e.filters.get("stage") for e in looks(home, before)] == [None, "received"]


def test_no_id_of_a_referral_stands_in_the_record(app: App, home: Home) -> None:
    page = app(FUNNEL)
    page.toggle(key="rows-stuck-open").set_value(True).run()
    ids = rows(home.live(), owner(), INSIDE, YEAR, Which.stuck).frame["referral_id"]
    text = " ".join(str(entry) for entry in looks(home, 0))
    assert not [i for i in ids if i in text]


def test_two_windows_stand_side_by_side(app: App) -> None:
    page = at(app, view="change")
    assert "Now: Nov 2025 to Oct 2026. Before: Nov 2024 to Oct 2025." in said(page)
    assert any("moved_before" in frame.value for frame in page.dataframe)


def test_months_of_ones_own_can_be_compared_with(app: App) -> None:
    page = at(app, view="change", against="2024-11_2025-01")
    assert "Before: Nov 2024 to Jan 2025." in said(page)
    page.selectbox(key="against-last").select(2025 * 12 + 3).run()
    assert page.query_params["against"] == "2024-11_2025-04"


def test_without_months_before_nothing_is_compared(app: App) -> None:
    assert "The months before this window are not in" in said(at(app, view="change", window="all"))


def test_days_to_the_appointment_are_called_an_association(app: App) -> None:
    page = at(app, view="wait")
    assert "An association, not a cause" in said(page)
    assert any("appointments" in frame.value for frame in page.dataframe)


def test_payers_are_off_where_a_place_is_chosen(app: App) -> None:
    page = at(app, territory="T1")
    assert page.selectbox(key="filter-payer").disabled


def test_nothing_found_says_so(app: App) -> None:
    assert "No referral matches these filters" in said(at(app, window="2019-01_2019-02"))


def test_an_empty_home_says_what_would_be_here(app: App) -> None:
    page = app(home="own")
    page.query_params["home"] = "own"
    page.switch_page(FUNNEL).run()
    assert "No referrals are in yet" in said(page)
    assert page.button(key="bring-referrals")
