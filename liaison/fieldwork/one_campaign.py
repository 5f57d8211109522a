"""Campaigns as they stand: who was introduced when, who is overdue, which of those kept aside were reached."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from liaison.errors import LiaisonError
from liaison.fieldwork.counted import only_places
from liaison.fieldwork.materials import PARTED
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import briefing, campaign, campaign_target, person, practice
from liaison.vocabulary import CampaignArm, Channel, Purpose

FACE_TO_FACE = (Channel.in_person.value, Channel.virtual.value, None)
DROP_BY, INTRODUCTION = Purpose.drop_by.value, Purpose.introduction.value


@dataclass(frozen=True)
class Target:
    """A practice to introduce. `days` from the start to the first visit; `first_on` None: not visited since."""

    practice_id: str
    practice: str
    wave: int
    due_on: str
    first_on: str | None
    days: int | None
    overdue: bool

    @property
    def says(self) -> str:
        if self.first_on is None:
            return f"Overdue since {self.due_on}" if self.overdue else f"Due by {self.due_on}"
        reached = next((wave for wave in (30, 60, 90) if (self.days or 0) <= wave), None)
        return f"Within {reached} days" if reached else "After 90 days"


@dataclass(frozen=True)
class Aside:
    """A practice kept aside; `reached_on`: the first visit that brought it the campaign all the same."""

    practice_id: str
    practice: str
    reached_on: str | None


@dataclass(frozen=True)
class Briefed:
    """Some of our own people who were told. Days are ISO text."""

    audience: str
    briefed_on: str
    by: str | None
    note: str | None


@dataclass(frozen=True)
class CampaignFile:
    """A campaign with its list. `share`: the part to be kept aside; `materials`: ids; days are ISO text."""

    campaign_id: str
    title: str
    what: str
    service_line: str | None
    message: str | None
    materials: tuple[str, ...]
    starts: str
    ends: str | None
    person_id: str
    owner: str
    share: float
    seed: str
    frozen_on: str | None
    voided: str | None
    version: int
    targets: tuple[Target, ...]
    aside: tuple[Aside, ...]
    briefed: tuple[Briefed, ...]

    @property
    def introduced(self) -> int:
        return sum(one.first_on is not None for one in self.targets)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.targets)

    @property
    def contaminated(self) -> tuple[Aside, ...]:
        return tuple(one for one in self.aside if one.reached_on is not None)

    def within(self, days: int) -> int:
        """Targets whose first visit came at most so many days after the start."""
        return sum(one.days is not None and one.days <= days for one in self.targets)

    def as_json(self) -> dict[str, Any]:
        shown = {name: value for name, value in asdict(self).items() if name != "version"}
        return {**shown, "introduced": self.introduced, "overdue": self.overdue}


def campaign_files(conn: Connection, today: str) -> tuple[CampaignFile, ...]:
    """Every campaign as of an ISO day, the latest start first, voided ones last."""
    rows = [dict(row) for row in conn.execute(select(campaign)).mappings()]
    rows.sort(key=lambda row: (row["starts"], row["campaign_id"]), reverse=True)
    rows.sort(key=lambda row: row["voided"] is not None)
    into = standing(conn, "practice")
    people = {row.person_id: row.name for row in conn.execute(select(person.c.person_id, person.c.name))}
    lists = _lists(conn, into)
    names = _names(conn, {place for arms in lists.values() for place, _, _ in arms})
    visits = _visits(conn, into, min((row["starts"] for row in rows), default=today), today) if lists else {}
    told = _briefed(conn, people)
    return tuple(_file(row, lists.get(row["campaign_id"], []), names, visits, told, people, today) for row in rows)


def campaign_file(conn: Connection, campaign_id: str, today: str) -> CampaignFile:
    """One of them. Raises LiaisonError where there is none of that id."""
    found = next((one for one in campaign_files(conn, today) if one.campaign_id == campaign_id), None)
    if found is None:
        raise LiaisonError(f"No campaign is called {campaign_id}.", remedy="The command campaigns lists them.")
    return found


Seen = tuple[str, str | None, str | None, frozenset[str]]  # day, channel, purpose, materials left


def _file(
    row: Mapping[str, Any],
    places: list[tuple[str, str, int]],
    names: Mapping[str, str],
    visits: Mapping[str, list[Seen]],
    told: Mapping[str, list[Briefed]],
    people: Mapping[str, str],
    today: str,
) -> CampaignFile:
    starts, materials = row["starts"], tuple(_parted(row["materials"]))
    targets, aside = [], []
    for place, arm, wave in places:
        since = [seen for seen in visits.get(place, []) if seen[0] >= starts]
        name = names.get(place, place)
        if arm == CampaignArm.target.value:
            targets.append(_target(place, name, wave, starts, since, today))
        else:
            aside.append(Aside(place, name, _reached(since, frozenset(materials), row["ends"])))
    plain = ("campaign_id", "title", "what", "service_line", "message", "starts", "ends", "person_id", "frozen_on")
    return CampaignFile(
        **{name: row[name] for name in plain},
        materials=materials,
        owner=people.get(row["person_id"], row["person_id"]),
        share=row["kept_aside"] or 0.0,
        seed=row["seed"] or "0",
        voided=row["voided"],
        version=row["version"],
        targets=tuple(sorted(targets, key=lambda one: (not one.overdue, one.first_on is not None, one.due_on))),
        aside=tuple(aside),
        briefed=tuple(told.get(row["campaign_id"], [])),
    )


def _target(place: str, name: str, wave: int, starts: str, since: list[Seen], today: str) -> Target:
    first = next((day for day, how, why, _ in since if how in FACE_TO_FACE and why != DROP_BY), None)
    begin = date.fromisoformat(starts)
    due = (begin + timedelta(days=wave)).isoformat()
    days = None if first is None else (date.fromisoformat(first) - begin).days
    return Target(place, name, wave, due, first, days, first is None and due < today)


def _reached(since: list[Seen], materials: frozenset[str], ends: str | None) -> str | None:
    """The first day on which somebody introduced something there, or left what the campaign leaves."""
    return next(
        (
            day
            for day, _, why, left in since
            if (ends is None or day <= ends) and (why == INTRODUCTION or left & materials)
        ),
        None,
    )


def _lists(conn: Connection, into: Mapping[str, str]) -> dict[str, list[tuple[str, str, int]]]:
    """Campaign -> (practice, arm, wave) of its list; of practices merged since, a target outweighs one kept aside."""
    t = campaign_target.c
    rows = conn.execute(select(t.campaign_id, t.practice_id, t.arm, t.wave).order_by(t.volume.desc(), t.practice_id))
    found: dict[str, dict[str, tuple[str, str, int]]] = {}
    for of, place, arm, wave in rows:
        at, held = final(into, place), found.setdefault(of, {})
        if at not in held or (held[at][1] != CampaignArm.target.value and arm == CampaignArm.target.value):
            held[at] = (at, arm, int(wave or 0))
    return {of: list(held.values()) for of, held in found.items()}


def _names(conn: Connection, wanted: set[str]) -> dict[str, str]:
    rows = conn.execute(select(practice.c.practice_id, practice.c.name))
    return {place: name for place, name in rows if place in wanted}


def _visits(conn: Connection, into: Mapping[str, str], first: str, last: str) -> dict[str, list[Seen]]:
    """Practice -> what stands of its visits between two days, oldest first."""
    v, only = standing_visit.c, only_places(conn)
    rows = (
        select(v.practice_id, v.npi, v.date, v.channel, v.purpose, v.materials)
        .where(v.date.between(first, last))
        .order_by(v.date, v.visit_id)
    )
    found: dict[str, list[Seen]] = {}
    for place, npi, day, how, why, left in conn.execute(rows):
        at = place or only.get(npi)
        if at is not None:
            found.setdefault(final(into, at), []).append((day, how, why, frozenset(_parted(left))))
    return found


def _briefed(conn: Connection, people: Mapping[str, str]) -> dict[str, list[Briefed]]:
    b = briefing.c
    rows = select(b.campaign_id, b.audience, b.briefed_on, b.person_id, b.note).where(b.voided.is_(None))
    found: dict[str, list[Briefed]] = {}
    for of, audience, on, who, note in conn.execute(rows.order_by(b.briefed_on, b.audience)):
        found.setdefault(of, []).append(Briefed(audience, on, people.get(who, who), note))
    return found


def _parted(ids: str | None) -> list[str]:
    return [part.strip() for part in (ids or "").split(PARTED) if part.strip()]
