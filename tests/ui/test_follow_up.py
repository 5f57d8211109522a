"""A practice's page hands a filled text to one's own mail program."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.store import reading
from liaison.store.tables import contact

App = Callable[..., AppTest]


def test_a_practice_page_opens_a_mail_to_a_contact_of_it(app: App, small_market: Path) -> None:
    home = Home.open(Settings(home=small_market))
    with reading(home.store) as conn:
        place, name = conn.execute(
            select(contact.c.practice_id, contact.c.name).where(contact.c.email.is_not(None)).order_by(contact.c.key)
        ).first() or ("", "")
    home.close()
    page = app("pages/see/practice.py")
    page.query_params["practice"] = place
    page.run()
    assert not page.code
    page.button(key="follow-up").click().run()
    assert not page.exception
    assert f"Dear {name}," in page.code[0].value
