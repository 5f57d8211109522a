"""Materials: which version a practice was left, and when it is out of date."""

from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork.materials import catalogue, left, shelf, unknown
from liaison.store import reading, writing

VERSIONS = [
    {"material_id": "stroke", "version_name": "v1", "title": "Stroke pathway", "valid_from": "2025-01-01"},
    {"material_id": "stroke", "version_name": "v2", "title": "Stroke pathway", "valid_from": "2026-06-01"},
    {
        "material_id": "form",
        "version_name": "2026",
        "title": "Referral form",
        "valid_from": "2026-01-01",
        "expires_on": "2026-11-30",
    },
    {"material_id": "stroke", "version_name": "v9", "title": "x", "valid_from": "2026-09-01", "voided": "Misprint"},
]


def begun(store: Engine) -> Engine:
    with writing(store) as conn:
        places = [{"practice_id": "P1", "name": "Elm Street"}, {"practice_id": "P2", "name": "Oak Street"}]
        fieldwork.write(conn, "practices", places, "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann Lee"}], "ann")
        fieldwork.write(conn, "materials", VERSIONS, "ann")
        said = [
            ("V1", "P1", "2026-05-31", "stroke; form", None),
            ("V2", "P2", "2026-05-01", "stroke", None),
            ("V3", "P2", "2026-06-01", "stroke;poster", None),
            ("V4", "P1", "2026-07-01", "stroke", "Logged twice"),
        ]
        visits = [
            {"visit_id": i, "practice_id": p, "person_id": "ann", "date": d, "materials": m, "voided": v}
            for i, p, d, m, v in said
        ]
        fieldwork.write(conn, "visits", visits, "ann")
    return store


def test_what_was_left_is_out_of_date_once_a_newer_version_is_in_force_or_it_expired(any_store: Engine) -> None:
    with reading(begun(any_store)) as conn:
        found = {(one.practice_id, one.held.material_id): (one.outdated, one.says) for one in left(conn, "2026-12-01")}
        before = {(one.practice_id, one.held.material_id): one.outdated for one in left(conn, "2026-05-31")}
    assert found == {
        ("P1", "stroke"): (True, "Stroke pathway, v1, left on 2026-05-31, is out of date: bring v2"),
        ("P1", "form"): (True, "Referral form, 2026, left on 2026-05-31, has expired: take it back"),
        ("P2", "stroke"): (False, "Stroke pathway, v2, left on 2026-06-01"),
    }
    assert before == {("P1", "stroke"): False, ("P1", "form"): False, ("P2", "stroke"): False}


def test_what_may_be_left_today_is_the_newest_version_that_has_not_expired(store: Engine) -> None:
    with reading(begun(store)) as conn:
        known = catalogue(conn)
    assert [m.named for m in known.in_force("2026-11-30")] == ["Referral form, 2026", "Stroke pathway, v2"]
    assert [m.named for m in known.in_force("2026-12-01")] == ["Stroke pathway, v2"]


def test_an_id_that_is_in_no_catalogue_is_told_and_not_lost(store: Engine) -> None:
    with reading(begun(store)) as conn:
        assert unknown(conn, "2026-12-01") == {"poster": 1}


def test_what_is_to_be_brought_is_what_is_out_of_date_and_what_it_never_got_of_its_lines(store: Engine) -> None:
    with writing(begun(store)) as conn:
        for id_, line in (("heart", "Cardiology"), ("spine", "Orthopedics"), ("map", None)):
            plain = {"version_name": "1", "title": id_.title(), "valid_from": "2026-01-01"}
            fieldwork.write(conn, "materials", [{"material_id": id_, "service_line": line, **plain}], "ann")
    with reading(store) as conn:
        elm, oak = (shelf(conn, each, "2026-12-01") for each in ("P1", "P2"))
    # Elm refers cardiology: it lacks Heart, not Spine; a map is of no line. Oak holds what is in force.
    assert set(elm.to_bring(["cardiology"])) == {
        "Stroke pathway, v1, left on 2026-05-31, is out of date: bring v2",
        "Referral form, 2026, left on 2026-05-31, has expired: take it back",
        "Never left here, of what it refers: Heart, 1",
    }
    assert oak.to_bring([]) == ()
    assert oak.to_bring(["orthopedics", "cardiology"]) == ("Never left here, of what it refers: Heart, 1; Spine, 1",)
