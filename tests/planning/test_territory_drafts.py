"""Proposals in the store: changed with what it costs, refused over others' changes, adopted by date without loss."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork import history_of, write
from liaison.fieldwork.hand_over import in_charge
from liaison.fieldwork.one_practice import practice_file
from liaison.metrics.spots import territories
from liaison.planning.territories.adopt import BehindError, adopt
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.drafts import Draft, StaleDraftError, stored_draft
from liaison.planning.territories.made import Editor, draw_up
from liaison.store import reading, writing
from liaison.store.tables import assignment
from liaison.vocabulary import month_id

DAY, NEW_YEAR, FEBRUARY = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
NORTH, SOUTH = "county:37021", "county:37089"  # Buncombe and Henderson, which share a border
OFFICES = {"a": "28801", "b": "28803", "c": "28792", "d": "28739"}
FIRST = {"a": "L1", "b": "L1", "c": "L2", "d": "L2"}


def keep(home: Home, kind: str, *rows: dict[str, Any]) -> None:
    with writing(home.store) as connection:
        write(connection, kind, rows, "test")


def market(folder: Path, store_url: str | None = None) -> Home:
    """Two counties, two liaisons, four practices that wish a visit a month."""
    home = Home.open(Settings(home=folder, store_url=store_url))
    practices = [
        {"practice_id": id_, "name": f"Practice {id_}", "zip": code, "frequency": "monthly"}
        for id_, code in OFFICES.items()
    ]
    keep(home, "practices", *practices)
    people = [{"person_id": f"L{n}", "name": name, "start_zip": "28801"} for n, name in ((1, "Ann"), (2, "Bob"))]
    keep(home, "people", *people)
    keep(
        home, "assignments", *({"practice_id": p, "person_id": who, "starts": "2025-01-01"} for p, who in FIRST.items())
    )
    parts = [("T1", "North", "37021"), ("T2", "South", "37089")]
    keep(home, "territories", *({"territory_id": t, "name": n, "kind": "county", "code": c} for t, n, c in parts))
    return home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = market(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    fresh: Callable[[], str] | None = (
        request.getfixturevalue("fresh_postgres") if request.param == "postgresql" else None
    )
    opened = market(tmp_path / "home", fresh() if fresh else None)
    yield opened
    opened.close()


def drawn(home: Home) -> Draft:
    return draw_up(home, lambda share, words: None, by=DrawnFrom.county, actor="maya", today=DAY)


def editor(home: Home, draft: Draft, who: str = "maya") -> Editor:
    return Editor(home, draft.draft_id, draft.revision, who)


def on(home: Home, day: str) -> dict[str, str]:
    with reading(home.store) as connection:
        return in_charge(connection, day)


def covers(home: Home, month: str) -> dict[str, list[str]]:
    return {id_: sorted(t.counties | t.zips) for id_, t in territories(home.live(), month_id(month)).items()}


def test_a_proposal_is_read_as_it_was_drawn(any_home: Home) -> None:
    draft = drawn(any_home)
    with reading(any_home.store) as connection:
        again = stored_draft(connection)
    assert again == draft
    assert [(area.id, who) for area, who in zip(draft.market.areas, draft.of, strict=True)] == [(NORTH, 0), (SOUTH, 1)]
    assert draft.territories == ("T1", "T2")
    # Twelve visits a year less holidays: 365.25 / 31 days each; nobody changes hands.
    assert [round(part.visits, 2) for part in draft.weighed.parts] == [23.56, 23.56]
    assert draft.weighed.changes == ()


def test_what_is_adopted_holds_from_its_day_and_leaves_the_days_before_as_they_were(any_home: Home) -> None:
    draft = editor(any_home, drawn(any_home)).move_area(SOUTH, "L1")
    draft = editor(any_home, draft).move_practice("a", "L2")
    assert {(c.practice, c.before, c.after) for c in draft.weighed.changes} == {
        ("a", "L1", "L2"), ("c", "L2", "L1"), ("d", "L2", "L1"),
    }  # fmt: skip
    done = adopt(any_home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya")
    assert (done.assignments.ended, done.assignments.began) == (3, 3)
    assert on(any_home, "2026-12-31") == FIRST
    assert on(any_home, "2027-01-01") == {"a": "L2", "b": "L1", "c": "L1", "d": "L1"}
    # The credit of a day is its own: on the practice's page too.
    with reading(any_home.store) as connection:
        file = practice_file(connection, "c")
        versions = history_of(connection, "assignments", "c|L2||2025-01-01")
    assert [row["person_id"] for row in file.assigned_on("2026-12-31")] == ["L2"]
    assert [row["person_id"] for row in file.assigned_on("2027-01-01")] == ["L1"]
    assert [(v.actor, (v.values or {}).get("ends")) for v in versions] == [("test", None), ("maya", "2026-12-31")]
    # Henderson goes from South to North's territory, by whole months.
    assert covers(any_home, "2026-12") == {"T1": ["37021"], "T2": ["37089"]}
    assert covers(any_home, "2027-01") == {"T1": ["37021", "37089"], "T2": []}


def test_an_adoption_is_taken_back_by_a_later_one(home: Home) -> None:
    draft = editor(home, drawn(home)).move_area(SOUTH, "L1")
    adopt(home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya")
    back = editor(home, drawn(home)).as_it_was(DAY)
    adopt(home, back.draft_id, back.revision, FEBRUARY, actor="maya")
    assert on(home, "2027-01-31") == dict.fromkeys(OFFICES, "L1")
    assert on(home, "2027-02-01") == FIRST
    assert covers(home, "2027-02") == {"T1": ["37021"], "T2": ["37089"]}


def test_what_was_adopted_cannot_be_changed_or_adopted_again(home: Home) -> None:
    draft = editor(home, drawn(home)).move_area(SOUTH, "L1")
    adopt(home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya")
    with pytest.raises(LiaisonError, match="was adopted from 2027-01-01 by maya"):
        editor(home, draft).move_area(SOUTH, "L2")
    with pytest.raises(LiaisonError, match="was adopted"):
        adopt(home, draft.draft_id, draft.revision, FEBRUARY, actor="maya")


def test_a_change_over_somebody_elses_is_refused(home: Home) -> None:
    draft = drawn(home)
    editor(home, draft, "dan").move_area(SOUTH, "L1")
    with pytest.raises(StaleDraftError, match="dan changed this proposal"):
        editor(home, draft).move_practice("a", "L2")
    with pytest.raises(StaleDraftError):
        adopt(home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya")
    assert on(home, "2027-01-01") == FIRST


def test_assignments_that_changed_meanwhile_must_be_looked_at_first(home: Home) -> None:
    draft = editor(home, drawn(home)).move_area(SOUTH, "L1")
    keep(home, "assignments", {"practice_id": "a", "person_id": "L1", "starts": "2025-01-01", "ends": "2026-11-30"})
    keep(home, "assignments", {"practice_id": "a", "person_id": "L2", "starts": "2026-12-01"})
    with pytest.raises(BehindError):
        adopt(home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya")
    now = editor(home, draft).up_to_date(DAY)
    assert ("a", "L2", "L1") in {(c.practice, c.before, c.after) for c in now.weighed.changes}
    adopt(home, now.draft_id, now.revision, NEW_YEAR, actor="maya")
    assert set(on(home, "2027-01-01").values()) == {"L1"}


def test_who_looks_after_one_line_stays_and_what_begins_later_stands_in_the_way(home: Home) -> None:
    keep(home, "assignments", {"practice_id": "c", "person_id": "L2", "service_line": "Neurology"})
    draft = editor(home, drawn(home)).move_area(SOUTH, "L1")
    adopt(home, draft.draft_id, draft.revision, NEW_YEAR, actor="maya", with_territories=False)
    with reading(home.store) as connection:
        line = connection.execute(select(assignment).where(assignment.c.service_line == "Neurology")).one()
    assert line.ends is None
    assert covers(home, "2027-01") == {"T1": ["37021"], "T2": ["37089"]}
    again = editor(home, drawn(home)).move_area(SOUTH, "L2")
    with pytest.raises(LiaisonError, match="2 already have an assignment that begins on 2026-12-15 or later: c, d"):
        adopt(home, again.draft_id, again.revision, date(2026, 12, 15), actor="maya", with_territories=False)


def test_territories_change_on_the_first_of_a_month_only_and_nothing_is_half_done(home: Home) -> None:
    draft = editor(home, drawn(home)).move_area(SOUTH, "L1")
    with pytest.raises(LiaisonError, match="not the first of a month"):
        adopt(home, draft.draft_id, draft.revision, date(2027, 1, 15), actor="maya")
    assert on(home, "2027-01-15") == FIRST


def test_areas_and_people_that_are_not_there_are_refused(home: Home) -> None:
    draft = drawn(home)
    for change in (
        lambda e: e.move_area("county:1", "L1"),
        lambda e: e.move_area(SOUTH, "M9"),
        lambda e: e.move_practice("z", "L1"),
    ):
        with pytest.raises(LiaisonError):
            change(editor(home, draft))
    keep(home, "people", {"person_id": "L2", "name": "Bob", "ends": "2026-11-30"})
    with pytest.raises(LiaisonError, match="no one of the team today"):
        draw_up(home, lambda share, words: None, people=["L1", "L2"], actor="maya", today=DAY)
    # Practices of who has left change hands, and say whose they were.
    found = draw_up(home, lambda share, words: None, people=["L1"], by=DrawnFrom.county, actor="maya", today=DAY)
    assert {(c.practice, c.before) for c in found.weighed.changes} == {("c", "L2"), ("d", "L2")}
