"""Drafts of visits: kept for who typed them, bounded, and never with a patient in them."""

from sqlalchemy import Engine

from liaison.fieldwork.drafts import EACH, LONGEST, drafts_of, drop_draft, keep_draft
from liaison.store import reading


def test_a_draft_is_its_writers_the_newest_first_and_gone_when_it_is_dropped(store: Engine) -> None:
    for n in range(EACH + 2):
        assert keep_draft(store, f"v-{n}", "ann|L1", {"notes": f"Visit {n}", "miles": 1.5, "ask": None})
    assert keep_draft(store, "v-b", "bo|L2", {"notes": "Theirs"})
    drop_draft(store, "v-5")
    with reading(store) as conn:
        mine = drafts_of(conn, "ann|L1")
        assert [one.visit_id for one in drafts_of(conn, "bo|L2")] == ["v-b"]
    assert [one.visit_id for one in mine] == ["v-6", "v-4", "v-3", "v-2"]
    assert mine[0].values == {"notes": "Visit 6", "miles": 1.5}


def test_what_names_a_patient_or_is_too_long_is_not_kept_and_takes_away_what_was(store: Engine) -> None:
    for wrong in ("MRN 0048291 waits", "x" * LONGEST):
        assert keep_draft(store, "v-1", "ann|L1", {"notes": "Waits for a date"})
        assert not keep_draft(store, "v-1", "ann|L1", {"notes": wrong})
        with reading(store) as conn:
            assert drafts_of(conn, "ann|L1") == ()
