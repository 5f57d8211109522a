"""Mail to the team's people: looked for and sent by the worker, each thing once, tried again where the server fails."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any

from sqlalchemy import Connection

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.owed import everything, late, week
from liaison.fieldwork.panels import panels
from liaison.jobs import log, outbox, queue
from liaison.jobs.mail_look import Clock, Recipient, anything, look, recipients
from liaison.jobs.outbox import Row, State
from liaison.jobs.smtp import RefusedError, Server, UnclearError, UnreachableError
from liaison.reports import mails
from liaison.reports.mails import Whom, Written
from liaison.store import reading, writing
from liaison.vocabulary import Audience, MailKind

KIND = "mail"
GATHER = timedelta(minutes=5)  # what is given one after the other goes into one mail
NO_ADDRESS = timedelta(hours=1)  # until somebody without an address is looked at again
AFTER_FAULT = timedelta(hours=1)
Progress = Callable[[float, str], None]


@dataclass
class Mailed:
    """What one run did: plain values for the table of jobs and the command."""

    sent: list[dict[str, str]] = field(default_factory=list)
    put_off: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def on(settings: Settings) -> bool:
    """Whether mails are sent at all: a server is named, and the instance is the team's own."""
    return bool(settings.mail_host) and Audience(settings.audience) is Audience.inside


def ask(home: Home, now: datetime) -> str | None:
    """Ask for a run where there is something to look at or to send; returns the job's id."""
    if not on(home.settings):
        return None
    last = queue.newest(home, KIND)
    if last is not None and not last.over:
        return None
    if last is not None and last.state is not queue.State.done and _since(last.ended_at, now) < AFTER_FAULT:
        return None  # a fault of ours is not repeated every ten seconds; it is told meanwhile
    with reading(home.store) as connection:
        if not (outbox.any_due(connection, now) or anything(connection, home.settings, now)):
            return None
    return queue.enqueue(home, KIND, {}, asked_by="schedule")


def run(home: Home, now: datetime, progress: Progress) -> Mailed:
    """Look for what is to be told, then send what is due. LiaisonError where no mail is sent here."""
    _refuse_off(home.settings)
    progress(0.1, "Looking for what is to be told")
    with reading(home.store) as connection:
        found = look(connection, home.settings, now)
    with writing(home.store) as connection:
        outbox.put(connection, found.wanted, found.mark, found.before, now, GATHER)
    with reading(home.store) as connection:
        groups = outbox.due(connection, now)
    done = Mailed()
    with Server(home.settings) as server:
        for place, rows in enumerate(groups):
            progress(0.2 + 0.8 * place / len(groups), f"Mail {place + 1:,} of {len(groups):,}")
            try:
                _one(home, server, rows, now, done)
            except UnreachableError as silent:
                _all_later(home, groups[place:], str(silent), now, done)
                break
    if done.sent or done.put_off:
        log.note(home.path, f"mail: {len(done.sent)} sent, {len(done.put_off)} put off")
    return done


def try_out(home: Home, address: str, now: datetime) -> None:
    """Send a trial mail. LiaisonError with what the server says where it cannot be sent."""
    _refuse_off(home.settings)
    written = mails.trial(now.isoformat())
    mail = mails.message(written, "", address, home.settings.mail_from, format_datetime(now), home.instance_key)
    with Server(home.settings) as server:
        server.send(mail)


def _refuse_off(settings: Settings) -> None:
    if not on(settings):
        raise LiaisonError(
            "This instance sends no mail.",
            remedy="Name the team's server in LIAISON_MAIL_HOST and LIAISON_MAIL_FROM, or look with --dry-run.",
        )


def _one(home: Home, server: Server, rows: list[Row], now: datetime, done: Mailed) -> None:
    """One mail: written from the records as they stand, taken, sent, noted."""
    settings = home.settings
    with reading(home.store) as connection:
        who = recipients(connection, Clock.at(settings, now).today).get(rows[0].person_id)
        written = write(connection, settings, who, rows[0].kind, rows, now) if who else None
    told = set(written.keys) if written else set()
    live, gone = [row for row in rows if row.key in told], [row for row in rows if row.key not in told]
    if gone:
        with writing(home.store) as connection:
            outbox.end(connection, gone, State.over, now)
    if who is None or written is None:
        return
    first = datetime.fromisoformat(min(row.asked_at for row in live))
    try:
        mail = mails.message(
            written, who.name, who.address, settings.mail_from, format_datetime(first), home.instance_key
        )
    except LiaisonError as refused:
        _later(home, live, str(refused), now + NO_ADDRESS, now, done)
        return
    tomorrow = _tomorrow(settings, now)
    with writing(home.store) as connection:
        taken = outbox.take(connection, live, tomorrow)
    if len(taken) < len(live):  # another run has some of them: what is left goes into the next mail
        _later(home, taken, "", now + GATHER, now, done)
        return
    try:
        server.send(mail)
    except RefusedError as refused:
        _later(home, taken, str(refused), None, now, done)
    except UnclearError as unclear:
        why = f"{unclear} Whether it went out is not known, so it is sent once more tomorrow."
        _later(home, taken, why, tomorrow, now, done)
    else:
        with writing(home.store) as connection:
            outbox.end(connection, taken, State.sent, now)
        done.sent.append(
            {"to": who.person_id, "name": who.name, "kind": written.kind.value, "subject": written.subject}
        )


def write(
    connection: Connection, settings: Settings, who: Recipient, kind: MailKind, rows: Sequence[Row], now: datetime
) -> Written | None:
    """The mail that tells these rows, as far as they still hold; None where nothing of them does."""
    if kind not in who.wants:
        return None
    clock = Clock.at(settings, now)
    whose, to = panels(connection, clock.today), Whom(who.person_id, who.name, settings.mail_links)
    if kind is MailKind.digest:
        current = any(row.thing == clock.monday for row in rows)
        of = week(connection, who.person_id, whose, clock.today) if current else None
        return mails.digest(to, of, [row.key for row in rows]) if of and not of.empty else None
    owed = everything(connection, who.person_id, whose, clock.today)
    stands = late(owed) if kind is MailKind.overdue else owed
    found = {row.key: stands[row.thing] for row in rows if row.thing in stands}
    if not found:
        return None
    items = list({item.key: item for item in found.values()}.values())
    tell = mails.overdue if kind is MailKind.overdue else mails.given
    return tell(to, items, list(found))


def _all_later(home: Home, groups: Sequence[list[Row]], why: str, now: datetime, done: Mailed) -> None:
    """The server is away: nobody of those who are left is tried now."""
    with reading(home.store) as connection:
        open_ = {row.key: row for row in outbox.unsent(connection)}
    for rows in groups:
        # The first of them was taken for its mail, which counted the try.
        tried = [open_[row.key] for row in rows if row.key in open_]
        counted = [row if row.state is State.sending else replace(row, tries=row.tries + 1) for row in tried]
        if counted:
            _later(home, counted, why, None, now, done)


def _later(home: Home, rows: Sequence[Row], why: str, until: datetime | None, now: datetime, done: Mailed) -> None:
    with writing(home.store) as connection:
        outbox.put_off(connection, rows, why, until, now)
    if rows and why:
        done.put_off.append({"to": rows[0].person_id, "kind": rows[0].kind.value, "why": why})


def _tomorrow(settings: Settings, now: datetime) -> datetime:
    """The morning of the next day, as the instance's people have it."""
    local = now.astimezone(settings.time_zone)
    return datetime.combine(local.date() + timedelta(days=1), time(settings.mail_hour), settings.time_zone)


def _since(text: str | None, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(text).astimezone(UTC) if text else timedelta.max
