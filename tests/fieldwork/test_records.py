"""Records come in, change, go out again, and every version of them is kept."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlalchemy import Engine, create_engine, event, select

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.completeness import visits_complete_from
from liaison.fieldwork.versions import SAME
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade
from liaison.store.tables import history, metadata

ELM: dict[str, Any] = {
    "practice_id": "P1",
    "name": "Elm Street",
    "phone": "615 555 0101",
    "lat": "36.1",
    "rural": "true",
}
OAK: dict[str, Any] = {"practice_id": "P2", "name": "Oak Hill", "phone": None, "lat": None, "rural": None}


def write(store: Engine, kind: str, rows: list[dict[str, Any]], batch: str | None = None) -> fieldwork.Written:
    with writing(store) as conn:
        return fieldwork.write(conn, kind, rows, "ann", batch)


def forget(store: Engine, batch: str) -> dict[str, int]:
    with writing(store) as conn:
        return fieldwork.forget(conn, batch)


def records(store: Engine, kind: str = "practices") -> dict[str, dict[str, Any]]:
    with reading(store) as conn:
        return {r["key"]: r for r in fieldwork.all_records(conn, kind)}


def test_an_import_says_what_was_new_changed_and_the_same(any_store: Engine) -> None:
    assert write(any_store, "practices", [ELM, OAK], "b1") == fieldwork.Written(2, 0, 0)
    moved = ELM | {"phone": "615 555 0199"}
    birch = {"practice_id": "P3", "name": "Birch"}
    assert write(any_store, "practices", [moved, OAK, OAK | birch], "b2") == fieldwork.Written(1, 1, 1)
    stored = records(any_store)
    assert stored["P1"]["phone"] == "615 555 0199"
    assert (stored["P1"]["lat"], stored["P1"]["rural"]) == (36.1, True)
    assert [stored[p]["version"] for p in ("P1", "P2", "P3")] == [2, 1, 1]


def test_forgetting_an_import_brings_back_the_version_before(any_store: Engine) -> None:
    write(any_store, "practices", [ELM], "b1")
    write(any_store, "practices", [ELM | {"name": "Elm St"}, OAK], "b2")
    assert forget(any_store, "b2") == {"practices": 2}
    stored = records(any_store)
    assert set(stored) == {"P1"}
    assert stored["P1"]["name"] == "Elm Street"
    assert stored["P1"]["version"] == 3  # an edit begun before the forget is stale


def test_forgetting_an_import_that_a_later_one_repeats_changes_nothing(any_store: Engine) -> None:
    write(any_store, "practices", [ELM, OAK], "b1")
    write(any_store, "practices", [ELM, OAK], "b2")
    before = records(any_store)
    assert forget(any_store, "b1") == {"practices": 0}
    assert records(any_store) == before
    assert forget(any_store, "b2") == {"practices": 2}
    assert records(any_store) == {}


def test_a_repeated_row_takes_no_room(store: Engine) -> None:
    write(store, "practices", [ELM], "b1")
    write(store, "practices", [ELM], "b2")
    with reading(store) as conn:
        texts = conn.scalars(select(history.c["values"]).order_by(history.c.id)).all()
        versions = fieldwork.history_of(conn, "practices", "P1")
    assert texts[1] == SAME
    assert [v.batch_id for v in versions] == ["b1"]


def test_a_correction_by_hand_outlives_the_same_file_next_week(any_store: Engine) -> None:
    write(any_store, "practices", [ELM], "b1")
    fieldwork.edit(any_store, "practices", "P1", {"phone": "615 555 0777"}, expected_version=1, actor="bob")
    assert write(any_store, "practices", [ELM], "b2") == fieldwork.Written(0, 0, 1)
    assert records(any_store)["P1"]["phone"] == "615 555 0777"
    # Something new in another cell comes in and leaves the corrected one alone.
    write(any_store, "practices", [ELM | {"name": "Elm Street Clinic"}], "b3")
    assert records(any_store)["P1"]["phone"] == "615 555 0777"
    assert records(any_store)["P1"]["name"] == "Elm Street Clinic"
    # A new value for the corrected cell itself wins: the file knows something newer.
    write(any_store, "practices", [ELM | {"phone": "615 555 0900"}], "b4")
    assert records(any_store)["P1"]["phone"] == "615 555 0900"


def test_a_correction_alone_is_no_record(any_store: Engine) -> None:
    write(any_store, "practices", [ELM], "b1")
    fieldwork.edit(any_store, "practices", "P1", {"phone": "615 555 0777"}, expected_version=1, actor="bob")
    forget(any_store, "b1")
    assert records(any_store) == {}
    assert write(any_store, "practices", [ELM], "b1").new == 1
    assert set(records(any_store)) == {"P1"}


def test_since_when_visits_are_complete_is_forgotten_with_the_import(store: Engine) -> None:
    write(store, "people", [{"person_id": "ann", "name": "Ann"}], "b1")
    with writing(store) as conn:
        visits_complete_from(conn, ["ann", "ann"], "2025-07", "bob", "b2")
    assert records(store, "people")["ann"]["visits_complete_from"] == "2025-07"
    forget(store, "b2")
    assert records(store, "people")["ann"]["visits_complete_from"] is None
    with pytest.raises(LiaisonError, match="not a month"), writing(store) as conn:
        visits_complete_from(conn, ["ann"], "July", "bob", "b3")


def test_a_file_without_a_column_leaves_what_is_known(store: Engine) -> None:
    write(store, "practices", [ELM], "b1")
    write(store, "practices", [{"practice_id": "P1", "name": "Elm Street", "frequency": "weekly"}], "b2")
    stored = records(store)["P1"]
    assert (stored["phone"], stored["frequency"]) == ("615 555 0101", "weekly")
    forget(store, "b1")
    assert (records(store)["P1"]["phone"], records(store)["P1"]["frequency"]) == (None, "weekly")


def test_a_blank_column_more_is_no_change(store: Engine) -> None:
    write(store, "practices", [ELM], "b1")
    assert write(store, "practices", [ELM | {"parking": ""}], "b2") == fieldwork.Written(0, 0, 1)


def test_every_version_is_kept_with_who_and_when(store: Engine) -> None:
    write(store, "practices", [ELM], "b1")
    fieldwork.edit(store, "practices", "P1", {"name": "Elm St"}, expected_version=1, actor="bob")
    fieldwork.remove(store, "practices", "P1", expected_version=2, actor="cat")
    with reading(store) as conn:
        versions = fieldwork.history_of(conn, "practices", "P1")
    assert [(v.actor, v.batch_id, v.values and v.values["name"]) for v in versions] == [
        ("ann", "b1", "Elm Street"),
        ("bob", None, "Elm St"),
        ("cat", None, None),
    ]
    assert all(v.at.endswith("+00:00") for v in versions)
    assert records(store) == {}
    assert write(store, "practices", [ELM], "b2").new == 1  # an import that names it again brings it back


def test_a_stale_save_is_refused_with_both_values(any_store: Engine) -> None:
    write(any_store, "practices", [ELM], "b1")
    fieldwork.edit(any_store, "practices", "P1", {"phone": "1"}, expected_version=1, actor="bob")
    with pytest.raises(fieldwork.StaleSaveError) as refused:
        fieldwork.edit(any_store, "practices", "P1", {"phone": "2"}, expected_version=1, actor="cat")
    assert "bob" in refused.value.what
    assert "“1”" in refused.value.what
    assert "“2”" in refused.value.what
    assert records(any_store)["P1"]["phone"] == "1"


def test_of_two_who_save_at_once_one_is_told(any_store: Engine) -> None:
    write(any_store, "practices", [ELM], "b1")

    def save(who: str) -> str:
        try:
            fieldwork.edit(any_store, "practices", "P1", {"phone": who}, expected_version=1, actor=who)
        except fieldwork.StaleSaveError:
            return "told"
        return "saved"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(save, "abcdefgh"))
    assert outcomes == ["saved"] + ["told"] * 7
    assert records(any_store)["P1"]["version"] == 2


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"lat": 97.0}, "not a latitude"),
        ({"hours": "Mo 17:00-08:00"}, "not opening hours"),
        ({"zone": "Nashville"}, "not a time zone"),
        ({"name": " "}, "name is missing"),
        ({"practice_id": "P9"}, "cannot be changed"),
        ({"colour": "red"}, "has no colour"),
        ({"lat": "north"}, "not a number"),
    ],
)
def test_a_wrong_value_by_hand_is_refused(store: Engine, values: dict[str, Any], says: str) -> None:
    write(store, "practices", [ELM], "b1")
    with pytest.raises(LiaisonError, match=says):
        fieldwork.edit(store, "practices", "P1", values, expected_version=1, actor="bob")
    assert records(store)["P1"]["version"] == 1


def test_an_assignment_names_a_practice_and_a_person_that_exist(store: Engine) -> None:
    write(store, "practices", [ELM])
    with pytest.raises(LiaisonError, match="“ann” is not the id of a person") as refused:
        fieldwork.add(store, "assignments", {"practice_id": "P1", "person_id": "ann"}, actor="bob")
    assert refused.value.remedy == "Import people first, or correct the id."
    write(store, "people", [{"person_id": "ann", "name": "Ann"}])
    assert fieldwork.add(store, "assignments", {"practice_id": "P1", "person_id": "ann"}, actor="bob") == "P1|ann||"
    with pytest.raises(LiaisonError, match="already"):
        fieldwork.add(store, "assignments", {"practice_id": "P1", "person_id": "ann"}, actor="bob")


def test_equal_expense_lines_are_both_kept(store: Engine) -> None:
    taxi = {"month": "2026-03", "kind": "travel", "amount": "12.50", "person_id": "ann", "note": "taxi"}
    assert write(store, "costs", [taxi, taxi, taxi | {"note": "train"}], "b1").new == 3
    assert sum(r["amount"] for r in records(store, "costs").values()) == 37.5
    assert write(store, "costs", [taxi, taxi], "b2") == fieldwork.Written(0, 0, 2)


def test_a_row_that_stands_twice_counts_once_and_the_last_word_wins(store: Engine) -> None:
    written = write(store, "practices", [ELM, OAK, ELM, OAK | {"name": "Oak"}])
    assert (written.new, written.repeated, written.contradicted) == (2, 1, 1)
    assert records(store)["P2"]["name"] == "Oak"
    assert "Warning" in written.notes[1]


def test_two_spellings_of_one_contact_are_one_contact(store: Engine) -> None:
    write(store, "contacts", [{"practice_id": "P1", "name": "Dr. Ana Díaz", "job": "owner"}], "b1")
    assert write(store, "contacts", [{"practice_id": "P1", "name": "dr ana diaz", "job": "owner"}], "b2").updated == 1
    assert len(records(store, "contacts")) == 1


def test_places_of_a_provider_keep_the_order_they_came_in(store: Engine) -> None:
    places = [{"npi": "1234567893", "name": "Roe", "practice_id": p} for p in ("P2", "P1")]
    write(store, "providers", places, "b1")
    write(store, "providers", [places[1] | {"name": "Roe, J"}, places[0]], "b2")
    listed = {r["practice_id"]: r["listed"] for r in records(store, "providers").values()}
    assert listed == {"P2": 1, "P1": 2}


def test_names_that_contain_the_separator_stay_apart(store: Engine) -> None:
    a = {"territory_id": "north|zip", "name": "N", "kind": "zip", "code": "37203"}
    b = {"territory_id": "north", "name": "N", "kind": "zip|zip", "code": "37203"}
    assert write(store, "territories", [a, b]).new == 2


IMPORTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([None, "x", "y"]), st.sampled_from([None, "x"])),
    min_size=1,
    max_size=4,
)
STEPS = st.lists(
    st.one_of(IMPORTS.map(lambda rows: ("import", rows)), st.tuples(st.just("forget"), st.integers(0, 7))), max_size=8
)


@given(STEPS)
@settings(max_examples=40)
def test_forgetting_equals_never_having_imported(steps: list[tuple[str, Any]]) -> None:
    """Whatever was imported and forgotten, in whatever order: the rest alone, imported afresh, gives the same."""
    worn, batches = _empty(), {}
    for number, (what, value) in enumerate(steps):
        if what == "import":
            rows = [{"practice_id": p, "name": p, "phone": phone, "city": city} for p, phone, city in value]
            write(worn, "practices", rows, f"b{number}")
            batches[f"b{number}"] = rows
        elif batches:
            batch = sorted(batches)[value % len(batches)]
            forget(worn, batch)
            del batches[batch]
    fresh = _empty()
    for batch in sorted(batches):
        write(fresh, "practices", batches[batch], batch)
    assert _content(worn) == _content(fresh)
    worn.dispose()
    fresh.dispose()


def _empty() -> Engine:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    return engine


def _content(engine: Engine) -> list[dict[str, Any]]:
    return [{c: v for c, v in r.items() if c != "version"} for r in records(engine).values()]


def test_a_team_s_records_are_written_in_few_statements(sqlite_url: str) -> None:
    engine = open_store(sqlite_url)
    upgrade(engine)
    practices = [{"practice_id": f"P{i}", "name": f"Practice {i}", "zip": "37203", "lat": "36.1"} for i in range(400)]
    providers = [{"npi": f"{i:010d}", "name": f"N{i}", "practice_id": f"P{i % 400}"} for i in range(5_000)]
    visits = [
        {"visit_id": f"V{i}", "person_id": "ann", "date": "2026-03-01", "practice_id": f"P{i % 400}", "minutes": "20"}
        for i in range(10_000)
    ]
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    counts = [
        write(engine, k, r, k).new for k, r in (("practices", practices), ("providers", providers), ("visits", visits))
    ]
    engine.dispose()
    assert counts == [400, 5_000, 10_000]
    assert len(said) < 100, "a statement a row would be fifteen thousand"
