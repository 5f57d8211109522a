"""The last visit of each practice, and where practices lie."""

from pathlib import Path

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.one_practice import last_touches
from liaison.fieldwork.practices import towns
from liaison.store import reading, writing


def test_the_newest_contact_of_a_practice_counts_whatever_its_channel(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "home"))
    with writing(home.store) as connection:
        practices = [
            {"practice_id": p, "name": p, "city": c} for p, c in (("P1", "Asheville"), ("P2", None), ("P3", ""))
        ]
        fieldwork.write(connection, "practices", practices, actor="spec")
        fieldwork.write(connection, "people", [{"person_id": "ann", "name": "Ann"}], actor="spec")
        visits = [
            ("v1", "P1", None, "2026-03-02", "in_person"),
            ("v2", "P1", None, "2026-04-01", "phone"),
            ("v3", "P2", None, "2025-12-31", "email"),
            ("v4", None, "1234567893", "2026-05-01", "in_person"),
        ]
        rows = [
            {"visit_id": v, "person_id": "ann", "practice_id": p, "npi": n, "date": d, "channel": c}
            for v, p, n, d, c in visits
        ]
        fieldwork.write(connection, "visits", rows, actor="spec")
    with reading(home.store) as connection:
        assert last_touches(connection) == {"P1": "2026-04-01", "P2": "2025-12-31"}
        assert towns(connection) == {"P1": "Asheville"}
    home.close()
