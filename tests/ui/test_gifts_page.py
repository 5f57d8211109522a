"""The page Gifts: what an entry comes to before it is made, an override where it must be, nothing of it elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from liaison.facts.home import Home
from liaison.fieldwork.gift_ledger import give
from liaison.store import reading
from liaison.store.tables import gift, provider_place
from liaison.ui import entries
from liaison.ui.clock import today
from tests.ui.conftest import said

PAGE = "pages/do/gifts.py"
App = Callable[..., AppTest]


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def physician(home: Home) -> tuple[str, str]:
    with reading(home.store) as conn:
        row = conn.execute(select(provider_place.c.npi, provider_place.c.name).order_by(provider_place.c.npi)).first()
    assert row is not None
    return row.npi, row.name


def test_an_entry_past_the_limit_waits_for_its_reason_and_is_then_kept_with_it(home: Home, app: App) -> None:
    npi, name = physician(home)
    give(
        home.store,
        {"given_on": f"{today()[:4]}-01-01", "kind": "gift", "npi": npi, "amount": 500, "occasion": "Basket"},
        actor="ann",
    )
    test = app(PAGE)
    test.selectbox(key="gift-who-0").set_value(npi)
    test.text_input(key="gift-occasion-0").set_value("Book")
    test.number_input(key="gift-dollars-0").set_value(40.0)
    test.checkbox(key="gift-fine-0").check().run()
    assert f"{name}: $500.00 given" in said(test)
    assert "$5.00 past the limit of $535.00" in said(test)
    assert test.button(key="gift-enter").disabled
    test.text_input(key="gift-override-0").set_value("Compliance, case 7").run()
    test.button(key="gift-enter").click().run()
    assert f"Entered: {name}" in said(test)
    assert "1 physician passed the limit" in said(test)
    with reading(home.store) as conn:
        kept = conn.execute(select(gift.c.amount, gift.c.override).order_by(gift.c.amount)).all()
    assert [tuple(row) for row in kept] == [(40.0, "Compliance, case 7"), (500.0, None)]


def elsewhere(home: Home, app: App, titles: tuple[str, ...]) -> None:
    """A sum that stands nowhere else is on the ledger's page, and on none of these."""
    npi, _ = physician(home)
    with reading(home.store) as conn:
        place = conn.scalar(select(provider_place.c.practice_id).where(provider_place.c.npi == npi))
    values = {"kind": "gift", "npi": npi, "amount": 77.77, "occasion": "Zither concert", "practice_id": place}
    give(home.store, {"given_on": f"{today()[:4]}-01-01", **values}, actor="ann")
    assert "77.77" in str(app(PAGE).dataframe[0].value)
    for title in titles:
        test = app(entries.listed()[title].file, practice=str(place))
        assert not test.exception
        shown = said(test) + " ".join(str(frame.value) for frame in test.dataframe)
        assert [word for word in ("77.77", "Zither") if word in shown] == [], title


def test_no_gift_stands_where_a_practice_is_told_of(home: Home, app: App) -> None:
    elsewhere(home, app, ("Practices", "Next visits"))


@pytest.mark.audit
def test_no_gift_stands_on_any_other_page(home: Home, app: App) -> None:
    elsewhere(home, app, tuple(title for title in entries.listed() if title != "Gifts"))
