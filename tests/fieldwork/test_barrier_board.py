"""The board: whose, how old, how late, who hears of it; and what stuck referrals propose until it is declined."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork import barrier_steps as steps
from liaison.fieldwork.barrier_board import Board, barriers_at, board, history
from liaison.fieldwork.barrier_proposals import Cell, Proposed, accept, cells_of, decline, proposals, take_back
from liaison.fieldwork.merges import merge_into
from liaison.store import reading, writing
from liaison.vocabulary import Stage

TODAY = "2026-11-30"


@dataclass(frozen=True)
class Counted:
    practice_id: str
    stuck: int
    stage: Stage = Stage.scheduled
    practice: str = "Elm Street"
    line_label: str = "Neurology"
    days: int = 31


def barrier(number: int, raised: str, **more: Any) -> dict[str, Any]:
    return {
        "barrier_id": f"B{number}",
        "practice_id": "P1",
        "raised_on": raised,
        "kind": "access",
        "what": "Eleven weeks.",
    } | more


@pytest.fixture
def team(store: Engine) -> Engine:
    with writing(store) as conn:
        places = [{"practice_id": "P1", "name": "Elm Street"}, {"practice_id": "P2", "name": "Oak Hill"}]
        fieldwork.write(conn, "practices", places, "ann")
        people = [{"person_id": "ann", "name": "Ann"}, {"person_id": "mo", "name": "Mo", "role": "Field manager"}]
        fieldwork.write(conn, "people", people, "ann")
        held = [{"practice_id": "P1", "person_id": "mo"}]
        held.append({"practice_id": "P1", "person_id": "ann", "service_line": "neurology"})
        fieldwork.write(conn, "assignments", held, "ann")
    return store


def of(store: Engine, *rows: dict[str, Any]) -> Board:
    with writing(store) as conn:
        fieldwork.write(conn, "barriers", rows, "ann")
    with reading(store) as conn:
        return board(conn, TODAY, 7)


def test_days_open_days_late_and_who_hears_of_it(team: Engine) -> None:
    done = {"resolved_on": "2026-11-20", "resolution": "A second clinic."}
    found = of(
        team,
        barrier(
            1, "2026-11-01", due_on="2026-11-23", owner="ann"
        ),  # a week late: the manager hears from the 8th day on
        barrier(2, "2026-10-01", due_on="2026-11-22"),
        barrier(3, "2026-11-25", due_on="2026-11-30"),  # due today is not late
        barrier(4, "2026-11-10", due_on="2026-11-12", **done),
        barrier(5, "2026-11-10", voided="Twice."),
    )
    told = [(r.key, r.status.value, r.days, r.late, r.escalated) for r in found.rows]
    assert told == [
        ("B2", "open", 60, 8, True),
        ("B1", "open", 29, 7, False),
        ("B3", "open", 5, None, False),
        ("B5", "voided", 20, None, False),
        ("B4", "resolved", 10, None, False),
    ]
    assert (found.managers, found.rows[1].owner, found.rows[1].where) == (("Mo",), "Ann", "Elm Street")


def test_a_merged_practice_has_the_barriers_of_both(team: Engine) -> None:
    of(team, barrier(1, "2026-11-01"), barrier(2, "2026-11-07", practice_id="P2"))
    merge_into(team, "practice", "P2", "P1", actor="ann")
    with reading(team) as conn:
        assert [row.days for row in barriers_at(conn, "P1", TODAY, 7).open] == [29, 23]


def test_history_says_who_changed_what(team: Engine) -> None:
    key = fieldwork.report_barrier(team, barrier(1, "2026-11-01"), actor="ann")
    steps.save(team, key, {"owner": "mo", "due_on": "2026-12-05"}, expected_version=1, actor="bo")
    with reading(team) as conn:
        newest, first = history(conn, key, {"mo": "Mo"})
    assert (first.actor, first.said) == ("ann", ("Reported",))
    assert (newest.actor, newest.said) == ("bo", ("Owner: blank \u2192 Mo", "Due: blank \u2192 2026-12-05"))


def asked(store: Engine, *rows: Counted) -> Proposed:
    with reading(store) as conn:
        return proposals(conn, rows, 10)


def test_what_is_stuck_is_proposed_until_a_barrier_of_that_kind_stands(team: Engine) -> None:
    rows = Counted("P1", 14), Counted("P1", 12, Stage.seen), Counted("P2", 9), Counted("elm", 40)
    first = asked(team, *rows)
    assert [cell.says for cell in first.cells] == [
        "14 referrals of Elm Street to Neurology are stuck with a date and not seen, 31 days median",
        "12 referrals of Elm Street to Neurology are stuck without a report back, 31 days median",
    ]
    assert first.unknown == 1  # known by a name in files only
    key = accept(team, first.cells[0], TODAY, 14, actor="ann")
    kept = steps.barrier_now(team, key)
    assert (kept["source"], kept["kind"], kept["at_stake"], kept["owner"]) == ("data", "access", 14.0, "ann")
    assert (kept["due_on"], kept["what"]) == ("2026-12-14", f"{first.cells[0].says}.")
    assert [cell.stage for cell in asked(team, *rows).cells] == [Stage.seen]
    steps.save(team, key, steps.voided("Wrong."), expected_version=1, actor="ann")
    assert [cell.stage for cell in asked(team, *rows).cells] == [Stage.scheduled, Stage.seen]


def test_a_declined_one_stays_away_until_a_quarter_more_are_stuck(team: Engine) -> None:
    (cell,) = cells_of([Counted("P1", 16)], 10)
    decline(team, cell, actor="ann")
    away = asked(team, Counted("P1", 19))
    assert (away.cells, [then for _, then in away.put_away]) == ((), [16])
    assert [c.stuck for c in asked(team, Counted("P1", 20)).cells] == [20]
    take_back(team, cell, actor="ann")
    assert asked(team, Counted("P1", 16)).cells == (cell,)
    assert isinstance(cell, Cell)
