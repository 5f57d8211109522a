"""What became of the mails, in sentences for whoever runs the team: nothing that was not sent stays unsaid."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import mailed, outbox, queue
from liaison.jobs.mail_look import Clock, Recipient, look, recipients
from liaison.jobs.outbox import Row, State
from liaison.metrics.figure import date_words
from liaison.reports import mails
from liaison.store import reading
from liaison.vocabulary import MailKind

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """`wrong`: what somebody has to mend; `quiet`: what there is to know besides."""

    on: bool
    quiet: str
    wrong: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"on": self.on, "says": self.quiet, "wrong": list(self.wrong)}


@dataclass(frozen=True)
class Draft:
    """A mail that is not sent yet; `address` None where there is no usable one."""

    to: str
    name: str
    address: str | None
    kind: str
    subject: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def told(home: Home, now: datetime) -> Told:
    """How mail stands."""
    settings = home.settings
    if not settings.mail_host:
        return Told(False, "No mail is sent: LIAISON_MAIL_HOST names no server.", ())
    if not mailed.on(settings):
        return Told(False, "No mail is sent: LIAISON_AUDIENCE is outside, and mails are for the team.", ())
    with reading(home.store) as connection:
        team = recipients(connection, Clock.at(settings, now).today)
        rows, went = outbox.unsent(connection), outbox.sent_since(connection, now - LATELY)
    said = f"Mail goes through {settings.mail_host}. {went:,} went out in the last seven days."
    last = queue.newest(home, mailed.KIND)
    wrong = [_failed(last)] if last is not None and last.state is queue.State.failed and last.error else []
    wrong += _without(team)
    wrong += _errors(home, [row for row in rows if _reachable(team.get(row.person_id))])
    return Told(True, said, tuple(wrong))


def drafts(home: Home, now: datetime) -> list[Draft]:
    """Every mail that would be sent now, or later today or this week as things stand; nothing is written."""
    with reading(home.store) as connection:
        clock = Clock.at(home.settings, now)
        team = recipients(connection, clock.today)
        seen = {row.key: row for row in outbox.unsent(connection)}
        found = look(connection, home.settings, now, ahead=True)
        known = outbox.known(connection, [one.key for one in found.wanted])
        rows = [*seen.values(), *(_as_row(one, now) for one in found.wanted if one.key not in known)]
        groups: dict[tuple[str, MailKind], list[Row]] = {}
        for row in rows:
            groups.setdefault((row.person_id, row.kind), []).append(row)
        order = {who: place for place, who in enumerate(team)}
        made = []
        for (person_id, kind), theirs in sorted(
            groups.items(), key=lambda each: (order.get(each[0][0], 0), each[0][1])
        ):
            who = team.get(person_id)
            written = mailed.write(connection, home.settings, who, kind, theirs, now) if who else None
            if who and written:
                made.append(Draft(person_id, who.name, address(who), kind.value, written.subject, written.text))
    return made


def address(who: Recipient) -> str | None:
    """Where a person is written to; None without a usable address."""
    try:
        return mails.address_of(who.name, who.address).addr_spec
    except LiaisonError:
        return None


def _reachable(who: Recipient | None) -> bool:
    """Not somebody of whom it is said by name that there is no address."""
    return who is None or address(who) is not None


def _as_row(one: outbox.Wanted, now: datetime) -> Row:
    at = outbox.moment(now)
    return Row(one.key, one.within or one.kind, one.person_id, one.thing, State.waiting, at, 0, None, at, None, None)


def _without(team: dict[str, Recipient]) -> list[str]:
    names = [who.name for who in team.values() if who.wants and address(who) is None]
    if not names:
        return []
    listed = ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")
    return [
        f"Without a usable e-mail address on record, and so without mail: {listed}. Data, Records, People has them."
    ]


def _errors(home: Home, rows: list[Row]) -> list[str]:
    """Each reason once, with how much waits for it and until when."""
    by_reason: dict[str, list[Row]] = {}
    for row in rows:
        if row.state is State.sending:
            why = "A run ended while a mail was being sent; whether it went out is not known, so it is sent once more."
        elif not row.error:
            continue  # on its way
        else:
            why = row.error
        by_reason.setdefault(why, []).append(row)
    said = []
    for why, waiting in by_reason.items():
        many = len(waiting)
        head = f"{many:,} thing{'' if many == 1 else 's'} could not be told by mail."
        said.append(f"{head} {why} The next try is {_when(home, waiting[0].due_at)}.")
    return said


def _when(home: Home, text: str) -> str:
    local = datetime.fromisoformat(text).astimezone(home.settings.time_zone)
    today = datetime.now(UTC).astimezone(home.settings.time_zone).date()
    day = "today" if local.date() == today else f"on {date_words(local.date())}"
    return f"{day} at {local:%H:%M}"


def _failed(job: queue.Job) -> str:
    error = job.error or {}
    return f"{error.get('message', '')} {error.get('remedy') or ''}".strip()
