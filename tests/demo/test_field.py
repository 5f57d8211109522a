"""The field's records in the demo market: what its truth says, pages show; what it wrote changed no visit."""

import json
from pathlib import Path
from typing import Any

import pytest

from liaison.access import owner
from liaison.demo.build import DemoBuilt
from liaison.demo.field.scene import Scene
from liaison.demo.field.written import Field, field
from liaison.facts.home import Home
from liaison.fieldwork.barrier_board import board
from liaison.fieldwork.campaign_list import draw
from liaison.fieldwork.gift_ledger import audited
from liaison.fieldwork.kinds import KINDS
from liaison.fieldwork.materials import left
from liaison.fieldwork.one_campaign import campaign_file
from liaison.fieldwork.one_event import event_file
from liaison.fieldwork.promises import open_promises
from liaison.fieldwork.records import all_records
from liaison.metrics.filters import Filters
from liaison.metrics.voice import voice
from liaison.store import reading
from liaison.vocabulary import Audience
from tests.demo.conftest import Built

TODAY = "2026-11-01"  # the day after the demo market's last


@pytest.fixture(scope="module")
def told(built: DemoBuilt, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["field"]
    return found


@pytest.fixture(scope="module")
def written(market: Built) -> Field:
    return field(Scene(market.world))


def test_the_board_shows_the_barriers_that_were_planted(home: Home, told: dict[str, Any]) -> None:
    with reading(home.store) as conn:
        rows = [row for row in board(conn, TODAY, 7).rows if row.status != "voided"]
    planted = told["barriers"]
    assert len(rows) == planted["standing"]
    assert sum(row.status == "open" for row in rows) == planted["open"] >= 3
    assert sum((row.late or 0) > 0 for row in rows) == planted["overdue"] >= 1
    assert sum(row.status == "resolved" for row in rows) == planted["resolved_loop_open"] >= 1
    assert sum(row.status == "loop_closed" for row in rows) == planted["loop_closed"] >= 5
    assert sum(row.values["source"] == "data" for row in rows) == planted["from_stuck_referrals"] >= 1
    assert {(row.values["department"], row.kind.value) for row in rows} <= set(planted["cause"].items())


def test_the_campaigns_list_is_frozen_with_its_part_kept_aside(home: Home, told: dict[str, Any]) -> None:
    planted = told["campaign"]
    with reading(home.store) as conn:
        found = campaign_file(conn, planted["id"], TODAY)
    assert (len(found.targets), len(found.aside)) == (planted["targets"], planted["kept_aside"])
    assert len(found.contaminated) == planted["reached_though_kept_aside"] == 0
    assert found.frozen_on is not None
    assert found.frozen_on < found.starts
    assert found.introduced > 0


def test_three_physicians_are_near_the_limit_and_none_is_over_it(home: Home, told: dict[str, Any]) -> None:
    with reading(home.store) as conn:
        found = audited(conn, "2026")
    assert {one.npi: one.given / 100 for one in found.balances} == told["ledger"]["dollars"]
    assert sum(one.near for one in found.balances) == 3
    assert not any(one.over for one in found.balances)


def test_promises_are_kept_and_a_few_are_open(home: Home, told: dict[str, Any]) -> None:
    with reading(home.store) as conn:
        assert len(open_promises(conn)) == told["promises"]["open"] > 0
        kept = sum(row["next_step_done_on"] is not None for row in all_records(conn, "visits"))
    assert kept == told["promises"]["kept"] > told["promises"]["open"]


def test_practices_hold_a_card_that_is_out_of_date(home: Home, told: dict[str, Any]) -> None:
    with reading(home.store) as conn:
        cards = [one for one in left(conn, TODAY) if one.held.material_id == told["outdated"]["material"]]
    assert sum(one.outdated for one in cards) == told["outdated"]["practices"] > 0
    assert not all(one.outdated for one in cards)


def test_a_department_with_few_answers_is_not_judged_and_one_with_many_is(home: Home, told: dict[str, Any]) -> None:
    with reading(home.store) as conn:
        found = voice(conn, owner(), Audience.inside, Filters(), 5)
    groups = {group.label: group for group in found.by["department"]}
    assert {label: group.n for label, group in groups.items()} == told["feedback"]["by_department"]
    assert {label for label, group in groups.items() if group.too_few} == set(told["feedback"]["few"])
    waits = {label: group.marks["access"].value for label, group in groups.items() if not group.too_few}
    assert min(waits, key=lambda label: waits[label] or 0) == told["feedback"]["slow"]


def test_one_event_carries_credit_in_full(home: Home, told: dict[str, Any]) -> None:
    (credited,) = told["events"]["with_credit"]
    with reading(home.store) as conn:
        found = event_file(conn, credited)
    assert found.record["accredited_provider"]
    assert found.record["designated_on"] < found.record["starts_at"][:10]
    assert all(0 < (one.credits_claimed or 0) <= found.record["credit_maximum"] for one in found.attended)


def test_a_seat_at_an_event_is_no_second_touch(home: Home, built: DemoBuilt) -> None:
    with reading(home.store) as conn:
        visits, came = all_records(conn, "visits"), all_records(conn, "attendance")
    touched = {(row["visit_id"].split(":")[1], row["practice_id"]) for row in visits if row["channel"] == "event"}
    assert touched == {(row["event_id"], row["practice_id"]) for row in came}
    assert all(row["voided"] is None for row in visits)


def test_who_came_worked_there_and_is_no_name_twice_at_an_event(market: Built, written: Field) -> None:
    came = written.events["attendance"]
    works = {(row["npi"], row["practice_id"]) for row in market.records("providers")}
    assert {(str(row["npi"]), str(row["practice_id"])) for row in came} <= works
    assert len({(row["event_id"], row["npi"]) for row in came}) == len(came)


def test_our_specialists_see_by_video_or_phone_or_not_and_of_some_nobody_knows(market: Built) -> None:
    rows = [row for row in market.records("providers") if row["telehealth"]]
    assert {row["telehealth"] for row in rows} == {"not_offered", "video", "phone", "both"}
    assert {row["organisation_id"] for row in rows} == {"balsam-crest"}
    assert not any(row["practice_id"] for row in rows)
    at_no_practice = [r for r in market.records("providers") if not r["practice_id"]]
    ours = [r for r in at_no_practice if r["organisation_id"] == rows[0]["organisation_id"]]
    assert len(rows) < len(ours)


def test_the_visits_that_the_programme_made_are_the_visits_of_the_file(market: Built) -> None:
    made, file = market.world.programme.visits, market.csv("visits")
    same = [name for name in made.columns if name not in ("visit_id", "outcome", "minutes", "miles")]
    assert file[same].equals(made[same].astype(str))


def test_every_row_passes_the_checks_of_its_kind(market: Built, written: Field) -> None:
    given = {**written.events, **written.records, "gifts": written.entries, "campaigns": [written.campaign.row]}
    for name, rows in given.items():
        kind = KINDS[name]
        assert rows, name
        assert not [fault for row in rows for fault in kind.faults(kind.typed(row))], name
        assert len({kind.key_of(kind.typed(row)) for row in rows}) == len(rows), name


def test_nothing_happened_after_the_last_day(written: Field) -> None:
    ahead = ("due_on", "expires_on", "valid_from")
    rows = [row for each in (written.events, written.records) for rows in each.values() for row in rows]
    days = [
        str(value)[:10]
        for row in [*rows, *written.entries]
        for name, value in row.items()
        if value and (name.endswith("_on") or name in ("date", "starts_at")) and name not in ahead
    ]
    assert max(days) <= "2026-10-31"
    assert min(days) >= "2023-11-01"


def test_the_same_market_has_the_same_field(market: Built, written: Field) -> None:
    assert field(Scene(market.world)) == written
    assert {one.practice_id: one.arm for one in draw(written.campaign.volumes, 0.25, 7)} == written.campaign.arms
