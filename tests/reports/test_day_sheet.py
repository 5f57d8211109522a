"""The day sheet: on one page what one needs at the door, and nothing that a practice should not read."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.to_do import add_task
from liaison.reports.day_sheet import day_sheet
from liaison.vocabulary import Purpose
from tests.planning.conftest import home, team_folder
from tests.planning.team import FRIDAY, NOW, TUESDAY, editor, keep, planned, rows, standing, visit

__all__ = ["home", "team_folder"]


def told(home: Home) -> str:
    """The words of Tuesday's sheet, which is one page."""
    (page,) = PdfReader(BytesIO(day_sheet(home, standing(home), TUESDAY, NOW))).pages
    return " ".join(page.extract_text().split())


def test_a_sheet_says_when_where_whom_and_what_was_promised(home: Home) -> None:
    oak = next(row for row in rows() if row["practice_id"] == "oak")
    keep(home, "practices", {**oak, "phone": "828-555-0100", "parking": "Deck, level 2", "address": "12 #let Street"})
    promise = {"next_step": "Send the fax form", "next_step_on": "2026-11-10", "ask": "faster reports"}
    keep(home, "visits", visit("v2", "oak", "2026-10-20", **promise))
    add_task(home.store, "L1", "Bring the list", actor="maya", practice_id="oak", due_on="2026-12-01")
    plan = planned(home)
    change = editor(home, plan.revision)
    change.pin("oak")  # Dr Oak is in on Tuesdays only, so it is planned then
    words = told(home)
    for part in (
        *("Maya, Tuesday, 1 December 2026", "Oak Street", "12 #let Street, Asheville 28801", "828-555-0100"),
        *("Parking: Deck, level 2", "In on Tuesday: Dr Oak", "20 min drive", "Follow up"),
        *("Promised for 10 Nov: send the fax form", "To do by 1 Dec: Bring the list"),
        "Last: 20 Oct 2026, Maya, in person, follow up. Asked: faster reports",
    ):
        assert part in words


def test_no_figure_of_the_ranking_stands_on_it(home: Home) -> None:
    plan = planned(home)
    editor(home, plan.revision).move("elm", TUESDAY)
    words = told(home).casefold()
    for never in ("value", "rank", "gain", "referral", "margin", "$", "volume", "gift"):
        assert never not in words


def test_a_day_without_visits_has_no_sheet(home: Home) -> None:
    planned(home)
    with pytest.raises(LiaisonError, match="Nothing is planned on Fri 4 Dec"):
        day_sheet(home, standing(home), FRIDAY, NOW)


def test_another_purpose_takes_its_own_minutes_and_says_what_that_costs(home: Home) -> None:
    plan = planned(home)
    before = next(stop for stop in plan.made if stop.practice_id == "oak")
    changed = editor(home, plan.revision).purpose("oak", Purpose.education)
    after = next(stop for stop in changed.plan.made if stop.practice_id == "oak")
    assert (before.depart - before.arrive, after.depart - after.arrive) == (4000, 4500)  # introduction 40, education 45
    assert changed.says == "Oak Street, education, takes 45 min: 5 min more at practices."
    assert [stop.purpose for stop in standing(home).made if stop.practice_id == "oak"] == ["education"]
