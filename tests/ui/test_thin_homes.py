"""An own home that holds next to nothing: one practice, the destination of no referral known, no month complete."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.vocabulary import month_id
from tests.spec.market import Market
from tests.ui.conftest import said

App = Callable[..., AppTest]
SEE = [f"pages/see/{name}.py" for name in ("overview", "territories", "leakage", "funnel", "practice", "organisations")]


@pytest.fixture
def thin(own_home: Path) -> Iterator[Market]:
    """Three referrals that were made in the month of their extract."""
    market = Market(own_home)
    row = {"referring_practice": "Nowhere Clinic", "created_day": 20_546, "month_id": month_id("2026-04")}
    market.refer([row | {"referral_id": str(n), "service_line": "Cardiology"} for n in range(3)], "2026-04-05")
    yield market
    market.close()


@pytest.mark.parametrize("page", SEE)
def test_a_page_says_what_there_is_and_offers_no_filter_to_clear_that_nobody_set(
    app: App, thin: Market, page: str
) -> None:
    shown = app(page, home="own")
    assert not shown.exception
    assert "</h1><h2>" in said(shown)
    assert "All 1 " not in said(shown)
    assert [button.label for button in shown.button if button.label == "Clear filters"] == []


def test_a_filter_that_leaves_nothing_over_can_be_cleared(app: App, thin: Market) -> None:
    shown = app("pages/see/overview.py", home="own", window="2020-01_2020-02")
    assert "No referral matches these filters" in said(shown)
    assert shown.button(key="clear-filters")


def test_the_data_page_says_that_no_month_is_complete(app: App, thin: Market) -> None:
    assert "Referrals are in from Apr 2026, and no month is complete" in said(app("pages/operate/data.py", home="own"))
