"""Proposals in the store: read as they stand, written whole, never over somebody else's change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, select, update

from liaison.errors import LiaisonError
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.market import NOBODY, Area, Liaison, Market, Need
from liaison.planning.territories.weigh import Coarse, Weighed, of_practices, too_coarse, weighed, weighed_by_practice
from liaison.planning.travel.estimate import Roads
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.bulk import insert_many
from liaison.store.tables import territory_draft, territory_draft_area, territory_draft_practice

PART = "territories"


class StaleDraftError(LiaisonError):
    """Somebody else changed the proposal meanwhile."""

    def __init__(self, who: str, mine: int, theirs: int) -> None:
        super().__init__(
            f"{who} changed this proposal while you had it open: it is at revision {theirs}, you saw {mine}.",
            remedy="Look at it as it is now, then make your change again.",
        )


@dataclass(frozen=True)
class Adopted:
    """`on`: the first day on which it holds."""

    on: date
    at: str
    by: str


@dataclass(frozen=True)
class Draft:
    """`of`: [area]: whose it would be (position); `own`: practice -> person, where it is not its area's. `territories`:
    [area]: the territory that it was in when it was drawn. `papers`: sentences on what was assumed, and `left_out`.
    """

    draft_id: str
    revision: int
    by: DrawnFrom
    made_at: str
    changed_at: str
    changed_by: str
    run_id: str
    as_of: int | None
    data_version: int
    records_id: int
    papers: Mapping[str, Any]
    market: Market
    of: tuple[int, ...]
    own: Mapping[int, int] = field(default_factory=dict)
    territories: tuple[str | None, ...] = ()
    adopted: Adopted | None = None

    @cached_property
    def weighed(self) -> Weighed:
        return weighed(self.market, self.of, self.own)

    @cached_property
    def today(self) -> Weighed:
        """What the assignment comes to as it was when this was drawn."""
        return weighed_by_practice(self.market, self.market.today)

    @cached_property
    def coarse(self) -> tuple[Coarse, ...]:
        return too_coarse(self.market)

    @cached_property
    def whose(self) -> Mapping[str, str]:
        """Practice -> person."""
        of = of_practices(self.market, self.of, self.own)
        ids = [one.id for one in self.market.people]
        return {need.practice: ids[int(who)] for need, who in zip(self.market.needs, of, strict=True)}

    def person(self, id_: str) -> int:
        """The position of a liaison; LiaisonError for anybody else."""
        ids = [one.id for one in self.market.people]
        if id_ not in ids:
            raise LiaisonError(f"{id_} is none of those who share the market.", remedy=f"Choose {', '.join(ids)}.")
        return ids.index(id_)


def newest_id(connection: Connection) -> tuple[str, int] | None:
    """(draft, revision) of the proposal that was drawn last; None where none was."""
    columns = territory_draft.c.draft_id, territory_draft.c.revision
    row = connection.execute(select(*columns).order_by(territory_draft.c.made_at.desc()).limit(1)).first()
    return None if row is None else (str(row.draft_id), int(row.revision))


def stored_draft(connection: Connection, draft_id: str | None = None) -> Draft | None:
    """A proposal as it stands; the newest where none is named; None where there is none."""
    wanted = select(territory_draft).order_by(territory_draft.c.made_at.desc()).limit(1)
    wanted = wanted if draft_id is None else wanted.where(territory_draft.c.draft_id == draft_id)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        return None
    papers = json.loads(row["papers"])
    a, p = territory_draft_area, territory_draft_practice
    areas = connection.execute(select(a).where(a.c.draft_id == row["draft_id"]).order_by(a.c.place)).all()
    practices = connection.execute(select(p).where(p.c.draft_id == row["draft_id"]).order_by(p.c.practice_id)).all()
    people = [Liaison(**one) for one in papers["people"]]
    at = {one.id: place for place, one in enumerate(people)}
    needs = [
        Need(r.practice_id, r.area, r.lat, r.lon, r.visits, r.minutes, r.value, at.get(r.before, NOBODY), r.before)
        for r in practices
    ]
    market = Market(
        [Area(r.kind, r.code, r.name, r.lat, r.lon) for r in areas],
        [frozenset(json.loads(r.borders)) for r in areas],
        needs,
        people,
        papers["stops"],
        papers["hand_over_minutes"],
        papers["tolerance"],
        _roads(papers["roads"]),
    )
    adopted = row["adopted_on"]
    return Draft(
        row["draft_id"],
        int(row["revision"]),
        DrawnFrom(row["drawn_from"]),
        **{name: row[name] for name in ("made_at", "changed_at", "changed_by", "run_id", "as_of")},
        data_version=int(row["data_version"]),
        records_id=int(row["records_id"]),
        papers=papers,
        market=market,
        of=tuple(at[r.person_id] for r in areas),
        own={place: at[r.person_id] for place, r in enumerate(practices) if r.person_id is not None},
        territories=tuple(r.territory for r in areas),
        adopted=Adopted(date.fromisoformat(adopted), row["adopted_at"], row["adopted_by"]) if adopted else None,
    )


def _roads(said: Mapping[str, Any]) -> Roads:
    circuity, speeds = (tuple((float(a), float(b)) for a, b in said[name]) for name in ("circuity", "speeds"))
    return Roads(circuity, speeds, said["park"], said["factor"])


def save(engine: Engine, draft: Draft, expected: int | None, actor: str) -> Draft:
    """Write it whole over revision `expected` (None: it is new); returns it as it stands.

    Raises StaleDraftError where it stands at another one, LiaisonError where it was adopted meanwhile.
    """
    with writing(engine) as connection:
        alone(connection, PART)
        now = datetime.now(UTC).isoformat()
        if expected is None:
            draft_id, revision = uuid4().hex, 1
        else:
            draft_id, revision = draft.draft_id, checked(connection, draft.draft_id, expected) + 1
        values = {
            "revision": revision,
            "drawn_from": draft.by.value,
            "changed_at": now,
            "changed_by": actor,
            **{name: getattr(draft, name) for name in ("run_id", "as_of", "data_version", "records_id")},
            "papers": json.dumps(dict(draft.papers)),
        }
        if expected is None:
            insert_many(connection, territory_draft, [{"draft_id": draft_id, "made_at": now, **values}])
        else:
            here = territory_draft.c.draft_id == draft_id
            connection.execute(update(territory_draft).where(here).values(values))
        for table in (territory_draft_area, territory_draft_practice):
            connection.execute(delete(table).where(table.c.draft_id == draft_id))
        insert_many(connection, territory_draft_area, _areas(draft, draft_id))
        insert_many(connection, territory_draft_practice, _practices(draft, draft_id))
        made = stored_draft(connection, draft_id)
    if made is None:
        raise AssertionError("A proposal that was just written is not there.")
    return made


def checked(connection: Connection, draft_id: str, expected: int) -> int:
    """The revision, where it is the one that was seen and nobody adopted it."""
    here = territory_draft.c.draft_id == draft_id
    row = connection.execute(select(territory_draft).where(here)).mappings().first()
    if row is None:
        raise LiaisonError("This proposal is gone.", remedy="Draw one anew.")
    if row["adopted_on"]:
        raise LiaisonError(
            f"This proposal was adopted from {row['adopted_on']} by {row['adopted_by']}.",
            remedy="Draw a new one to change what it says, from a later day.",
        )
    if int(row["revision"]) != expected:
        raise StaleDraftError(str(row["changed_by"]), expected, int(row["revision"]))
    return expected


def _areas(draft: Draft, draft_id: str) -> list[dict[str, Any]]:
    ids = [one.id for one in draft.market.people]
    territories = draft.territories or (None,) * len(draft.of)
    return [
        {
            "draft_id": draft_id,
            "place": place,
            **{name: getattr(area, name) for name in ("kind", "code", "name", "lat", "lon")},
            "borders": json.dumps(sorted(draft.market.borders[place])),
            "territory": territories[place],
            "person_id": ids[draft.of[place]],
        }
        for place, area in enumerate(draft.market.areas)
    ]


def _practices(draft: Draft, draft_id: str) -> list[dict[str, Any]]:
    ids = [one.id for one in draft.market.people]
    return [
        {
            "draft_id": draft_id,
            "practice_id": need.practice,
            **{name: getattr(need, name) for name in ("area", "lat", "lon", "visits", "minutes", "value")},
            "before": need.held if need.today == NOBODY else ids[need.today],
            "person_id": ids[draft.own[place]] if place in draft.own else None,
        }
        for place, need in enumerate(draft.market.needs)
    ]
