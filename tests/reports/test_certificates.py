"""Certificates and the calendar entry of an event: what they say, to whom, and when none is given."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import vobject
from pypdf import PdfReader
from sqlalchemy import Engine

from liaison.errors import LiaisonError
from liaison.fieldwork.attending import claim, take
from liaison.fieldwork.inviting import change_event
from liaison.fieldwork.one_event import EventFile, event_file
from liaison.reports.certificates import attendance_certificates, credit_certificates
from liaison.reports.event_calendar import event_calendar
from liaison.store import open_store, reading
from liaison.store.migrate import upgrade
from liaison.vocabulary import Recorded
from tests.fieldwork.attended import NOON, ROE, planned

STATEMENT = "Valley Medical Society designates this live activity for a maximum of 1.0 credit. *Not* markup #panic()."
DESIGNATED = {
    "accredited_provider": "Valley Medical Society",
    "accreditation_statement": STATEMENT,
    "credit_maximum": 1.0,
    "designated_on": "2026-11-01",
}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    engine = open_store(sqlite_url)
    upgrade(engine)
    planned(engine)
    take(engine, "E1", [ROE, "Peter Poe", "Mia Fox"], Recorded.typed, NOON, actor="ann")
    yield engine
    engine.dispose()


def about(store: Engine) -> EventFile:
    with reading(store) as conn:
        return event_file(conn, "E1")


def pages(file: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(file)).pages]


def test_everybody_who_came_gets_a_page_and_no_word_of_credit(store: Engine) -> None:
    found = pages(attendance_certificates(about(store), "Our Hospital"))
    assert len(found) == 3
    fox = next(page for page in found if "MiaFox" in page)
    for said in ("Certificateofattendance", "OurHospital", "Whentoreferatremor", "3December2026,12:15to13:15"):
        assert said in fox
    assert "OakHill" in fox
    assert "grantsnoeducationcredit" in fox
    assert "PRA" not in "".join(found)


def test_credit_is_certified_as_it_was_designated_and_claimed(store: Engine) -> None:
    change_event(store, about(store), DESIGNATED, actor="ann")
    with pytest.raises(LiaisonError, match="Nobody has claimed credit"):
        credit_certificates(about(store))
    roe = next(each for each in about(store).attended if each.npi == ROE)
    claim(store, about(store), roe, 0.75, actor="ann")
    (page,) = pages(credit_certificates(about(store)))
    for said in ("JaneRoe,MD", "0.75hoursofcredit", "Designatedatmost1hour", "Designatedon1November2026", ROE):
        assert said in page
    assert "".join(STATEMENT.split()) in page  # word for word, and never markup


def test_without_any_part_of_the_designation_no_credit_is_certified(store: Engine) -> None:
    lacking: list[tuple[dict[str, str | None], str]] = [
        ({"accredited_provider": None}, "the accredited provider's name"),
        ({"accreditation_statement": None}, "the accreditation statement"),
        ({"credit_maximum": None}, "the designated maximum"),
        ({"designated_on": None}, "the date of designation"),
        ({"designated_on": "2026-12-04"}, "designated on 2026-12-04, the event was on 2026-12-03"),
    ]
    for without, said in lacking:
        change_event(store, about(store), DESIGNATED | without, actor="ann")
        with pytest.raises(LiaisonError, match=said):
            credit_certificates(about(store))
    assert attendance_certificates(about(store))


def test_an_event_in_a_calendar_keeps_its_entry_when_it_is_moved_and_cancelled(store: Engine) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)

    def entry() -> vobject.base.Component:
        return vobject.readOne(event_calendar(about(store), now).decode()).vevent

    first = entry()
    assert first.dtstart.value.astimezone(UTC) == datetime(2026, 12, 3, 18, 15, tzinfo=UTC)  # Chicago, winter
    assert first.dtend.value - first.dtstart.value == timedelta(minutes=60)
    assert (first.summary.value, first.status.value) == ("When to refer a tremor", "CONFIRMED")
    assert not {"attendee", "organizer"} & set(first.contents)
    change_event(store, about(store), {"starts_at": "2026-10-29T12:15", "place": "Hall; east, 2"}, actor="ann")
    second = entry()
    assert second.dtstart.value.astimezone(UTC) == datetime(2026, 10, 29, 17, 15, tzinfo=UTC)  # still summer time
    assert (second.uid.value, second.location.value) == (first.uid.value, "Hall; east, 2")
    change_event(store, about(store), {"cancelled": "Speaker ill"}, actor="ann")
    third = entry()
    assert (third.uid.value, third.status.value) == (first.uid.value, "CANCELLED")
    assert [int(each.sequence.value) for each in (first, second, third)] == [0, 1, 2]
