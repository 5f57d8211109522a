"""From a doubtful name in a file to one practice and back, through the real figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from liaison import fieldwork
from liaison.access import Viewer, owner
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.facts.rollups import practice_month
from liaison.fieldwork import merges
from liaison.fieldwork.moves import what_moves
from liaison.metrics.recount import recount_all
from liaison.store import reading, writing
from tests.facts.staged import enter

NAMES = ("Riverbend Family Medicine", "Riverbend Fam. Med.", "Riverbend Fam Med", "Harbor Cardiology")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path / "home"))
    with writing(opened.store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Riverbend Family Medicine"}], "ann")
    rows = [
        {"referral_id": str(i), "created_on": "2026-03-02", "referring_practice": name} for i, name in enumerate(NAMES)
    ]
    enter(opened, "first", "2026-04-01", rows)
    yield opened
    opened.close()


def proposal(home: Home) -> merges.Proposal:
    with reading(home.store) as conn:
        (found,) = merges.proposals(conn, "practice")
    return found


def referrals_of(home: Home, practice: str) -> int:
    counted = home.live().frame(
        select(func.coalesce(func.sum(practice_month.c.rows), 0).label("n")).where(
            practice_month.c.practice == practice
        )
    )
    return int(counted["n"].iloc[0])


def test_a_merge_moves_what_it_said_and_undoing_moves_it_back(home: Home) -> None:
    found = proposal(home)  # the two spellings are one name to us; the third equals ours and is no question
    assert (found.into_id, found.into_name) == ("P1", "Riverbend Family Medicine")
    assert what_moves(home.live(), owner(), "practice", found.from_id) == 2
    merges.merge_into(home.store, "practice", found.from_id, "P1", actor="ann")
    recount_all(home)
    assert (referrals_of(home, "P1"), referrals_of(home, found.from_id)) == (3, 0)
    merges.undo(home.store, "practice", found.from_id, actor="ann")
    recount_all(home)
    assert (referrals_of(home, "P1"), referrals_of(home, found.from_id)) == (1, 2)
    assert proposal(home) == found


def test_what_nobody_referred_moves_nothing(home: Home) -> None:
    assert what_moves(home.live(), owner(), "practice", "nobody") == 0
    assert what_moves(home.live(), owner(), "organisation", "nobody") == 0
    with pytest.raises(LiaisonError, match="cannot be merged"):
        what_moves(home.live(), owner(), "payer", "x")


def test_a_viewer_of_other_territories_is_told_of_none(home: Home) -> None:
    elsewhere = Viewer("ann", frozenset({"north"}))
    assert what_moves(home.live(), elsewhere, "practice", proposal(home).from_id) == 0
