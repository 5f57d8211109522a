"""My day: stops, tasks, promises, barriers, overdue practices and events in one list, the most urgent first."""

from datetime import timedelta

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork import add
from liaison.fieldwork.agenda import Group, Item, What, settle
from liaison.fieldwork.barrier_steps import report_barrier, resolved, save
from liaison.fieldwork.to_do import add_task
from liaison.metrics.findings.my_day import my_day_headline
from liaison.planning.stored.my_day import MyDay, my_day, week_end
from liaison.store import reading
from tests.planning.team import MONDAY, keep, planned, visit

TODAY, SUNDAY = MONDAY.isoformat(), (MONDAY + timedelta(days=6)).isoformat()


@pytest.fixture
def full(home: Home) -> Home:
    """Maya's Monday: a plan; a promise and a task late, one task each for today, Thursday and no day; two barriers."""
    late = {"next_step": "Send the card", "next_step_on": "2026-11-27"}
    keep(home, "visits", visit("v2", "oak", "2026-11-12", **late), visit("v3", "elm", "2026-08-01"))
    for what, due in (("Report", "2026-11-28"), ("Call", TODAY), ("Slides", "2026-12-03"), ("Read", None)):
        add_task(home.store, "L1", what, actor="maya", due_on=due)
    add_task(home.store, "L2", "Dan's own", actor="dan", due_on=TODAY)
    plain = {"practice_id": "oak", "kind": "access", "owner": "L1"}
    report_barrier(home.store, {**plain, "raised_on": "2026-11-01", "what": "Fax", "due_on": "2026-12-02"}, actor="x")
    told = report_barrier(home.store, {**plain, "raised_on": "2026-11-02", "what": "Slots"}, actor="x")
    save(home.store, told, resolved("Two more", "2026-11-29"), expected_version=1, actor="x")
    lunch = {"event_id": "E1", "kind": "lunch_and_learn", "title": "Lunch", "person_id": "L2", "zone": "UTC"}
    add(home.store, "events", {**lunch, "starts_at": "2026-12-01T12:15"}, actor="x")
    planned(home)
    return home


def asked(home: Home, last: str = TODAY) -> MyDay:
    with reading(home.store) as connection:
        return my_day(connection, "L1", TODAY, last)


def told(items: tuple[Item, ...]) -> list[tuple[str, int]]:
    return [(item.title, item.late) for item in items]


def test_what_is_late_comes_before_today_and_today_before_who_is_to_be_seen(full: Home) -> None:
    found = asked(full)
    assert told(found.of(Group.late)) == [("Send the card", 3), ("Report", 2), ("Slots", 1)]
    assert found.of(Group.late)[2].beside == "solved, tell them"
    stops = [item for item in found.of(Group.today) if item.what is What.stop]
    assert stops == sorted(stops, key=lambda item: str(item.at))
    assert stops
    assert [item.title for item in found.of(Group.today) if item.what is What.task] == ["Call"]
    # Elm, quarterly, was seen on 1 August and due on 1 November: it is a stop of today, and that stop says so. Oak's
    # says what was promised there. Ash is in time; the colleague's practice is not hers.
    beside = {item.practice_id: item.beside for item in stops}
    assert beside["elm"] == "Quarterly visit"
    assert beside.get("oak", "promised: Send the card") == "promised: Send the card"
    assert found.of(Group.visits) == ()
    assert told(found.of(Group.undated)) == [("Read", 0)]
    assert found.headline.endswith("3 things are late and 1 is due today")


def test_a_practice_that_is_late_and_not_planned_is_to_be_seen(full: Home) -> None:
    with reading(full.store) as connection:
        found = my_day(connection, "L1", "2026-12-07", "2026-12-07")
    assert [(item.practice, item.late, item.beside) for item in found.of(Group.visits)] == [
        ("Elm Street", 36, "Asheville")
    ]
    assert found.headline.endswith("1 practice is overdue")


def test_the_week_adds_what_comes_with_its_day(full: Home) -> None:
    assert week_end(TODAY) == SUNDAY
    found = asked(full, SUNDAY)
    ahead = [(item.title, item.on) for item in found.of(Group.ahead) if item.what is not What.stop]
    assert ahead == [("Lunch", "2026-12-01"), ("Fax", "2026-12-02"), ("Slides", "2026-12-03")]
    later = [item for item in asked(full, SUNDAY).items if item.what is What.stop and item.on != TODAY]
    assert {str(item.on) for item in later} <= {(MONDAY + timedelta(days=n)).isoformat() for n in range(1, 5)}


def test_one_press_settles_and_takes_back_and_a_second_one_is_told(full: Home) -> None:
    late = {item.what: item for item in asked(full).of(Group.late)}
    for what in (What.promise, What.task, What.told):
        settle(full.store, late[what], TODAY, by="L1", actor="maya")
    assert asked(full).of(Group.late) == ()
    with pytest.raises(LiaisonError, match="maya changed"):
        settle(full.store, late[What.task], TODAY, by="L1", actor="dan")
    for what in (What.promise, What.task, What.told):
        again = Item(**{**late[what].__dict__, "version": late[what].version + 1})
        settle(full.store, again, None, by="L1", actor="maya")
    assert told(asked(full).of(Group.late)) == [("Send the card", 3), ("Report", 2), ("Slots", 1)]
    stop = next(item for item in asked(full).items if item.what is What.stop)
    with pytest.raises(LiaisonError, match="not done by a word"):
        settle(full.store, stop, TODAY, by="L1", actor="maya")


def test_who_is_not_of_the_team_has_no_day(full: Home) -> None:
    with reading(full.store) as connection, pytest.raises(LiaisonError, match="no person nobody"):
        my_day(connection, "nobody", TODAY, TODAY)


def test_the_sentence_says_what_is_ahead_then_what_is_owed() -> None:
    assert my_day_headline(4, "09:10", 3, 2, 12) == (
        "4 stops today, the next at 09:10; 3 things are late, 2 are due today and 12 practices are overdue"
    )
    assert my_day_headline(0, None, 0, 0, 0) == "No stop is ahead today; nothing is late"
    assert my_day_headline(1, "09:10", 1, 0, 1, week=True) == (
        "1 stop this week; 1 thing is late and 1 practice is overdue"
    )
