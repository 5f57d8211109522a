"""Who looked at single referrals stands in the store, without saying which."""

from datetime import UTC, datetime, timedelta

from liaison.access import Viewer
from liaison.access.audit import Action, entries, record
from liaison.store import open_store, reading
from liaison.store.migrate import upgrade
from liaison.store.tables import audit


def test_looks_are_listed_newest_first_with_who_what_and_how_many(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    upgrade(store)
    record(store, Viewer("ann"), Action.looked, "stuck", {"practice": "P-1"}, 20, 20)
    record(store, Viewer("bob"), Action.downloaded, "out_of_network", {}, 500, 1_234)
    found = entries(store).entries
    assert [(e.actor, e.action.value, e.what, dict(e.filters), e.listed, e.total) for e in found] == [
        ("bob", "downloaded", "out_of_network", {}, 500, 1_234),
        ("ann", "looked", "stuck", {"practice": "P-1"}, 20, 20),
    ]
    assert entries(store, limit=1).entries == found[:1]
    store.dispose()


def test_days_asked_for_are_both_included(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    upgrade(store)
    record(store, Viewer("ann"), Action.printed, "stuck", {}, 1, 1)
    with reading(store) as connection:
        at = connection.execute(audit.select()).mappings().one()["at"]
    today = datetime.now(UTC).date()
    assert datetime.fromisoformat(at).tzinfo is not None
    day = at[:10]
    assert len(entries(store, day, day).entries) == 1
    assert entries(store, (today + timedelta(days=2)).isoformat()).entries == ()
    assert entries(store, None, (today - timedelta(days=2)).isoformat()).entries == ()
    store.dispose()
