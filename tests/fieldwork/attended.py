"""An event with practices that were invited, and people who could come; NPIs have a true check digit."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork.inviting import invite, invite_person
from liaison.store import writing
from tests.fieldwork.test_events import EVENT, begun

ROE, POE, LEE = "1234567893", "1245319599", "1679576722"  # of CMS's own examples and the registry
NOON = datetime(2026, 12, 3, 12, 20, tzinfo=ZoneInfo("America/Chicago"))


def planned(store: Engine) -> Engine:
    """Elm Street and Oak Hill are invited, Birch Lane is not; Dr. Poe and Ann Sun work at Elm and at Birch."""
    begun(store)
    with writing(store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P3", "name": "Birch Lane", "aliases": "Birch"}], "ann")
        places = [
            (ROE, "Jane Roe, MD", "P1"),
            (POE, "Peter Poe", "P1"),
            (POE, "Peter Poe", "P3"),
            (LEE, "Kim Lee", "P3"),
        ]
        providers = [{"npi": n, "name": name, "practice_id": p} for n, name, p in places]
        fieldwork.write(conn, "providers", providers, "ann")
        contacts = [{"practice_id": p, "name": "Ann Sun"} for p in ("P1", "P3")]
        fieldwork.write(conn, "contacts", [*contacts, {"practice_id": "P2", "name": "Mia Fox"}], "ann")
        fieldwork.write(conn, "events", [EVENT], "ann")
    invite(store, "E1", ["P1", "P2"], "2026-11-20", actor="ann")
    invite_person(store, "E1", "P2", "Olga Nowak", None, "2026-11-20", actor="ann")
    return store
