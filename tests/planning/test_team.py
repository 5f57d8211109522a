"""The team: coverage with its parts, what is owed, the plan that was kept, and what practices answer to."""

from datetime import timedelta

from sqlalchemy import insert

from liaison.facts.home import Home
from liaison.fieldwork.barrier_steps import report_barrier
from liaison.fieldwork.channels import touches
from liaison.metrics.findings.my_day import team_headline
from liaison.planning.stored.team import Team, team
from liaison.store import reading, writing
from liaison.store.tables import route_plan, route_stop
from liaison.vocabulary import Channel
from tests.planning.team import MONDAY, keep, visit

TODAY = MONDAY.isoformat()


def asked(home: Home) -> Team:
    with reading(home.store) as connection:
        return team(connection, TODAY)


def test_coverage_is_who_was_seen_in_cadence_of_those_who_have_one(home: Home) -> None:
    keep(home, "visits", visit("v2", "oak", "2026-11-20", next_step="Call", next_step_on="2026-11-29"))
    plain = {"practice_id": "oak", "kind": "access", "owner": "L1", "what": "Fax"}
    for raised in ("2026-11-16", "2026-11-15", "2026-10-31", "2026-10-30"):  # 14, 15, 30 and 31 days
        report_barrier(home.store, {**plain, "raised_on": raised}, actor="x")
    found = asked(home)
    assert [member.name for member in found.members] == ["Dan", "Maya"]  # by name, whoever visits more
    dan, maya = found.members
    # Maya's: Ash, monthly, was seen ten days ago; Elm, quarterly, never was. Bay is not to be visited.
    assert (str(maya.coverage), maya.panel) == ("1 of 2", 5)
    assert [one.practice_id for one in maya.never] == ["elm"]
    assert (len(maya.promises), maya.late(TODAY)) == (1, 1)
    assert maya.ages(TODAY) == {"up to 14 days": 1, "15 to 30 days": 2, "over 30 days": 1}
    assert (str(dan.coverage), dan.coverage.share) == ("none", None)
    assert (
        found.headline == "1 of 2 practices were seen in cadence; 1 promise is late and 4 barriers of theirs are open"
    )
    assert found.as_json()["rows"][1]["coverage"] == {
        "numerator": 1,
        "denominator": 2,
        "value": 0.5,
        "window": f"as of {TODAY}",
    }


def test_a_planned_stop_was_kept_where_somebody_was_there_in_its_week(home: Home) -> None:
    week = MONDAY - timedelta(weeks=1)
    papers = dict.fromkeys(("zone", "run_id", "solver", "changed_at", "changed_by", "papers", "left_out"), "x")
    place = {"plan_id": "p", "position": 0, "pinned": False, "added": False, "purpose": "ask", "value": 1.0}
    place |= dict.fromkeys(("arrive", "depart", "drive", "wait"), 0) | {"opens": "[]"}
    states = {"elm": "done", "oak": "planned", "ash": "planned", "fir": "dropped"}
    with writing(home.store) as connection:
        plan = {"plan_id": "p", "person_id": "L1", "week": week.isoformat(), "revision": 1, **papers}
        connection.execute(insert(route_plan).values(plan))
        rows = [
            {**place, "stop_id": name, "practice_id": name, "state": state, "date": week.isoformat()}
            for name, state in states.items()
        ]
        connection.execute(insert(route_stop), rows)
    # Oak was seen on Wednesday instead of Monday, Ash was called, Fir was dropped: two of three.
    there = visit("v2", "oak", (week + timedelta(days=2)).isoformat())
    keep(home, "visits", there, visit("v3", "ash", week.isoformat(), channel="phone"))
    maya = asked(home).members[1]
    assert (maya.plan.part, maya.plan.of, maya.plan.window) == (2, 3, "2026-11-02 to 2026-11-29")


def test_a_touch_was_answered_where_something_came_of_it(home: Home) -> None:
    keep(
        home,
        "visits",
        visit("v2", "oak", "2026-11-01", channel="phone", outcome="Sent the list"),
        visit("v3", "oak", "2026-11-02", channel="phone"),
        visit("v4", "oak", "2026-11-03", channel="email"),
        visit("v5", "elm", "2025-12-01", channel="virtual", people_met="Dr Elm"),
        visit("v6", "elm", "2025-11-30", channel="in_person", outcome="Over a year ago"),
    )
    with reading(home.store) as connection:
        found = touches(connection, TODAY)
    assert (found.first, found.last) == ("2025-12-01", TODAY)
    assert found.of(Channel.phone) == (2, 1, 1, 1)
    assert found.of(Channel.email) == (1, 0, 1, 0)
    assert [found.answers_to(name) for name in ("oak", "elm", "ash")] == [Channel.phone, Channel.virtual, None]
    assert found.only_far() == ("elm", "oak")  # Ash was seen in person


def test_the_sentence_names_what_is_owed() -> None:
    assert team_headline(0, 0, 0, 0) == "No practice has a cadence to be seen in; no promise is late, no barrier open"
    assert team_headline(3, 4, 2, 1) == (
        "3 of 4 practices were seen in cadence; 2 promises are late and 1 barrier of theirs is open"
    )
