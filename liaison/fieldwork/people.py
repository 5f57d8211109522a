"""People: our own (liaisons and their panels of practices) and the providers who work at practices."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, Fault, clock
from liaison.store.tables import assignment, person, provider_place
from liaison.vocabulary import MailKind, Telehealth

NO_MAIL = "none"


def _working_day_faults(values: Mapping[str, Any]) -> list[Fault]:
    begins, ends = values.get("works_from"), values.get("works_to")
    try:
        backwards = begins is not None and ends is not None and clock(ends) <= clock(begins)
    except ValueError:
        return []  # already said of the value itself
    return [Fault("works_to", "is not after works_from", "Give the end of the working day.")] if backwards else []


def wanted_mail(chosen: str | None) -> frozenset[MailKind]:
    """What a person is told by mail: all, where nothing was chosen. Raises ValueError for another word."""
    if not chosen:
        return frozenset(MailKind)
    words = {word.strip().lower() for word in chosen.split(";") if word.strip()}
    return frozenset(MailKind(word) for word in words - {NO_MAIL})


def mail_chosen(conn: Connection, person_id: str) -> tuple[str, str, int]:
    """A person's address and choice of mails, blank where none is on record, and the version of their record."""
    p = person.c
    row = conn.execute(select(p.email, p.mail, p.version).where(p.person_id == person_id)).one()
    return row.email or "", row.mail or "", row.version


def _mail_faults(values: Mapping[str, Any]) -> list[Fault]:
    try:
        wanted_mail(values.get("mail"))
    except ValueError:
        listed = ";".join(MailKind)
        return [Fault("mail", "names what nobody is told", f"Write some of {listed}, or {NO_MAIL}.")]
    return []


PEOPLE = RecordKind(
    name="people",
    one="person",
    table=person,
    keys=("person_id",),
    needs=("person_id", "name"),
    forms={
        "start_zip": "zip",
        "lat": "latitude",
        "lon": "longitude",
        "works_from": "clock",
        "works_to": "clock",
        "days": "days",
        "starts": "date",
        "ends": "date",
        "visits_complete_from": "month",
    },
    check=lambda values: [*_working_day_faults(values), *_mail_faults(values)],
)

ASSIGNMENTS = RecordKind(
    name="assignments",
    one="assignment",
    table=assignment,
    keys=("practice_id", "person_id", "service_line", "starts"),
    needs=("practice_id", "person_id"),
    forms={"starts": "date", "ends": "date"},
    refers={"practice_id": "practices", "person_id": "people"},
)

PROVIDERS = RecordKind(
    name="providers",
    one="provider's place",
    table=provider_place,
    keys=("npi", "practice_id", "starts"),
    needs=("npi", "name"),
    forms={"in_office": "days", "starts": "date", "ends": "date"},
    choices={"telehealth": Telehealth},
    longest={"telehealth_note": LINE},
    numbered="listed",  # without a name on a referral, the provider's first known place counts
    check=lambda values: patient_faults(values, ("telehealth_note",)),
    recount=True,
)
