"""Campaigns: the list is drawn once and stays; progress by hand-worked days; what was kept aside is the comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.campaign_list import Frozen, brief, draw, freeze, introduce, plan_campaign
from liaison.fieldwork.campaign_words import campaign_sentence, contaminated_words, within_words
from liaison.fieldwork.exposures import exposures
from liaison.fieldwork.one_campaign import CampaignFile, campaign_file
from liaison.fieldwork.to_do import tasks_of
from liaison.store import reading, writing
from liaison.vocabulary import CampaignArm, month_id

START = "2026-01-10"
PRACTICES = [f"P{number}" for number in range(1, 9)]
VOLUMES = {name: 90.0 - 10 * at for at, name in enumerate(PRACTICES)}  # P1 sends most


def begun(store: Engine) -> Engine:
    """Eight practices and one that wants no visits; C1 is planned, a quarter kept aside."""
    with writing(store) as conn:
        places = [{"practice_id": one, "name": f"Practice {one}"} for one in PRACTICES]
        fieldwork.write(conn, "practices", [*places, {"practice_id": "P9", "name": "No", "do_not_visit": True}], "ann")
        people = [{"person_id": "ann", "name": "Ann Lee"}, {"person_id": "bob", "name": "Bob Ray"}]
        fieldwork.write(conn, "people", people, "ann")
        fieldwork.write(conn, "assignments", [{"practice_id": "P1", "person_id": "bob"}], "ann")
    values = {"campaign_id": "C1", "title": "Stroke clinic", "what": "service", "starts": START, "person_id": "ann"}
    plan_campaign(store, {**values, "materials": "stroke; map", "seed": "7"}, actor="ann")
    return store


def frozen(store: Engine) -> CampaignFile:
    done = freeze(begun(store), "C1", [*PRACTICES, "P9", "P1"], VOLUMES, "2026-01-05", actor="ann")
    assert done == Frozen(targets=6, kept_aside=2, unwelcome=1)
    return read(store, "2026-01-05")


def read(store: Engine, today: str) -> CampaignFile:
    with reading(store) as conn:
        return campaign_file(conn, "C1", today)


def visited(store: Engine, *said: tuple[str, str, str | None, str | None, str | None]) -> None:
    """(practice, day, channel, purpose, materials) of visits by ann."""
    with writing(store) as conn:
        rows = [
            {
                "visit_id": f"V{at}",
                "person_id": "ann",
                "practice_id": place,
                "date": day,
                "channel": how,
                "purpose": why,
                "materials": left,
            }
            for at, (place, day, how, why, left) in enumerate(said)
        ]
        fieldwork.write(conn, "visits", rows, "ann")


def test_the_lot_keeps_one_of_four_aside_in_each_stratum_and_the_largest_come_first(any_store: Engine) -> None:
    about = frozen(any_store)
    aside = {one.practice_id for one in about.aside}
    assert [len(aside & set(half)) for half in (PRACTICES[:4], PRACTICES[4:])] == [1, 1]
    # Six targets by volume: two a wave. 10 January and 30, 60, 90 days: 9 February, 11 March, 10 April.
    order = [one for one in PRACTICES if one not in aside]
    days = ["2026-02-09"] * 2 + ["2026-03-11"] * 2 + ["2026-04-10"] * 2
    assert {one.practice_id: one.due_on for one in about.targets} == dict(zip(order, days, strict=True))
    with reading(any_store) as conn:
        (kind,) = exposures(conn)  # as assigned: every target from the month of the start, visited or not
    assert dict(kind.months) == {(one, month_id("2026-01-01")): 1 for one in order}
    assert kind.against == frozenset(aside)


@given(
    st.dictionaries(st.text("abc", min_size=1), st.integers(0, 99).map(float), min_size=2, max_size=60),
    st.floats(0, 0.5),
    st.integers(0, 2**40),
)
def test_every_list_is_drawn_whole_and_the_same_seed_draws_the_same(
    volumes: dict[str, float], share: float, seed: int
) -> None:
    drawn = draw(volumes, share, seed)
    assert sorted(one.practice_id for one in drawn) == sorted(volumes)
    assert sum(one.arm is CampaignArm.kept_aside for one in drawn) == int(len(volumes) * share + 0.5)
    assert all((one.wave is None) == (one.arm is CampaignArm.kept_aside) for one in drawn)
    assert draw(dict(reversed(volumes.items())), share, seed) == drawn


def test_a_frozen_list_changes_by_no_hand(any_store: Engine) -> None:
    before = frozen(any_store)
    with pytest.raises(LiaisonError, match="was frozen on 2026-01-05"):
        freeze(any_store, "C1", PRACTICES[:4], VOLUMES, "2026-01-06", actor="ann")
    for column, value in (("kept_aside", "0.1"), ("seed", "8"), ("starts", "2026-02-01"), ("frozen_on", "")):
        with pytest.raises(LiaisonError, match="the list was frozen on 2026-01-05"):
            fieldwork.edit(any_store, "campaigns", "C1", {column: value}, expected_version=2, actor="ann")
    key = f"C1|{before.aside[0].practice_id}"
    with pytest.raises(LiaisonError, match="by the lot"):
        fieldwork.edit(any_store, "campaign_targets", key, {"arm": "target"}, expected_version=1, actor="ann")
    row = {"campaign_id": "C1", "practice_id": "P9", "arm": "target"}
    with pytest.raises(LiaisonError, match="by the lot"):
        fieldwork.add(any_store, "campaign_targets", row, actor="ann")
    with pytest.raises(LiaisonError, match="never removed"):
        fieldwork.remove(any_store, "campaign_targets", key, expected_version=1, actor="ann")
    fieldwork.edit(any_store, "campaigns", "C1", {"message": "Same day"}, expected_version=2, actor="ann")
    after = read(any_store, "2026-01-05")
    assert (after.targets, after.aside, after.message) == (before.targets, before.aside, "Same day")


def test_nobody_marks_a_list_as_frozen_without_the_lot(store: Engine) -> None:
    begun(store)
    with pytest.raises(LiaisonError, match="written when the list is drawn"):
        fieldwork.edit(store, "campaigns", "C1", {"frozen_on": "2026-01-01"}, expected_version=1, actor="ann")
    with pytest.raises(LiaisonError, match="1 id is no practice on record: PX"):
        freeze(store, "C1", ["P1", "PX"], {}, "2026-01-05", actor="ann")
    with pytest.raises(LiaisonError, match="no share from 0"):
        fieldwork.edit(store, "campaigns", "C1", {"kept_aside": "0.9"}, expected_version=1, actor="ann")
    with pytest.raises(LiaisonError, match="began on 2026-01-10; its list is drawn on that day at the latest"):
        freeze(store, "C1", PRACTICES, VOLUMES, "2026-01-11", actor="ann")
    assert read(store, "2026-01-05").frozen_on is None


def test_progress_counts_the_first_visit_since_the_start_and_names_whom_it_should_not_have_reached(
    any_store: Engine,
) -> None:
    about = frozen(any_store)
    one, two, three, four, five, six = sorted(about.targets, key=lambda each: each.practice_id)
    kept, clean = about.aside
    visited(
        any_store,
        (one.practice_id, "2026-01-09", "in_person", "introduction", None),  # before the start
        (one.practice_id, "2026-02-09", "virtual", "follow_up", None),  # day 30
        (two.practice_id, "2026-02-01", "in_person", "drop_by", None),  # no introduction
        (two.practice_id, "2026-02-02", "phone", "introduction", None),
        (three.practice_id, "2026-02-10", "in_person", None, None),  # day 31
        (four.practice_id, "2026-04-11", None, "ask", None),  # day 91
        (kept.practice_id, "2026-03-01", "in_person", "follow_up", "x;stroke"),
        (clean.practice_id, "2026-03-01", "in_person", "follow_up", "poster"),
    )
    found = read(any_store, "2026-04-11")
    told = {each.practice_id: (each.first_on, each.days, each.overdue, each.says) for each in found.targets}
    assert told == {
        one.practice_id: ("2026-02-09", 30, False, "Within 30 days"),
        two.practice_id: (None, None, True, "Overdue since 2026-02-09"),
        three.practice_id: ("2026-02-10", 31, False, "Within 60 days"),
        four.practice_id: ("2026-04-11", 91, False, "After 90 days"),
        five.practice_id: (None, None, True, "Overdue since 2026-04-10"),
        six.practice_id: (None, None, True, "Overdue since 2026-04-10"),
    }
    assert campaign_sentence(found, "2026-04-11") == "3 of 6 practices introduced, 3 overdue"
    assert within_words(found) == "1 within 30 days of the start, 2 within 60, 2 within 90."
    assert [each.practice_id for each in found.contaminated] == [kept.practice_id]
    assert contaminated_words(found).startswith("1 of 2 practices kept aside was reached all the same")


def test_tasks_are_made_once_for_whoever_looks_after_the_practice_and_staff_are_briefed(store: Engine) -> None:
    about = frozen(store)
    assert introduce(store, "C1", "2026-01-10", actor="ann") == 6
    assert introduce(store, "C1", "2026-01-11", actor="ann") == 0
    brief(store, "C1", {"audience": "Front desk", "briefed_on": "2026-01-08", "person_id": "ann"}, actor="ann")
    with reading(store) as conn:
        made = tasks_of(conn, "campaign:C1")
    whose = {one.practice_id: ("bob" if one.practice_id == "P1" else "ann", one.due_on) for one in about.targets}
    assert {one.practice_id: (one.person_id, one.due_on) for one in made} == whose
    assert {one.what for one in made} == {"Introduce Stroke clinic"}
    (told,) = read(store, "2026-01-10").briefed
    assert (told.audience, told.by) == ("Front desk", "Ann Lee")
