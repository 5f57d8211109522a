"""Who came: taken from typed, scanned or pasted lines, or given by hand; corrected, claimed and voided later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from liaison.errors import LiaisonError, Where
from liaison.fieldwork.edits import edit
from liaison.fieldwork.one_event import Attended, EventFile, event_file
from liaison.fieldwork.records import RECORDS, write
from liaison.fieldwork.roster import Person, Read, Roster
from liaison.fieldwork.syntax import LINE
from liaison.store import writing
from liaison.store.alone import alone
from liaison.vocabulary import Recorded, comparison_key, valid_npi

MOST_LINES = 1_000


@dataclass(frozen=True)
class Taken:
    """`recorded` now, `already` there before, and what a person must `decide`."""

    recorded: tuple[Person, ...]
    already: tuple[Person, ...]
    decide: tuple[Read, ...]


def take(store: Engine, event_id: str, lines: Iterable[str], how: Recorded, now: datetime, *, actor: str) -> Taken:
    """Record whom the lines name exactly; `now` is the moment, with its zone.

    LiaisonError where the event was cancelled or lies ahead, or there are more than a thousand lines.
    """
    given = [line for line in lines if line.strip()]
    if len(given) > MOST_LINES or any(len(line) > 5 * LINE for line in given):
        raise LiaisonError(
            f"This is more than {MOST_LINES:,} lines, or a line is longer than {5 * LINE:,} letters.",
            remedy="Take them in portions, a person a line.",
        )
    with writing(store) as conn:
        alone(conn, RECORDS)
        about = event_file(conn, event_id)
        _refuse_ahead(about, now)
        roster = Roster(conn, about)
        read = [roster.read(line) for line in given]
        return _write(conn, about, read, how, now, actor)


def attend(store: Engine, event_id: str, who: Person, now: datetime, *, actor: str) -> Taken:
    """Record one person who was named by hand; LiaisonError as for `take`, and where a value is wrong."""
    if not who.name.strip() or len(who.name) > LINE:
        raise LiaisonError("Whoever came has a name.", remedy=f"Write it in at most {LINE} letters.")
    if who.npi and not valid_npi(who.npi):
        raise LiaisonError(f"{who.npi} is not an NPI.", Where(column="npi"), "Write its ten digits, or leave it blank.")
    with writing(store) as conn:
        alone(conn, RECORDS)
        about = event_file(conn, event_id)
        _refuse_ahead(about, now)
        return _write(conn, about, [Read(who.name, who)], Recorded.typed, now, actor)


def _refuse_ahead(about: EventFile, now: datetime) -> None:
    row = about.row
    if row.cancelled:
        raise LiaisonError(
            f"{row.title} was cancelled: {row.cancelled}.", remedy="Take the cancellation back if it did take place."
        )
    if now.astimezone(row.starts.tzinfo).date() < row.starts.date():
        raise LiaisonError(
            f"{row.title} is on {row.starts:%Y-%m-%d}: nobody can have come yet.",
            remedy="Record who comes from that day on; until then, answers to invitations.",
        )


def _write(conn: Connection, about: EventFile, read: Iterable[Read], how: Recorded, now: datetime, actor: str) -> Taken:
    local = now.astimezone(about.row.starts.tzinfo)
    arrived = f"{local:%H:%M}" if local.date() == about.row.starts.date() and how is not Recorded.pasted else None
    here = [Person(each.name, each.practice_id, each.practice, each.npi) for each in about.attended]
    rows, recorded, already, decide = [], list[Person](), list[Person](), list[Read]()
    for one in read:
        if one.who is None:
            decide.append(one)
        elif _is_here(one.who, [*here, *recorded]):
            already.append(one.who)
        else:
            recorded.append(one.who)
            rows.append(
                {
                    "event_id": about.row.event_id,
                    "attendee": one.who.npi or f"{one.who.name} {one.who.practice_id or ''}".strip(),
                    "name": one.who.name.strip(),
                    "practice_id": one.who.practice_id,
                    "npi": one.who.npi,
                    "arrived_at": arrived,
                    "recorded": how.value,
                    "voided": None,
                }
            )
    write(conn, "attendance", rows, actor)
    return Taken(tuple(recorded), tuple(already), tuple(decide))


def _is_here(who: Person, here: Iterable[Person]) -> bool:
    name = comparison_key(who.name)
    return any(
        (who.npi is not None and who.npi == each.npi)
        or (name == comparison_key(each.name) and who.practice_id == each.practice_id and None in (who.npi, each.npi))
        for each in here
    )


def claim(store: Engine, about: EventFile, one: Attended, credits: float | None, *, actor: str) -> None:
    """The hours of credit that somebody claims. LiaisonError where the event carries none, or fewer."""
    most = about.record["credit_maximum"]
    if credits is not None and (most is None or credits > most):
        raise LiaisonError(
            f"{about.row.title} carries {f'at most {most:g} hours of' if most is not None else 'no'} credit.",
            Where(column="credits_claimed"),
            "Write what the person claims of it, in quarter hours.",
        )
    edit(store, "attendance", one.key, {"credits_claimed": credits}, expected_version=one.version, actor=actor)


def correct(store: Engine, one: Attended, minutes: float | None, *, actor: str) -> None:
    """How long somebody was there."""
    edit(store, "attendance", one.key, {"minutes": minutes}, expected_version=one.version, actor=actor)


def did_not_come(store: Engine, one: Attended, reason: str, *, actor: str) -> None:
    """Void an attendance; its history stays, and the practice's touch goes where nobody else of it came."""
    if not reason.strip():
        raise LiaisonError("A reason is missing.", remedy="Say why it does not stand, such as: recorded by mistake.")
    edit(store, "attendance", one.key, {"voided": reason}, expected_version=one.version, actor=actor)
