"""A panel handed over in one step: dates, credit, tasks, barriers, promises, planned stops; refused over changes."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork import all_records, history_of
from liaison.fieldwork.barrier_steps import report_barrier
from liaison.fieldwork.barriers_due import barriers_due
from liaison.fieldwork.hand_over import Leave
from liaison.fieldwork.holdings import holdings
from liaison.fieldwork.panels import panels
from liaison.fieldwork.promises import open_promises
from liaison.fieldwork.to_do import add_task, open_tasks
from liaison.metrics.credit import Held, holder_on
from liaison.planning.stored.edits import Editor
from liaison.planning.stored.handed import (
    Handing,
    Plan,
    StaleHandOverError,
    hand_panel_over,
    looked_at,
    territories_of,
)
from liaison.planning.stored.plans import DROPPED, PLANNED, StalePlanError, stored_plan
from liaison.store import reading
from tests.planning.team import FRIDAY, MONDAY, NOW, TUESDAY, WEDNESDAY, keep, planned, team, visit

TODAY = MONDAY  # 30 November 2026
HERS = ("ash", "bay", "elm", "fir", "oak")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    fresh: Callable[[], str] | None = (
        request.getfixturevalue("fresh_postgres") if request.param == "postgresql" else None
    )
    opened = team(tmp_path, fresh() if fresh else None)
    yield opened
    opened.close()


def busy(home: Home) -> Home:
    """Maya's week is planned; four tasks of hers, two barriers, two promises, of which one is Dan's."""
    steps = {"next_step": "Send the card", "next_step_on": "2026-12-04"}
    keep(home, "visits", visit("v2", "oak", "2026-11-12", **steps))
    keep(home, "visits", {**visit("v3", "yew", "2026-11-13", **steps), "person_id": "L2"})
    for what, due, place in (
        ("Report", "2026-11-28", None), ("Call", "2026-12-01", "elm"), ("Slides", "2026-12-20", "oak"),
        ("Read", None, None),
    ):  # fmt: skip
        add_task(home.store, "L1", what, actor="maya", due_on=due, practice_id=place)
    plain = {"practice_id": "oak", "kind": "access", "owner": "L1", "raised_on": "2026-11-01"}
    report_barrier(home.store, {**plain, "what": "Fax", "due_on": "2026-12-02"}, actor="x")
    report_barrier(home.store, {**plain, "what": "Slots"}, actor="x")
    planned(home)
    return home


def seen(home: Home, on: date = TUESDAY, until: date | None = None, to: str = "L2", **split: str) -> Handing:
    return looked_at(home, Plan(Leave("L1", on, until), to, split), TODAY)


def held(home: Home) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    with reading(home.store) as connection:
        for one in holdings(connection):
            found.setdefault(one[0], []).append(Held(*one))
    return found


def stops(home: Home) -> list[tuple[date | None, str]]:
    with reading(home.store) as connection:
        plan = stored_plan(connection, "L1", MONDAY)
    assert plan is not None
    return [(stop.date, stop.state) for stop in plan.stops if stop.date]


def test_who_leaves_for_good_gives_everything_and_earlier_days_keep_their_credit(any_home: Home) -> None:
    home = busy(any_home)
    before = sum(on >= TUESDAY and state == PLANNED for on, state in stops(home) if on)
    looked = seen(home)
    # Five practices are hers; the promise at Oak is hers, the one at Yew is Dan's own.
    assert looked.taken() == {"L2": 5}
    assert (len(looked.duties.tasks), len(looked.duties.barriers), looked.duties.staying) == (4, 2, 0)
    assert (looked.promises, len(looked.stops)) == (1, before)
    hand_panel_over(home, looked, actor="nora", today=TODAY)
    for place in HERS:
        days = ("2026-01-01", "2026-11-30", "2026-12-01", "2027-06-01")
        assert [holder_on(held(home)[place], day) for day in days] == ["L1", "L1", "L2", "L2"]
    with reading(home.store) as connection:
        assert {one.person_id for one in open_tasks(connection)} == {"L2"}
        assert {one.owner for one in barriers_due(connection)} == {"L2"}
        whose = panels(connection, "2026-12-01").of
        assert {who for one in open_promises(connection) for who in one.owed_by(whose)} == {"L2"}
        rows = {row["key"]: row for row in all_records(connection, "assignments")}
        told = [(v.actor, (v.values or {}).get("ends")) for v in history_of(connection, "assignments", "oak|L1||")]
    assert len(rows) == 11  # six that were there, five that began: nothing is taken away
    assert told == [("test", None), ("nora", "2026-11-30")]
    assert {state for on, state in stops(home) if on and on >= TUESDAY} == {DROPPED}
    assert all(state == PLANNED for on, state in stops(home) if on == MONDAY)


def test_who_is_away_has_it_back_the_day_after_and_keeps_what_is_due_later(home: Home) -> None:
    busy(home)
    keep(home, "assignments", {"practice_id": "elm", "person_id": "L1", "ends": "2026-12-03"})
    keep(home, "assignments", {"practice_id": "oak", "person_id": "L1", "service_line": "Neurology"})
    looked = seen(home, until=FRIDAY)
    # Due in these days: the call at Elm and the fax. The report was due before; the rest is later.
    assert ([one.what for one in looked.duties.tasks], [one.what for one in looked.duties.barriers]) == (
        ["Call"],
        ["Fax"],
    )
    assert looked.duties.staying == 4
    hand_panel_over(home, looked, actor="nora", today=TODAY)
    days = ("2026-11-30", "2026-12-01", "2026-12-04", "2026-12-05")
    assert [holder_on(held(home)["oak"], day) for day in days] == ["L1", "L2", "L2", "L1"]
    assert [holder_on(held(home)["oak"], day, "Neurology") for day in days] == ["L1", "L2", "L2", "L1"]
    # Elm was hers to the 3rd only: Dan has it so long, and nobody after.
    days = ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-05")
    assert [holder_on(held(home)["elm"], day) for day in days] == ["L2", "L2", None, None]
    assert [one.person for one in held(home)["yew"]] == ["L2"]
    # A week later she leaves for good, which ends what came back.
    hand_panel_over(home, seen(home, date(2026, 12, 14)), actor="nora", today=TODAY)
    assert [holder_on(held(home)["ash"], day) for day in ("2026-12-13", "2026-12-14")] == ["L1", "L2"]


def test_a_panel_is_split_by_territory_and_a_colleague_who_shares_a_practice_stays(home: Home) -> None:
    keep(home, "people", {"person_id": "L3", "name": "Eve"})
    keep(home, "assignments", {"practice_id": "ash", "person_id": "L3"}, {"practice_id": "fir", "person_id": "L2"})
    keep(home, "practices", {"practice_id": "oak", "zip": "28792"})
    parts = (("T1", "North", "county", "37021"), ("T2", "South", "zip", "28792"))
    keep(home, "territories", *({"territory_id": t, "name": n, "kind": k, "code": c} for t, n, k, c in parts))
    assert territories_of(home, "L1", TUESDAY) == {"T1": ("North", 4), "T2": ("South", 1)}
    looked = seen(home, T2="L3")
    assert (looked.whose["oak"], looked.taken()) == ("L3", {"L2": 4, "L3": 1})
    hand_panel_over(home, looked, actor="nora", today=TODAY)
    with reading(home.store) as connection:
        of = panels(connection, "2026-12-01").of
    assert {place: sorted(who) for place, who in of.items()} == {
        "ash": ["L2", "L3"], "bay": ["L2"], "elm": ["L2"], "fir": ["L2"], "oak": ["L3"], "yew": ["L2"]
    }  # fmt: skip
    assert len([one for one in held(home)["fir"] if one.person == "L2"]) == 1  # Dan had it already


def test_what_changed_since_it_was_looked_at_is_not_handed_over(home: Home) -> None:
    busy(home)
    looked = seen(home)
    add_task(home.store, "L1", "New", actor="maya")
    with pytest.raises(StaleHandOverError, match="of Maya have changed"):
        hand_panel_over(home, looked, actor="nora", today=TODAY)
    assert holder_on(held(home)["oak"], "2026-12-01") == "L1"
    assert {state for _, state in stops(home)} == {PLANNED}
    with reading(home.store) as connection:
        plan = stored_plan(connection, "L1", MONDAY)
    assert plan is not None
    hand_panel_over(home, seen(home), actor="nora", today=TODAY)
    with pytest.raises(StalePlanError, match="nora changed this plan"):
        Editor(home, "L1", MONDAY, plan.revision, "maya", NOW).lock(WEDNESDAY)


def test_what_cannot_be_is_refused(home: Home) -> None:
    keep(home, "people", {"person_id": "L9", "name": "Gone", "ends": "2026-11-01"})
    for to, until, said in (
        ("L1", None, "themselves"),
        ("L7", None, "L7 is nobody"),
        ("L9", None, "Gone is not of the team on 2026-12-01"),
        ("L2", MONDAY, "before the first"),
    ):
        with pytest.raises(LiaisonError, match=said):
            seen(home, to=to, until=until)
    keep(home, "assignments", {"practice_id": "oak", "person_id": "L2", "starts": "2026-12-02"})
    with pytest.raises(LiaisonError, match="an assignment of one of them that begins on 2026-12-01 or later: oak"):
        hand_panel_over(home, seen(home), actor="nora", today=TODAY)
    assert holder_on(held(home)["ash"], "2026-12-01") == "L1"
