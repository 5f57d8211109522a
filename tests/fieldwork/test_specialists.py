"""Our specialists and whether they see patients by video or phone: what is not known is never no."""

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.bridging import introduce
from liaison.fieldwork.specialists import by_video, specialists
from liaison.store import reading, writing

CARDIOLOGY, FAMILY = "207RC0000X", "207Q00000X"
TODAY = "2026-12-01"
PROVIDERS = [
    # npi, name, code, practice, organisation, telehealth, from, to
    ("1", "Both places", CARDIOLOGY, "P1", "US", "video", None, None),
    ("1", "Both places", CARDIOLOGY, "P2", "US", "phone", None, None),
    ("2", "Half said", CARDIOLOGY, "P1", "US", "not_offered", None, None),
    ("2", "Half said", CARDIOLOGY, "P2", "US", None, None, None),
    ("3", "Said no", None, None, "US", "not_offered", None, None),
    ("4", "Not asked", None, None, "US", None, None, None),
    ("5", "Video once", CARDIOLOGY, None, "US", "video", None, "2026-11-30"),
    ("6", "Family doctor", FAMILY, "P1", "US", None, None, None),
    ("7", "Another's", CARDIOLOGY, None, "THEM", "video", None, None),
    ("8", "Video only", CARDIOLOGY, None, "US", "video", "2026-12-01", None),
]
COLUMNS = ("npi", "name", "taxonomy_code", "practice_id", "organisation_id", "telehealth", "starts", "ends")


@pytest.fixture
def team(store: Engine) -> Engine:
    houses = [{"organisation_id": i, "name": i, "ours": i == "US"} for i in ("US", "THEM")]
    with writing(store) as conn:
        fieldwork.write(conn, "organisations", houses, "ann")
        fieldwork.write(conn, "providers", [dict(zip(COLUMNS, row, strict=True)) for row in PROVIDERS], "ann")
    return store


def test_what_is_not_known_is_never_no_and_places_are_put_together(team: Engine) -> None:
    with reading(team) as conn:
        found, seen = specialists(conn, TODAY), by_video(conn, TODAY)
    assert {one.name: one.seen_by for one in found} == {
        "Both places": "Video and phone",
        "Half said": "Not known",
        "Said no": "Not offered",
        "Not asked": "Not known",
        "Video only": "Video",
    }
    named = {
        way: [one.npi for one in found if one.answers(way)] for way in ("video", "phone", "not_offered", "unknown")
    }
    assert named == {"video": ["1", "8"], "phone": ["1"], "not_offered": ["3"], "unknown": ["2", "4"]}
    assert seen == {"cardiology": ("Both places", "Video only")}


def test_it_is_edited_with_history_within_its_list_and_names_no_patient(team: Engine) -> None:
    with reading(team) as conn:
        (now,) = [r for r in fieldwork.all_records(conn, "providers") if r["npi"] == "4"]
    said = {"telehealth": "phone", "telehealth_note": "Tu and Th."}
    fieldwork.edit(team, "providers", now["key"], said, expected_version=now["version"], actor="bo")
    with reading(team) as conn:
        newest = fieldwork.history_of(conn, "providers", now["key"])[-1]
        (one,) = [s for s in specialists(conn, TODAY) if s.npi == "4"]
    assert newest.values is not None
    assert (newest.actor, newest.values["telehealth"]) == ("bo", "phone")
    assert (one.seen_by, one.note) == ("Phone", "Tu and Th.")
    for wrong in ({"telehealth": "yes"}, {"telehealth_note": "MRN 0048291 by video"}, {"telehealth_note": "x" * 201}):
        with pytest.raises(LiaisonError, match="telehealth"):
            fieldwork.edit(team, "providers", now["key"], wrong, expected_version=now["version"] + 1, actor="bo")


def test_a_typed_specialist_is_an_npi(team: Engine) -> None:
    asked = {"organisation_id": "US", "specialist_npi": "Dr Reed", "asked_on": TODAY}
    with pytest.raises(LiaisonError, match="no NPI"):
        introduce(team, asked, actor="ann")
