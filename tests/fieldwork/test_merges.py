"""Two names become one practice by decision only, and part again."""

from typing import Any

import pytest
from sqlalchemy import Engine, insert

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork import merges
from liaison.store import reading, writing
from liaison.store.tables import named

PRACTICES = [
    {"practice_id": "P1", "name": "Riverbend Family Medicine", "aliases": "RFM; River Bend Family Doctors"},
    {"practice_id": "P2", "name": "Saint Anne Pediatrics"},
    {"practice_id": "P3", "name": "Green Hills Family Medicine"},
]


@pytest.fixture
def market(any_store: Engine) -> Engine:
    with writing(any_store) as conn:
        fieldwork.write(conn, "practices", PRACTICES, "ann")
    return any_store


def know(store: Engine, **names: str) -> None:
    """Names that stand in files and are nobody's record."""
    rows: list[dict[str, Any]] = [
        {c.name: None for c in named.columns} | {"kind": "practice", "id": id_, "label": label, "given": True}
        for id_, label in names.items()
    ]
    with writing(store) as conn:
        conn.execute(insert(named), rows)


def proposed(store: Engine) -> list[tuple[str, str]]:
    with reading(store) as conn:
        return [(p.from_id, p.into_id) for p in merges.proposals(conn, "practice")]


def standing(store: Engine) -> dict[str, str]:
    with reading(store) as conn:
        return merges.standing(conn, "practice")


def test_only_doubtful_names_are_proposed(market: Engine) -> None:
    know(
        market, n1="Riverbend Fam. Med.", n2="St. Anne Peds, LLC", n3="Harbor Cardiology", n4="Riverbnd Family Medicine"
    )
    assert set(proposed(market)) == {("n1", "P1"), ("n2", "P2"), ("n4", "P1")}


def test_common_words_alone_propose_nothing(market: Engine) -> None:
    know(market, n1="Hillsboro Family Medicine")
    assert proposed(market) == []


def test_an_alias_is_compared_too(market: Engine) -> None:
    know(market, n1="River Bend Family Drs & Doctors")
    assert proposed(market) == [("n1", "P1")]


def test_a_decision_ends_the_proposal_and_undoing_brings_it_back(market: Engine) -> None:
    know(market, n1="Riverbend Fam. Med.", n2="St. Anne Peds")
    merges.merge_into(market, "practice", "n1", "P1", actor="ann")
    merges.keep_apart(market, "practice", "n2", "P2", actor="ann")
    assert proposed(market) == []
    assert merges.undo(market, "practice", "n1", actor="bob") == "P1"
    assert proposed(market) == [("n1", "P1")]
    with reading(market) as conn:
        told = [(d["decision"], d["decided_by"]) for d in merges.decisions(conn)]
    assert told == [("undone", "bob"), ("kept_apart", "ann"), ("merged", "ann")]


def test_chains_are_followed_and_circles_refused(market: Engine) -> None:
    merges.merge_into(market, "practice", "n1", "P1", actor="ann")
    merges.merge_into(market, "practice", "P1", "P2", actor="ann")
    assert merges.final(standing(market), "n1") == "P2"
    with pytest.raises(LiaisonError, match="P1 counts as P2"):
        merges.merge_into(market, "practice", "P2", "P1", actor="ann")
    with pytest.raises(LiaisonError, match="cannot count as"):
        merges.merge_into(market, "practice", "P2", "P2", actor="ann")
    merges.undo(market, "practice", "P1", actor="ann")
    assert merges.final(standing(market), "n1") == "P1"


def test_a_merge_goes_into_a_record_and_only_once(market: Engine) -> None:
    with pytest.raises(LiaisonError, match="no practice P9"):
        merges.merge_into(market, "practice", "n1", "P9", actor="ann")
    merges.merge_into(market, "practice", "n1", "P1", actor="ann")
    with pytest.raises(LiaisonError, match="n1 counts as P1 already"):
        merges.merge_into(market, "practice", "n1", "P2", actor="ann")
    with pytest.raises(LiaisonError, match="not merged"):
        merges.undo(market, "practice", "n9", actor="ann")
    with pytest.raises(LiaisonError, match="cannot be merged"):
        merges.merge_into(market, "payer", "a", "b", actor="ann")
