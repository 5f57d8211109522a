"""The table of what is told by mail: what waits, what is in a mail that is being sent, what was sent.

A row is taken for a mail before the mail is sent, and marked as sent after it. Whoever dies between the two leaves a
row of which nobody knows whether it went out. It is then tried once more, on the next day and with the same Message-ID:
a reminder that is read twice does less harm than a problem that nobody hears of, and never is anything told twice on
one day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from liaison.fieldwork.versions import in_chunks
from liaison.store.alone import alone
from liaison.store.bulk import insert_many
from liaison.store.tables import mail, mail_read
from liaison.vocabulary import MailKind

PART = "mail"  # of the store, in which one writes at a time
BACK_OFF = (5, 15, 60, 240, 720)  # minutes until the next try, by how often it was tried


class State(StrEnum):
    waiting = "waiting"
    sending = "sending"
    sent = "sent"
    over = "over"


@dataclass(frozen=True)
class Row:
    """Moments are UTC, ISO text."""

    key: str
    kind: MailKind
    person_id: str
    thing: str
    state: State
    due_at: str
    tries: int
    claim: str | None
    asked_at: str
    ended_at: str | None
    error: str | None


@dataclass(frozen=True)
class Wanted:
    """A thing to be told to somebody. `day`: what tells it from the same thing told another time; `within`: the kind of
    mail that tells it, where that is not its own.
    """

    kind: MailKind
    person_id: str
    thing: str
    day: str
    within: MailKind | None = None

    @property
    def key(self) -> str:
        return "|".join((self.kind.value, self.person_id, self.thing, self.day))


@dataclass(frozen=True)
class Mark:
    """How far the records were looked through; `history_id` None before the first time."""

    history_id: int | None
    overdue_on: str | None
    digest_of: str | None


def moment(at: datetime) -> str:
    """A moment as the table holds it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def mark_of(conn: Connection) -> Mark:
    row = conn.execute(select(mail_read)).first()
    return Mark(None, None, None) if row is None else Mark(row.history_id, row.overdue_on, row.digest_of)


def put(conn: Connection, wanted: Iterable[Wanted], mark: Mark, before: Mark, now: datetime, wait: timedelta) -> int:
    """What was not wanted before, from a while after now on; and how far was looked. Returns how many are new.

    Nothing is written where somebody else has looked since `before`.
    """
    alone(conn, PART)
    if mark_of(conn) != before:
        return 0
    if before.history_id is None:
        conn.execute(insert(mail_read).values(id=1, history_id=mark.history_id or 0))
    conn.execute(
        update(mail_read).values(history_id=mark.history_id or 0, overdue_on=mark.overdue_on, digest_of=mark.digest_of)
    )
    by_key = {one.key: one for one in wanted}
    for key in known(conn, list(by_key)):
        del by_key[key]
    given = {"state": State.waiting.value, "tries": 0, "asked_at": moment(now)}
    none = {"claim": None, "ended_at": None, "error": None}
    rows = [
        {
            **{"key": key, "kind": (one.within or one.kind).value, "person_id": one.person_id, "thing": one.thing},
            **{**given, **none, "due_at": moment(now + wait if one.kind is MailKind.assigned else now)},
        }
        for key, one in by_key.items()
    ]
    insert_many(conn, mail, rows)
    return len(rows)


def known(conn: Connection, keys: Sequence[str]) -> set[str]:
    """Those of these keys that were asked for before, whatever became of them."""
    each = (conn.scalars(select(mail.c.key).where(mail.c.key.in_(part))) for part in in_chunks(keys))
    return {key for found in each for key in found}


def due(conn: Connection, now: datetime) -> list[list[Row]]:
    """What is to be sent, by person and kind: all that waits of a kind, once some of it is due."""
    ripe = and_(mail.c.state.in_(_OPEN), mail.c.due_at <= moment(now))
    whose = select(mail.c.person_id, mail.c.kind).where(ripe).distinct()
    groups = []
    for person_id, kind in conn.execute(whose.order_by(mail.c.person_id, mail.c.kind)).all():
        fresh = and_(mail.c.state == State.waiting.value, mail.c.tries == 0)
        mine = and_(mail.c.person_id == person_id, mail.c.kind == kind, or_(ripe, fresh))
        groups.append([_row(row) for row in conn.execute(select(mail).where(mine).order_by(mail.c.key)).mappings()])
    return groups


def any_due(conn: Connection, now: datetime) -> bool:
    wanted = select(mail.c.key).where(mail.c.state.in_(_OPEN), mail.c.due_at <= moment(now)).limit(1)
    return conn.scalar(wanted) is not None


def take(conn: Connection, rows: Sequence[Row], tomorrow: datetime) -> list[Row]:
    """Those of these rows that nobody else has taken: they are in a mail from here on. One whose end is never told is
    due again `tomorrow`."""
    claim = uuid4().hex
    for row in rows:
        same = and_(
            *(mail.c.key == row.key, mail.c.state == row.state.value, mail.c.due_at == row.due_at),
            mail.c.claim.is_not_distinct_from(row.claim),
        )
        taken = {"state": State.sending.value, "claim": claim, "tries": row.tries + 1, "due_at": moment(tomorrow)}
        conn.execute(update(mail).where(same).values(taken))
    mine = select(mail).where(mail.c.claim == claim).order_by(mail.c.key)
    return [_row(row) for row in conn.execute(mine).mappings()]


def end(conn: Connection, rows: Sequence[Row], state: State, now: datetime) -> None:
    """They were sent, or need not be sent any more."""
    for part in in_chunks([row.key for row in rows]):
        gone = {"state": state.value, "ended_at": moment(now), "error": None}
        conn.execute(update(mail).where(mail.c.key.in_(part)).values(gone))


def put_off(conn: Connection, rows: Sequence[Row], why: str, until: datetime | None, now: datetime) -> None:
    """They were not sent, and why. `until` None: by how often each was tried."""
    for row in rows:
        later = until or now + timedelta(minutes=BACK_OFF[min(max(row.tries, 1), len(BACK_OFF)) - 1])
        again = {"state": State.waiting.value, "error": why, "due_at": moment(later), "tries": max(row.tries, 1)}
        conn.execute(update(mail).where(mail.c.key == row.key).values(again))


def unsent(conn: Connection) -> list[Row]:
    """What waits or is being sent, the earliest due first."""
    wanted = select(mail).where(mail.c.state.in_(_OPEN)).order_by(mail.c.due_at, mail.c.key)
    return [_row(row) for row in conn.execute(wanted).mappings()]


def sent_since(conn: Connection, since: datetime) -> int:
    """Mails (not things) that went out from a moment on."""
    wanted = select(func.count(mail.c.claim.distinct()))
    went = wanted.where(mail.c.state == State.sent.value, mail.c.ended_at >= moment(since))
    return int(conn.scalar(went) or 0)


_OPEN = (State.waiting.value, State.sending.value)


def _row(row: Any) -> Row:
    return Row(**{**row, "kind": MailKind(row["kind"]), "state": State(row["state"])})
