"""Plans over the store: who can be seen when, what stays through changes, what a change costs, and who is refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from liaison.config import MINUTES, Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.models.stored import choose
from liaison.planning.problem import MINUTE, Window, at_clock
from liaison.planning.stored.asked import asked
from liaison.planning.stored.edits import Editor, conflicts_of
from liaison.planning.stored.made import plan_at_once
from liaison.planning.stored.plans import StalePlanError
from liaison.planning.stored.workday import workday
from liaison.store import writing
from liaison.store.tables import ranking
from liaison.vocabulary import Purpose
from tests.planning.team import (
    FRIDAY,
    LEG,
    MONDAY,
    NOW,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    editor,
    keep,
    planned,
    standing,
    team,
    visit,
    week,
)

NEW_YORK = ZoneInfo("America/New_York")


def span(opens: str, closes: str) -> Window:
    first, last = ((int(t[:2]) * 60 + int(t[3:])) * MINUTE for t in (opens, closes))
    return Window(first, last)


def test_every_purpose_of_a_visit_has_its_minutes() -> None:
    assert list(MINUTES) == [purpose.value for purpose in Purpose]


def test_a_visit_of_forty_minutes_begins_forty_before_the_office_closes_in_each_of_its_hours(home: Home) -> None:
    assert week(home).problem.stop("elm").windows_on(TUESDAY) == (span("09:00", "11:20"), span("13:00", "15:20"))


def test_a_practice_in_another_zone_is_open_by_the_clock_of_the_liaison(home: Home) -> None:
    of = week(home)
    assert of.zone == NEW_YORK
    # 08:00 to 12:00 in Chicago; an introduction takes 40 minutes.
    assert of.problem.stop("fir").windows_on(TUESDAY) == (span("09:00", "12:20"),)


def test_a_practice_is_seen_only_on_days_on_which_its_provider_is_in(home: Home) -> None:
    oak = week(home).problem.stop("oak")
    assert [bool(oak.windows_on(MONDAY + timedelta(days=n))) for n in range(5)] == [False, True, False, False, False]


def test_who_is_kept_out_and_why(home: Home) -> None:
    of = week(home)
    assert of.kept_out == {
        "ash": "not due yet: seen 10 days ago, wished monthly",
        "bay": "marked as not to be visited",
    }
    assert [stop.id for stop in of.problem.stops] == ["elm", "fir", "oak"]  # yew is the colleague's


@pytest.mark.parametrize(("days", "value"), [(46, None), (69, 2.0), (92, 4.0), (115, 6.0), (400, 6.0)])
def test_a_visit_counts_by_how_due_it_is(home: Home, days: int, value: float | None) -> None:
    # Wished quarterly, every 92 days; a gain of 4: nothing at half of that, all at its end, half as much again later.
    keep(home, "visits", visit("v2", "elm", (MONDAY - timedelta(days=days)).isoformat()))
    of = week(home)
    assert ("elm" in of.kept_out) == (value is None)
    if value is not None:
        assert of.problem.stop("elm").value == pytest.approx(value)


def test_a_practice_that_was_never_seen_is_as_due_as_can_be(home: Home) -> None:
    of = week(home)
    assert (of.problem.stop("elm").value, of.purposes["elm"]) == (6.0, "introduction")
    assert of.problem.stop("oak").value == 3.0  # no frequency is wished: as expected


def test_what_was_accepted_must_be_seen_until_it_was(home: Home) -> None:
    choose(home.store, "fir", "accepted", actor="maya")
    assert week(home).problem.stop("fir").required
    keep(home, "visits", visit("v3", "fir", "2030-01-02"))
    later = datetime.fromisoformat("2030-01-07T12:00:00+00:00")
    assert asked(home, "L1", date(2030, 1, 7), later).must == frozenset()


def test_a_colleague_who_goes_there_this_week_keeps_the_practice_out(home: Home) -> None:
    keep(home, "visits", visit("v4", "elm", "2026-12-03", person_id="L2"))
    assert week(home).kept_out["elm"] == "Dan goes there this week"


def test_two_visits_keep_apart_what_the_practice_wishes(home: Home) -> None:
    keep(home, "practices", {"practice_id": "elm", "name": "Elm Street", "frequency": "weekly"})
    keep(home, "visits", visit("v6", "elm", "2026-11-26"))
    # Weekly: five days apart at least, so from Tuesday on.
    assert week(home).problem.stop("elm").dates == frozenset({TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})


def test_a_practice_that_a_colleague_has_planned_is_left_to_them(home: Home) -> None:
    plan = plan_at_once(home, "L2", MONDAY, actor="dan", now=NOW)
    Editor(home, "L2", MONDAY, plan.revision, "dan", NOW).add("elm", TUESDAY)
    assert week(home).kept_out["elm"] == "Dan goes there this week"


def test_a_week_is_planned_and_changed_on_a_teams_own_database(
    fresh_postgres: Callable[[], str], tmp_path: Path
) -> None:
    home = team(tmp_path, fresh_postgres())
    plan = planned(home)
    told = editor(home, plan.revision).drop("elm")
    assert standing(home) == told.plan
    with pytest.raises(StalePlanError):
        editor(home, plan.revision).drop("oak")
    home.close()


def test_what_is_written_down_ahead_is_planned_at_its_time(home: Home) -> None:
    keep(home, "visits", visit("v5", "elm", "2026-12-03", arrived_at="14:00"))
    made = {stop.practice_id: stop for stop in planned(home).of(THURSDAY)}
    assert at_clock(made["elm"].arrive) == "14:00"


def test_the_first_plan_sees_all_that_can_be_seen_with_the_least_driving(home: Home) -> None:
    plan = planned(home)
    # All three on Tuesday, where oak can be seen: four legs of 20 minutes.
    assert [[stop.practice_id for stop in plan.of(day.date)] for day in plan.days if plan.of(day.date)] != []
    assert sorted(stop.practice_id for stop in plan.made) == ["elm", "fir", "oak"]
    assert plan.value == pytest.approx(10.0)
    assert plan.left_out == ()
    assert conflicts_of(plan) == []
    assert standing(home) == plan


def test_times_are_those_of_the_clock_and_the_office(home: Home) -> None:
    plan = planned(home)
    for day in plan.days:
        for stop in plan.of(day.date):
            assert any(o.opens <= stop.arrive and stop.depart <= o.closes for o in stop.opens)
            assert stop.depart - stop.arrive == MINUTES[stop.purpose] * MINUTE
        assert day.driving == LEG * MINUTE * (len(plan.of(day.date)) + 1 if plan.of(day.date) else 0)


def test_dropping_a_stop_says_what_it_costs_and_it_stays_away(home: Home) -> None:
    plan = planned(home)
    told = editor(home, plan.revision).drop("oak")
    assert told.value == pytest.approx(-3.0)
    alone = len(plan.of(plan.stop("oak").date)) == 1  # type: ignore[union-attr, arg-type]
    assert told.driving == -LEG * MINUTE * (2 if alone else 1)
    assert "Without Oak Street: value 3.0 less" in told.says
    again = editor(home, told.plan.revision).fill()
    assert "oak" not in {stop.practice_id for stop in again.plan.made}
    back = editor(home, again.plan.revision).add("oak", TUESDAY)
    assert back.plan.stop("oak").date == TUESDAY  # type: ignore[union-attr]


def test_a_stop_keeps_its_id_and_the_plan_counts_its_changes(home: Home) -> None:
    first = planned(home)
    dropped = editor(home, first.revision).drop("elm").plan
    back = editor(home, dropped.revision).add("elm", FRIDAY).plan
    assert [first.revision, dropped.revision, back.revision] == [1, 2, 3]
    assert len({plan.stop("elm").stop_id for plan in (first, dropped, back)}) == 1  # type: ignore[union-attr]
    assert dropped.stop("elm").state == "dropped"  # type: ignore[union-attr]


def test_moving_to_a_day_on_which_nobody_is_in_is_done_and_named(home: Home) -> None:
    plan = planned(home)
    told = editor(home, plan.revision).move("oak", WEDNESDAY)
    assert told.plan.stop("oak").date == WEDNESDAY  # type: ignore[union-attr]
    assert told.conflicts == (
        "Oak Street: cannot be seen on Wed 2 Dec by its hours, its agreed time or the working day.",
    )


def test_an_order_by_hand_is_timed_as_it_is_and_a_late_stop_is_named_not_moved(home: Home) -> None:
    plan = editor(home, planned(home).revision).move("elm", THURSDAY).plan
    plan = editor(home, plan.revision).move("fir", THURSDAY).plan
    plan = editor(home, plan.revision).agree("elm", "09:00").plan
    order = [stop.practice_id for stop in plan.of(THURSDAY)]
    assert order == ["elm", "fir"]
    told = editor(home, plan.revision).shift("elm", 1)
    assert [stop.practice_id for stop in told.plan.of(THURSDAY)] == ["fir", "elm"]
    # fir opens at 09:00 and takes 40 minutes; 20 more to elm: 10:00, agreed for 09:00 and five minutes' grace.
    assert told.conflicts == ("Elm Street: reached at 10:00, the visit had to begin by 09:05.",)


def test_a_locked_day_stays_as_it_is(home: Home) -> None:
    plan = editor(home, planned(home).revision).move("fir", FRIDAY).plan
    plan = editor(home, plan.revision).pin("fir", False).plan
    plan = editor(home, plan.revision).lock(FRIDAY).plan
    kept = plan.of(FRIDAY)
    anew = plan_at_once(home, "L1", MONDAY, actor="maya", now=NOW)
    assert anew.of(FRIDAY) == kept


def test_a_day_off_is_nobodys(home: Home) -> None:
    plan = planned(home)
    told = editor(home, plan.revision).off(TUESDAY).plan
    assert told.of(TUESDAY) == ()
    assert "oak" not in {stop.practice_id for stop in editor(home, told.revision).fill().plan.made}


def test_from_here_what_was_seen_is_done_and_the_rest_begins_now(home: Home) -> None:
    plan = planned(home)
    for name in ("elm", "fir", "oak"):
        plan = editor(home, plan.revision).move(name, TUESDAY).plan
    first = plan.of(TUESDAY)[0].practice_id
    noon = datetime(2026, 12, 1, 18, 10, tzinfo=ZoneInfo("UTC"))  # 13:10 in New York
    told = Editor(home, "L1", MONDAY, plan.revision, "maya", noon).from_here(TUESDAY, "13:10", first, [first])
    made = told.plan.of(TUESDAY)
    assert (made[0].practice_id, made[0].state) == (first, "done")
    assert all(stop.arrive >= (13 * 60 + 10 + LEG) * MINUTE for stop in made[1:])
    assert told.plan.day(TUESDAY).driving == LEG * MINUTE * (len(made) + 1)  # type: ignore[union-attr]


def test_a_change_over_somebody_elses_is_refused(home: Home) -> None:
    plan = planned(home)
    editor(home, plan.revision).drop("elm")
    with pytest.raises(StalePlanError, match="maya changed this plan while you had it open: it is at revision 2"):
        editor(home, plan.revision).drop("oak")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda e: e.add("bay", TUESDAY), "marked as not to be visited"),
        (lambda e: e.add("nowhere", TUESDAY), "cannot be planned"),
        (lambda e: e.move("elm", MONDAY + timedelta(days=5)), "does not work on Sat 5 Dec"),
        (lambda e: e.pin("yew"), "on no day that is still to come"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(home: Home, change: Callable[[Editor], object], says: str) -> None:
    plan = planned(home)
    with pytest.raises(LiaisonError, match=says):
        change(editor(home, plan.revision))
    assert standing(home).revision == plan.revision


def test_without_a_list_a_week_cannot_be_planned(tmp_path: Path) -> None:
    home = team(tmp_path)
    with writing(home.store) as connection:
        connection.execute(delete(ranking))
    with pytest.raises(LiaisonError, match="no list of next visits has been made yet"):
        planned(home)
    home.close()


def test_a_blank_in_a_persons_record_takes_the_setting(home: Home) -> None:
    day = workday(home.settings, None, "15:00", "Mo;Fr")
    assert (at_clock(day.begins), at_clock(day.ends), set(day.days)) == ("08:00", "15:00", {"Mo", "Fr"})
    assert day.says == "Working day 08:00 to 15:00, pause 12:00 to 12:30."


@pytest.mark.parametrize("settings", [{"day_pause": "noon"}, {"day_from": "8"}, {"visit_minutes": {"lunch": 30}}])
def test_a_setting_that_cannot_be_read_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(LiaisonError):
        Settings(**settings)  # type: ignore[arg-type]
