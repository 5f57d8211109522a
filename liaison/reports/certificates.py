"""Certificates of an event as one PDF, a page a person: of attendance for any event, of credit where it is designated.

The accreditation statement is printed word for word and is the only place where a kind of credit is named: names of
kinds of credit belong to who accredits.
"""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from typing import Any

from liaison.errors import LiaisonError
from liaison.fieldwork.credit import credit
from liaison.fieldwork.one_event import Attended, EventFile, kind_words
from liaison.reports.paper import pdf

NO_CREDIT = "This certificate documents attendance. It grants no education credit."


def attendance_certificates(about: EventFile, organiser: str = "", only: Iterable[str] | None = None) -> bytes:
    """For everybody who came, or `only` for these keys. LiaisonError where nobody came."""
    people = _chosen(about.attended, only)
    if not people:
        raise LiaisonError(f"Nobody is on record as having come to {about.row.title}.", remedy="Record who came first.")
    pages = [
        {
            "name": each.name,
            "lines": ["attended", about.row.title, _when(about)],
            "facts": _facts(("From", each.practice), ("Minutes attended", _number(each.minutes))),
            "statement": NO_CREDIT,
        }
        for each in people
    ]
    return _printed("Certificate of attendance", about, pages, organiser)


def credit_certificates(about: EventFile, organiser: str = "", only: Iterable[str] | None = None) -> bytes:
    """For everybody who claims credit. LiaisonError where the event cannot give it, or nobody claims any."""
    people = _chosen(credit(about).claimed, only)
    if not people:
        raise LiaisonError(
            f"Nobody has claimed credit of {about.row.title}.", remedy="Write down what each person claims first."
        )
    record = about.record
    pages = [
        {
            "name": each.name,
            "lines": [
                "attended and claims",
                f"{_hours(each.credits_claimed)} of credit",
                about.row.title,
                _when(about),
            ],
            "facts": _facts(
                ("Accredited provider", record["accredited_provider"]),
                ("Designated at most", _hours(record["credit_maximum"])),
                ("Designated on", _day(date.fromisoformat(record["designated_on"]))),
                ("NPI", each.npi),
            ),
            "statement": record["accreditation_statement"],
        }
        for each in people
    ]
    return _printed("Certificate of credit", about, pages, organiser)


def _chosen(people: Iterable[Attended], only: Iterable[str] | None) -> list[Attended]:
    wanted = None if only is None else set(only)
    return [each for each in people if wanted is None or each.key in wanted]


def _printed(title: str, about: EventFile, pages: list[dict[str, Any]], organiser: str) -> bytes:
    foot = f"{about.row.title}, {_when(about)}"
    return pdf("certificate", {"title": title, "organiser": organiser, "foot": foot, "pages": pages})


def _when(about: EventFile) -> str:
    """'Grand rounds, 3 December 2026, 12:15 to 13:15, Elm Street'."""
    starts, minutes = about.row.starts, about.record["minutes"]
    said = f"{kind_words(about.row.kind)}, {_day(starts.date())}, {starts:%H:%M}"
    if minutes:
        ends = (starts.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(starts.tzinfo)
        said += f" to {ends:%H:%M}"
    return f"{said}, {about.row.place}" if about.row.place else said


def _facts(*pairs: tuple[str, str | None]) -> list[list[str]]:
    return [[label, value] for label, value in pairs if value]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _hours(credits: float | None) -> str:
    return "1 hour" if credits == 1 else f"{credits or 0:g} hours"


def _number(minutes: float | None) -> str | None:
    return None if minutes is None else f"{minutes:g}"
