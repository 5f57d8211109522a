"""The brief: all of it from the records and referrals, on one page of paper whatever people wrote, and never a gift."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.fieldwork import add
from liaison.planning.stored.plans import monday, stored_plan
from liaison.reports.brief import Brief, brief
from liaison.reports.brief_paper import day_briefs, day_pdf, practice_pdf
from liaison.store import reading
from tests.planning.team import planned, team
from tests.spec.market import Market, days

TODAY = "2026-12-01"  # a Tuesday


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = Market(tmp_path_factory.mktemp("brief") / "home")
    place = {"practice_id": "elm", "name": "Elm Street", "city": "Boone", "parking": "Behind", "frequency": "monthly"}
    made.keep("practices", [place, {"practice_id": "oak", "name": "Oak Ave"}])
    made.keep("people", [{"person_id": "maya", "name": "Maya"}])
    made.keep("assignments", [{"practice_id": "elm", "person_id": "maya"}])
    inside = [("1234567893", "Dr Ash", "Mo;We"), ("1245319599", "Dr Yew", "Tu;Th"), ("1003000126", "Dr Bay", None)]
    made.keep("providers", [{"npi": n, "name": w, "practice_id": "elm", "in_office": d} for n, w, d in inside])
    jobs = [("Al Moss", "Practice manager"), ("Bo Reed", "Referral coordinator")]
    made.keep("contacts", [{"practice_id": "elm", "name": n, "job": j, "phone": "828-555-0100"} for n, j in jobs])
    visit = {"visit_id": "v1", "person_id": "maya", "practice_id": "elm", "date": "2026-10-20", "channel": "in_person"}
    made.keep("visits", [{**visit, "next_step": "Bring the specialist", "next_step_on": "2026-11-14"}])
    plain = {"practice_id": "elm", "raised_on": "2026-11-01", "kind": "access", "what": "The line is busy"}
    add(made.home.store, "barriers", {"barrier_id": "B1", "owner": "maya", **plain}, actor="maya")
    card = {"material_id": "heart", "version_name": "v2", "title": "Heart card", "valid_from": "2026-01-01"}
    made.keep("materials", [{**card, "service_line": "Cardiology"}])
    rows = [
        {
            "referral_id": f"r{n}",
            "referring_practice": "Elm Street",
            "created_day": days(f"2026-{n:02d}-10"),
            "month_id": 2026 * 12 + n - 1,
            "service_line": "Cardiology",
        }
        for n in range(1, 11)
    ]
    made.refer(rows, "2026-11-20")
    yield made
    made.close()


@pytest.fixture
def made(market: Market) -> Brief:
    return brief(market.home, owner(), "elm", TODAY)


def test_a_brief_says_what_is_known_and_owed(made: Brief) -> None:
    found = made.as_json()
    assert found["headline"] == "Seen 42 days ago; a promise is 17 days late and 1 barrier is open"
    assert found["openers"][0]["kind"] == "owed"
    assert [each["name"] for each in found["contacts"]] == ["Bo Reed", "Al Moss"]  # who coordinates comes first
    assert [each["name"] for each in found["providers"]] == ["Dr Ash", "Dr Bay", "Dr Yew"]
    assert (found["promise"]["what"], found["promise"]["days_late"]) == ("Bring the specialist", 17)
    assert found["barriers"][0]["days"] == 30
    assert found["overdue"] == ["Monthly visit 11 days late"]
    assert found["lines"]["rows"][0]["now"] == 6
    assert "gift" not in json.dumps(found).lower()
    assert found["bring"] == ["Never left here, of what it refers: Heart card, v2"]
    assert "Bring the specialist" in made.as_text()
    assert "Heart card" in made.as_text()


def test_a_practice_that_nobody_knows_is_refused(market: Market) -> None:
    with pytest.raises(LiaisonError) as error:
        brief(market.home, owner(), "nowhere", TODAY)
    assert error.value.remedy


def paper(content: bytes) -> tuple[int, str]:
    reader = PdfReader(BytesIO(content))
    return len(reader.pages), " ".join(page.extract_text() for page in reader.pages)


def test_on_paper_it_is_one_page_however_much_was_written(made: Brief) -> None:
    pages, words = paper(practice_pdf(made))
    assert (pages, *(each in words for each in ("Elm Street", "in today", "Heart card"))) == (1, True, True, True)
    long: dict[str, Any] = {"outcome": "They asked for more slots. " * 400, "next_step": "Call " * 300}
    touch = replace(made.touches[0], **long)
    people = tuple({**made.contacts[0], "name": f"Person {n} {'x' * 200}"} for n in range(60))
    barriers = tuple(replace(made.barriers[0], what="Nobody answers " * 100) for _ in range(12))
    promise = replace(made.promise, what="Bring the list " * 100) if made.promise else None
    full = replace(made, touches=(touch,) * 3, contacts=people, barriers=barriers, promise=promise)
    full = replace(
        full, why=("It sends less than it did " * 40,) * 3, against=("Long wait " * 90,) * 2, bring=("Card " * 99,) * 9
    )
    assert paper(practice_pdf(full))[0] == 1


def test_a_day_on_paper_is_a_page_a_stop_in_their_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = team(tmp_path_factory.mktemp("day"))
    plan = planned(home)
    on = next(day.date for day in plan.days if plan.of(day.date))
    with reading(home.store) as connection:
        kept = stored_plan(connection, "L1", monday(on))
    assert kept is not None
    found = day_briefs(home, owner(), "L1", on)
    assert [each.brief.practice_id for each in found] == [stop.practice_id for stop in kept.of(on)]
    pages, words = paper(day_pdf(found, on))
    assert pages == len(found)
    assert f"stop 1 of {len(found)}" in words
    with pytest.raises(LiaisonError, match="No stop of L1 is planned"):
        day_briefs(home, owner(), "L1", date(2026, 1, 1))
    home.close()
