"""Events and feedback as records: what is written wrongly is refused, with what to write instead."""

from typing import Any

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.store import writing

EVENT: dict[str, Any] = {
    "event_id": "E1",
    "kind": "lunch_and_learn",
    "title": "When to refer a tremor",
    "starts_at": "2026-12-03T12:15",
    "zone": "America/Chicago",
    "person_id": "ann",
    "minutes": 60,
    "capacity": 12,
    "cost": 240,
}


def begun(store: Engine) -> Engine:
    """Two practices, a competitor, one of the team."""
    with writing(store) as conn:
        practices = [{"practice_id": "P1", "name": "Elm Street"}, {"practice_id": "P2", "name": "Oak Hill"}]
        fieldwork.write(conn, "practices", practices, "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann Lee"}], "ann")
        rival = {"organisation_id": "O1", "name": "St. Elsewhere", "ours": False}
        fieldwork.write(conn, "organisations", [rival], "ann")
    return store


def test_an_event_that_is_written_wrongly_is_refused(store: Engine) -> None:
    kept = begun(store)
    for wrong, said in (
        ({"kind": "party"}, "is not one of grand_rounds, lunch_and_learn"),
        ({"starts_at": "2026-12-03 noon"}, "is no date and time of that zone"),
        ({"starts_at": "2026-03-08T02:30"}, "is no date and time of that zone"),  # the clocks skip it in Chicago
        ({"zone": "Chicago"}, "is not a time zone"),
        ({"capacity": 0}, "is no number of seats"),
        ({"cost": -1}, "is below zero"),
        ({"credit_maximum": 1.1}, "is no number of quarter hours"),
        ({"link": "javascript:alert(1)"}, "is not a web address"),
        ({"person_id": "zoe"}, "is not the id of a person"),
        ({"accreditation_statement": "x" * 2001}, "is longer than 2,000"),
    ):
        with pytest.raises(LiaisonError, match=said):
            fieldwork.add(kept, "events", EVENT | wrong, actor="ann")
    assert fieldwork.add(kept, "events", EVENT, actor="ann") == "E1"


def test_feedback_and_mentions_that_are_written_wrongly_are_refused(store: Engine) -> None:
    kept = begun(store)
    answer = {"feedback_id": "F1", "practice_id": "P1", "date": "2026-12-01"}
    mention = {"mention_id": "M1", "tag": "access", "text": "Six weeks for an EEG", "date": "2026-12-01"}
    for kind, given, said in (
        ("feedback", answer, "is missing, and so is every other answer"),
        ("feedback", answer | {"ease": 6}, "is no mark from 1 to 5"),
        ("feedback", answer | {"ease": 2.5}, "is no mark from 1 to 5"),
        ("feedback", answer | {"recommend": 11}, "is not from 0 to 10"),
        ("mentions", mention | {"tag": "gossip"}, "is not one of service_gap"),
        ("mentions", mention | {"tag": "competitor"}, "organisation_id is missing"),
        ("mentions", mention | {"organisation_id": "O9"}, "is not the id of a organisation"),
    ):
        with pytest.raises(LiaisonError, match=said):
            fieldwork.add(kept, kind, given, actor="ann")
    assert fieldwork.add(kept, "feedback", answer | {"recommend": 0}, actor="ann") == "F1"
    assert fieldwork.add(kept, "mentions", mention | {"tag": "competitor", "organisation_id": "O1"}, actor="ann")
