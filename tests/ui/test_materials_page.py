"""The page Materials: an empty catalogue says so; a version is added; who holds an old one is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from liaison import fieldwork
from liaison.facts.home import Home
from liaison.store import reading, writing
from liaison.store.tables import person, practice
from tests.ui.conftest import said

PAGE = "pages/do/materials.py"


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def test_a_practice_that_holds_an_old_version_is_named_with_what_to_bring(
    home: Home, app: Callable[..., AppTest]
) -> None:
    assert "The catalogue is empty" in said(app(PAGE))
    with writing(home.store) as conn:
        place, name = conn.execute(select(practice.c.practice_id, practice.c.name)).first()  # type: ignore[misc]
        who = conn.scalars(select(person.c.person_id)).first()
        old = {"material_id": "stroke", "version_name": "v1", "title": "Stroke pathway", "valid_from": "2026-01-01"}
        fieldwork.write(conn, "materials", [old], "ann")
        seen = {"visit_id": "M1", "practice_id": place, "person_id": who, "date": "2026-02-02", "materials": "stroke"}
        fieldwork.write(conn, "visits", [seen], "ann")
    test = app(PAGE)
    assert "What was left at 1 practice is up to date" in said(test)
    for key, value in (("id", "stroke"), ("title", "Stroke pathway"), ("version", "v2")):
        test.text_input(key=f"material-{key}-0").set_value(value)
    test.run()
    test.button(key="material-add").click().run()
    assert "1 of 1 practices hold something that is out of date" in said(test)
    shown = test.dataframe[0].value
    assert (shown["practice"][0], shown["bring"][0]) == (name, "v2")
    with reading(home.store) as conn:
        assert [v.actor for v in fieldwork.history_of(conn, "materials", "stroke|v2")]
