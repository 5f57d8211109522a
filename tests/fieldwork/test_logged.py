"""A visit that is logged: once however often it is sent, with its barrier, refused where a value cannot be."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.logged import Saved, latest_visits, log_visit, visit_now, void_visit
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade
from liaison.store.tables import barrier, history

TODAY = date(2026, 12, 1)
ONE = {"visit_id": "q-1", "person_id": "L1", "practice_id": "P1", "date": "2026-12-01", "channel": "in_person"}
RAISED = {"kind": "report_back", "what": "No notes come back"}


@pytest.fixture
def team(store: Engine) -> Engine:
    with_team(store)
    return store


def with_team(store: Engine) -> None:
    with writing(store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm St"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}], "ann")


def log(store: Engine, raised: Mapping[str, Any] | None = None, **more: str) -> Saved:
    with writing(store) as conn:
        return log_visit(conn, ONE | more, actor="Ann", today=TODAY, raised=raised)


def test_the_same_visit_sent_twice_is_one_and_so_is_its_barrier(team: Engine) -> None:
    first, second = log(team, RAISED), log(team, RAISED)
    assert (first.new, second.new, second.version) == (True, False, 1)
    with reading(team) as conn:
        assert [each.practice for each in latest_visits(conn, "L1")] == ["Elm St"]
        rows = conn.execute(
            select(barrier.c.visit_id, barrier.c.practice_id, barrier.c.raised_by, barrier.c.what)
        ).all()
        assert [tuple(row) for row in rows] == [("q-1", "P1", "L1", "No notes come back")]
        told = conn.scalar(select(func.count()).select_from(history).where(history.c.key == "q-1"))
    assert told == 1


def test_what_was_changed_on_the_phone_before_the_answer_came_is_taken(team: Engine) -> None:
    log(team, RAISED, notes="Half a sent")
    assert log(team, RAISED | {"what": "No notes come back at all"}, notes="Half a sentence").version == 2
    with reading(team) as conn:
        assert visit_now(conn, "q-1").values["notes"] == "Half a sentence"
        assert conn.scalars(select(barrier.c.what)).all() == ["No notes come back at all"]


def test_what_somebody_changed_at_the_desk_is_not_overwritten_by_a_phone(team: Engine) -> None:
    log(team, notes="mine")
    fieldwork.edit(team, "visits", "q-1", {"notes": "theirs"}, expected_version=1, actor="Bo")
    with pytest.raises(LiaisonError, match="changed elsewhere"):
        log(team, notes="mine, later")
    assert log(team, notes="theirs").version == 2


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"date": "2026-12-03"}, "date"),
        ({"date": "yesterday"}, "date"),
        ({"notes": "MRN 1234567 waits"}, "notes"),
        ({"practice_id": "P9"}, "practice_id"),
        ({"channel": "fax"}, "channel"),
        ({"arrived_at": "25:00"}, "arrived_at"),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(team: Engine, values: dict[str, Any], column: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        log(team, None, **values)
    assert refused.value.where is not None
    assert refused.value.where.column == column


def test_a_barrier_that_is_refused_takes_its_visit_with_it(team: Engine) -> None:
    with pytest.raises(LiaisonError):
        log(team, {"kind": "report_back", "what": "DOB 3/4/1950"})
    with reading(team) as conn:
        assert latest_visits(conn) == ()


def test_a_void_needs_a_reason_and_is_undone(team: Engine) -> None:
    log(team)
    with writing(team) as conn, pytest.raises(LiaisonError, match="without a reason"):
        void_visit(conn, "q-1", " ", expected_version=1, actor="Ann")
    with writing(team) as conn:
        void_visit(conn, "q-1", "twice", expected_version=1, actor="Ann")
        assert visit_now(conn, "q-1").values["voided"] == "twice"
        void_visit(conn, "q-1", None, expected_version=2, actor="Ann")
        assert visit_now(conn, "q-1").values["voided"] is None


@pytest.mark.parametrize("each", [3, pytest.param(50, marks=pytest.mark.audit)])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_eight_writers_lose_none_of_their_visits(
    engine: str, each: int, sqlite_url: str, fresh_postgres: Callable[[], str]
) -> None:
    url = sqlite_url if engine == "sqlite" else fresh_postgres()
    first = open_store(url)
    upgrade(first)
    with_team(first)

    def writer(number: int) -> None:
        own = open_store(url)
        for n in range(each):
            log(own, visit_id=f"w{number}-{n}")
            log(own, visit_id=f"w{number}-{n}")  # and again, as a phone whose answer was lost
        own.dispose()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))
    with reading(first) as conn:
        assert len(latest_visits(conn, most=1_000)) == 8 * each
    first.dispose()
