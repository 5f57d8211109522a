"""What is to be told by mail as of now: what was given since the last look, what became overdue, whose week begins."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from liaison.config import Settings
from liaison.fieldwork.given import anything_said, given_since, newest_entry
from liaison.fieldwork.one_practice import in_force
from liaison.fieldwork.owed import everything, late
from liaison.fieldwork.panels import panels
from liaison.fieldwork.people import wanted_mail
from liaison.fieldwork.syntax import DAYS
from liaison.jobs.outbox import Mark, Wanted, known, mark_of, moment
from liaison.store.tables import person
from liaison.vocabulary import MailKind

OLDEST = timedelta(days=7)  # what was given longer ago, while no mail was sent, stands in the digest alone


@dataclass(frozen=True)
class Recipient:
    """One of the team in force. `address`: as on record, blank without one; `wants`: what they chose to be told."""

    person_id: str
    name: str
    address: str
    wants: frozenset[MailKind]


@dataclass(frozen=True)
class Clock:
    """A moment as the instance's people have it. Days are ISO text."""

    now: datetime
    today: str
    monday: str
    morning: bool  # the hour from which on mails about the day are sent is there
    workday: bool
    digest_day: bool  # the day of the digest is there, or was in this week

    @classmethod
    def at(cls, settings: Settings, now: datetime) -> "Clock":
        local = now.astimezone(settings.time_zone)
        monday = (local - timedelta(days=local.weekday())).date().isoformat()
        begun = local.weekday() >= DAYS.index(settings.mail_digest_day)
        early = local.hour < settings.mail_hour
        return cls(now, local.date().isoformat(), monday, not early, local.weekday() < 5, begun)


@dataclass(frozen=True)
class Look:
    """What is wanted, and the mark that says how far was looked, before and after."""

    wanted: tuple[Wanted, ...]
    mark: Mark
    before: Mark


def recipients(conn: Connection, today: str) -> dict[str, Recipient]:
    """Everybody of the team in force on an ISO day, by id, in the order of names."""
    columns = [person.c[name] for name in ("person_id", "name", "email", "mail", "starts", "ends")]
    rows = conn.execute(select(*columns).order_by(person.c.name, person.c.key)).mappings()
    return {
        row["person_id"]: Recipient(row["person_id"], row["name"], row["email"] or "", wanted_mail(row["mail"]))
        for row in rows
        if in_force(dict(row), today)
    }


def anything(conn: Connection, settings: Settings, now: datetime) -> bool:
    """Whether a look would find something to look at; cheap, since the worker asks every few seconds."""
    mark, clock = mark_of(conn), Clock.at(settings, now)
    if mark.history_id is None or _overdue_now(mark, clock) or _digest_now(mark, clock):
        return True
    return anything_said(conn, mark.history_id)


def look(conn: Connection, settings: Settings, now: datetime, *, ahead: bool = False) -> Look:
    """What is wanted now. `ahead`: also what is wanted later today or this week. The first look of all tells nobody
    what was given to them before."""
    before, clock = mark_of(conn), Clock.at(settings, now)
    team, newest = recipients(conn, clock.today), newest_entry(conn)
    mark, wanted = replace(before, history_id=newest), list[Wanted]()
    if before.history_id is not None:
        wanted += _given(conn, team, before.history_id, settings, now)
    weekly = ahead or _digest_now(before, clock)
    if ahead or _overdue_now(before, clock):
        mark = replace(mark, overdue_on=clock.today)
        wanted += _overdue(conn, team, clock.today, {one.key for one in wanted}, weekly)
    if weekly:
        mark = replace(mark, digest_of=clock.monday)
        wanted += [
            Wanted(MailKind.digest, who, clock.monday, clock.monday)
            for who, one in team.items()
            if MailKind.digest in one.wants
        ]
    return Look(tuple(wanted), mark, before)


def _overdue_now(mark: Mark, clock: Clock) -> bool:
    return clock.morning and clock.workday and mark.overdue_on != clock.today


def _digest_now(mark: Mark, clock: Clock) -> bool:
    return clock.morning and clock.digest_day and mark.digest_of != clock.monday


def _given(conn: Connection, team: dict[str, Recipient], after: int, settings: Settings, now: datetime) -> list[Wanted]:
    """On the day of the instance on which it was given."""
    found = []
    for one in given_since(conn, after, moment(now - OLDEST)):
        if one.person_id in team and MailKind.assigned in team[one.person_id].wants:
            day = datetime.fromisoformat(one.at).astimezone(settings.time_zone).date().isoformat()
            found.append(Wanted(MailKind.assigned, one.person_id, one.thing, day))
    return found


def _overdue(conn: Connection, team: dict[str, Recipient], today: str, given: set[str], weekly: bool) -> list[Wanted]:
    """Each thing once for the day it was due on: a new day, and it may become overdue anew.

    What was given today is told as that alone, and looked at again tomorrow. `weekly`: a digest goes out now, which
    tells it then.
    """
    whose, found = panels(conn, today), list[Wanted]()
    for who, one in team.items():
        if MailKind.overdue not in one.wants:
            continue
        within = MailKind.digest if weekly and MailKind.digest in one.wants else None
        for thing, item in late(everything(conn, who, whose, today)).items():
            found.append(Wanted(MailKind.overdue, who, thing, item.on or "", within))
    told = given | known(conn, [Wanted(MailKind.assigned, each.person_id, each.thing, today).key for each in found])
    return [one for one in found if Wanted(MailKind.assigned, one.person_id, one.thing, today).key not in told]
