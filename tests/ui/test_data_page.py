"""The Data page: set-up list, records and their saves, mapping, imports, what may be shown of a file."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import add, edit, history_of
from liaison.ingest.formats import format_named
from liaison.ingest.preview import Head
from liaison.jobs import queue
from liaison.store import reading
from liaison.ui.data.bring import masked, told_apart
from liaison.ui.data.files import recognised
from liaison.ui.data.mapping import read_columns, word_lines
from liaison.ui.data.records import changes
from liaison.ui.data.trial import said as tried
from tests.ui.conftest import said

DATA = "pages/operate/data.py"
App = Callable[..., AppTest]


def part(app: App, name: str, home: str = "demo") -> AppTest:
    page = app()
    page.query_params["home"] = home
    page.switch_page(DATA)
    page.query_params["home"], page.query_params["part"] = home, name
    return page.run()


@pytest.mark.parametrize(
    "name", ["set-up", "bring", "imports", "quality", "merges", "records", "market", "definitions"]
)
def test_every_part_opens_on_the_demo_market_and_on_an_empty_home(app: App, name: str) -> None:
    assert not part(app, name).exception
    assert not part(app, name, home="own").exception


def test_the_set_up_list_says_what_is_in_and_what_is_missing(app: App) -> None:
    page = part(app, "set-up")
    assert "11 of 15 are in" in said(page)
    assert "40 in \u00b7 who refers" in said(page)
    assert "Would open: names and places for every NPI" in said(page)


def test_the_demo_market_takes_no_files(app: App) -> None:
    page = part(app, "bring")
    assert page.button(key="bring-own")
    assert not page.get("file_uploader")


def test_the_switch_opens_the_own_home(app: App) -> None:
    page = part(app, "set-up")
    page.button(key="switch-home").click().run()
    assert page.query_params["home"] == "own"
    assert "0 of 15 are in" in said(page)


def test_definitions_are_those_that_figures_are_counted_by(app: App) -> None:
    page = part(app, "definitions")
    labels = [expander.label for expander in page.expander]
    assert any(label.startswith("Leakage: Of referrals with a known destination") for label in labels)


def test_changes_of_the_table_are_told_by_record() -> None:
    opened = pd.DataFrame({"key": ["P1", "P2", "P3"], "version": [1, 4, 2], "name": ["Elm", "Oak", "Ash"]})
    state = {
        "edited_rows": {0: {"name": "Elm St"}, 2: {"name": "x"}, 1: {}},
        "added_rows": [{"practice_id": "P9", "name": "New"}, {}],
        "deleted_rows": [2],
    }
    found = changes(opened, state)
    assert (found.edited, found.removed, found.count) == ({"P1": {"name": "Elm St"}}, ["P3"], 3)
    assert found.added == [{"practice_id": "P9", "name": "New"}]


def records_script() -> None:
    import pandas as pd
    import streamlit as st

    from liaison.ui.data import records

    if "seen" not in st.session_state:
        st.session_state["home"] = "own"
        st.query_params["home"] = "own"
        st.session_state["seen"] = pd.DataFrame({"key": ["P1"], "version": [1], "name": ["Elm"]})
    st.session_state["editor"] = {"edited_rows": {0: {"name": "Elm of mine"}}}
    if st.button("save"):
        records._save("practices", st.session_state["seen"], "editor")
    records._tell_faults()


def test_a_stale_save_is_refused_with_both_values_and_a_good_one_is_counted_anew(app: App, own_home: Path) -> None:
    home = Home.open(Settings(home=own_home))
    add(home.store, "practices", {"practice_id": "P1", "name": "Elm"}, actor="ann")
    edit(home.store, "practices", "P1", {"name": "Elm of hers"}, expected_version=1, actor="ann")
    page = AppTest.from_function(records_script, default_timeout=30)
    page.run()
    page.button[0].click().run()
    assert "ann changed the practice P1 while you had it open" in said(page)
    assert "Elm of hers" in said(page)
    assert "Elm of mine" in said(page)
    page.session_state["seen"] = pd.DataFrame({"key": ["P1"], "version": [2], "name": ["Elm of hers"]})
    page.button[0].click().run()
    assert "1 change saved" in said(page)
    with reading(home.store) as connection:
        names = [(v.values or {})["name"] for v in history_of(connection, "practices", "P1")]
    assert names == ["Elm", "Elm of hers", "Elm of mine"]
    assert [job.kind for job in queue.jobs(home)] == ["recount"]
    home.close()


def test_a_suspected_identifier_is_never_shown() -> None:
    assert [masked("MRN", "12345"), masked("Clinic", "Elm"), masked("Patient Name", "")] == ["not shown", "Elm", ""]


def test_blank_and_doubled_headers_stay_apart() -> None:
    assert told_apart(("a", "", "a", "b")) == ["a", "column (2)", "a (3)", "b"]


def test_of_two_formats_that_fit_the_one_that_knows_more_columns_is_meant() -> None:
    head = Head("visits.csv", ("visit_id", "person_id", "date", "practice_id", "channel"), ())
    assert recognised(head)[0] == ("visits", 1.0)


def test_lines_of_the_mapping_become_columns_dates_and_constants() -> None:
    form = format_named("visits")
    lines = pd.DataFrame(
        [{"column": "", "dates": "", "same": ""} for _ in form.fields], index=[f.name for f in form.fields]
    )
    lines.loc["visit_id", "column"] = "No."
    lines.loc["date", ["column", "dates"]] = ["When", "%m/%d/%Y"]
    lines.loc["next_step_on", ["column", "dates"]] = ["Next", "%Y-%m-%d"]
    lines.loc["channel", ["column", "same"]] = ["How", "in_person"]
    assert read_columns(lines, form) == {
        "columns": {"visit_id": "No.", "date": "When", "next_step_on": "Next"},
        "dates": {"date": "%m/%d/%Y"},
        "constants": {"channel": "in_person"},
    }


def test_words_of_the_file_stand_beside_ours_where_they_are_known() -> None:
    field = format_named("referrals").field("network_status")
    assert field
    head = Head("x.csv", ("Net",), (("IN",), ("Leak",), ("IN",), ("",)))
    lines = word_lines(field, head, "Net", {"Leak": "out"})
    assert lines.values.tolist() == [["IN", "in"], ["Leak", "out"]]


def test_a_try_says_its_counts_in_one_sentence() -> None:
    counts = {
        "rows_read": 40,
        "rows_accepted": 39,
        "rows_new": 30,
        "rows_updated": 9,
        "rows_unchanged": 0,
        "npi_invalid": 2,
    }
    assert tried(counts) == (
        "39 of 40 rows would go in: 30 new, 9 changed, 0 as they are; 2 with an NPI that is not valid"
    )
