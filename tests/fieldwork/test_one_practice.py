"""What the team knows of one practice: who works there when, touches, changes in words, merges followed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import merges
from liaison.fieldwork.one_practice import PracticeFile, last_touches, practice_file, stamp, survivor
from liaison.store import reading, writing


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path / "home"))
    keep(opened, "practices", *({"practice_id": p, "name": f"Practice {p}"} for p in ("P1", "P2", "P3")))
    keep(opened, "people", {"person_id": "L1", "name": "Ann"})
    yield opened
    opened.close()


def keep(home: Home, kind: str, *rows: dict[str, Any]) -> None:
    with writing(home.store) as conn:
        fieldwork.write(conn, kind, list(rows), "ann")


def of(home: Home, practice_id: str) -> PracticeFile:
    with reading(home.store) as conn:
        return practice_file(conn, practice_id)


def test_who_works_there_is_dated(home: Home) -> None:
    at = {"practice_id": "P1", "in_office": "Mo;We"}
    keep(
        home,
        "providers",
        {"npi": "1", "name": "Stays", **at},
        {"npi": "2", "name": "Left", **at, "ends": "2026-01-31"},
        {"npi": "3", "name": "Comes", **at, "starts": "2026-06-01"},
    )
    kept = of(home, "P1")
    assert [p["name"] for p in kept.working_on("2026-03-01")] == ["Stays"]
    assert [p["name"] for p in kept.left_by("2026-03-01")] == ["Left"]
    assert [p["name"] for p in kept.working_on("2026-06-01")] == ["Stays", "Comes"]


def test_touches_are_newest_first_also_those_with_a_provider_of_the_practice(home: Home) -> None:
    keep(home, "providers", {"npi": "1", "name": "Doc", "practice_id": "P1"})
    visit = {"person_id": "L1", "channel": "in_person", "purpose": "follow_up"}
    keep(
        home,
        "visits",
        {"visit_id": "V1", "date": "2026-01-05", "practice_id": "P1", **visit},
        {"visit_id": "V2", "date": "2026-02-05", "npi": "1", **visit},
        {"visit_id": "V3", "date": "2026-03-05", "practice_id": "P2", "npi": "1", **visit},
    )
    kept = of(home, "P1")
    assert [(t.visit_id, t.who, t.how) for t in kept.touches] == [
        ("V2", "Ann", "In person, follow up"),
        ("V1", "Ann", "In person, follow up"),
    ]


def test_a_merge_brings_what_was_kept_under_the_other_id_and_undoing_takes_it_back(home: Home) -> None:
    keep(home, "visits", {"visit_id": "V1", "date": "2026-01-05", "practice_id": "P2", "person_id": "L1"})
    merges.merge_into(home.store, "practice", "P3", "P2", actor="ann")
    merges.merge_into(home.store, "practice", "P2", "P1", actor="ann")
    with reading(home.store) as conn:
        assert (survivor(conn, "P3"), survivor(conn, "P1")) == ("P1", "P1")
        assert last_touches(conn) == {"P1": "2026-01-05"}
    kept = of(home, "P1")
    assert (kept.merged_from, [t.visit_id for t in kept.touches]) == (("P2", "P3"), ["V1"])
    assert {c.said for c in kept.changes if c.kind == "merge"} == {
        "P2 counts as this practice",
        "P3 counts as this practice",
    }
    merges.undo(home.store, "practice", "P2", actor="ann")
    kept = of(home, "P1")
    assert (kept.merged_from, kept.touches) == ((), ())
    assert any(c.said == "P2 stands for itself again" for c in kept.changes)


def test_changes_of_the_record_say_what_was_and_what_is(home: Home) -> None:
    fieldwork.edit(home.store, "practices", "P1", {"phone": "555", "rural": True}, expected_version=1, actor="bo")
    changes = of(home, "P1").changes
    assert {(c.actor, c.said) for c in changes} == {
        ("ann", "Put on record"),
        ("bo", "Phone: blank \u2192 555; Rural: blank \u2192 yes"),
    }


def test_everything_that_is_written_moves_the_stamp(home: Home) -> None:
    with reading(home.store) as conn:
        before = stamp(conn)
    keep(home, "visits", {"visit_id": "V9", "date": "2026-01-05", "practice_id": "P2", "person_id": "L1"})
    with reading(home.store) as conn:
        assert stamp(conn) > before


def test_a_practice_that_nobody_keeps_has_no_record(home: Home) -> None:
    assert of(home, "name-1234").record is None
