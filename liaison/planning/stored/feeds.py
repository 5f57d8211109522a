"""Addresses at which a liaison's calendar reads the plans: one a person, secret, kept as a hash only.

Whoever has the address reads the visits, as with every calendar that is subscribed to. It is therefore long, drawn by
chance, shown once, and ends when a new one is made or it is revoked.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.metrics.resolution import places_now
from liaison.planning.stored.plans import DONE, PLANNED, StoredPlan, monday, stored_plan
from liaison.store import reading, writing
from liaison.store.tables import calendar_feed, route_plan

BYTES = 32  # drawn by chance: 43 letters of an address
WEEKS_BACK = 2


@dataclass(frozen=True)
class Feed:
    """Whose address it is, when and by whom it was made; `territories`: what its maker may see, None: everything."""

    person_id: str
    made_at: str
    made_by: str
    territories: frozenset[str] | None


def new_feed(home: Home, person_id: str, viewer: Viewer) -> str:
    """A new secret token for this person; the one before ends. It is returned here and kept nowhere.

    Raises LiaisonError for somebody who is not of the team.
    """
    token = secrets.token_urlsafe(BYTES)
    held = None if viewer.territories is None else json.dumps(sorted(viewer.territories))
    row = {
        "person_id": person_id,
        "token_hash": _hash(token),
        "territories": held,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_by": viewer.name,
    }
    with writing(home.store) as connection:
        if person_id not in panels(connection, _today(home).isoformat()).team:
            raise LiaisonError(f"There is no person {person_id} in the team.", remedy="Choose one of the team.")
        connection.execute(delete(calendar_feed).where(calendar_feed.c.person_id == person_id))
        connection.execute(insert(calendar_feed).values(**row))
    return token


def revoke_feed(home: Home, person_id: str) -> bool:
    """The address ends; False where there was none."""
    with writing(home.store) as connection:
        return connection.execute(delete(calendar_feed).where(calendar_feed.c.person_id == person_id)).rowcount > 0


def feed_of(connection: Connection, person_id: str) -> Feed | None:
    """What is known of a person's address; not the address."""
    row = connection.execute(select(calendar_feed).where(calendar_feed.c.person_id == person_id)).first()
    return None if row is None else Feed(row.person_id, row.made_at, row.made_by, _territories(row.territories))


def feed_by_token(connection: Connection, token: str) -> Feed | None:
    """Whose address ends in this token; None for one that was never made, was replaced or revoked."""
    wanted = select(calendar_feed).where(calendar_feed.c.token_hash == _hash(token))
    row = connection.execute(wanted).first()
    return None if row is None else Feed(row.person_id, row.made_at, row.made_by, _territories(row.territories))


def feed_plans(home: Home, token: str, now: datetime) -> tuple[str, list[StoredPlan]] | None:
    """The liaison's name and plans behind an address; None where nobody's calendar is there (any more)."""
    today = now.astimezone(home.settings.time_zone).date()
    with reading(home.store) as connection:
        feed = feed_by_token(connection, token)
        if feed is None:
            return None
        team = panels(connection, today.isoformat()).team
        if feed.person_id not in team:
            return None  # who left the team leaves no door open
        return team[feed.person_id], plans_of(connection, feed, today)


def plans_of(connection: Connection, feed: Feed, today: date) -> list[StoredPlan]:
    """The plans of two weeks back and of all to come, cut to what the feed's maker may see, planned and done alone."""
    first = monday(today) - timedelta(weeks=WEEKS_BACK)
    wanted = select(route_plan.c.week).where(
        route_plan.c.person_id == feed.person_id, route_plan.c.week >= first.isoformat()
    )
    weeks = sorted(connection.scalars(wanted))
    made = [stored_plan(connection, feed.person_id, date.fromisoformat(week)) for week in weeks]
    mine = None if feed.territories is None else _within(connection, feed.territories)
    return [_cut(plan, mine) for plan in made if plan is not None]


def _within(connection: Connection, territories: frozenset[str]) -> frozenset[str]:
    return frozenset(row["practice"] for row in places_now(connection) if row["territory"] in territories)


def _cut(plan: StoredPlan, mine: Iterable[str] | None) -> StoredPlan:
    stops = (stop for stop in plan.stops if stop.state in (PLANNED, DONE))
    return replace(plan, stops=tuple(stop for stop in stops if mine is None or stop.practice_id in mine))


def _territories(text: str | None) -> frozenset[str] | None:
    return None if text is None else frozenset(json.loads(text))


def _hash(token: str) -> str:
    # Of 256 bits drawn by chance no slow hash is needed: nobody can try them all.
    return sha256(token.encode()).hexdigest()


def _today(home: Home) -> date:
    return datetime.now(home.settings.time_zone).date()
