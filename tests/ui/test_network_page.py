"""The page of flows: what the command counts, one flow with its practices, an unknown one, outside the team."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.filters import Filters
from liaison.metrics.findings import network as says
from liaison.metrics.network import network
from liaison.vocabulary import Audience
from tests.ui.conftest import said

PAGE = "pages/see/network.py"
App = Callable[..., AppTest]
YEAR = Filters(first="2025-11")


def opened(app: App, **params: str) -> AppTest:
    page = app(PAGE)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def test_the_page_says_what_the_command_counts_and_opens_one_flow(app: App, small_market: Path) -> None:
    home = Home.open(Settings(home=small_market))
    found = network(home.live(), owner(), Audience.inside, YEAR)
    home.close()
    flow = found.flows[0]
    page = opened(app, **{"from": flow.sender, "to": flow.to.key})
    assert says.headline(found) in said(page)
    assert f"{flow.referrals:,} referrals; {flow.before:,} in the window before" in said(page)
    behind = page.dataframe[1].value
    assert behind["numerator"].sum() == flow.referrals
    cut = opened(app, line="neurology")
    assert says.headline(found) not in said(cut)


def test_a_flow_that_is_not_there_is_left_away_and_said(app: App) -> None:
    page = opened(app, **{"from": "nobody", "to": "nowhere"})
    assert "from" not in page.query_params
    assert "The link named a flow that these filters do not have" in said(page)


def test_outside_the_team_there_is_no_flow(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    page = opened(app)
    assert "Who sends to whom is not shown outside the team" in said(page)
    assert not page.dataframe
