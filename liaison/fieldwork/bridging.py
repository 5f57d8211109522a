"""Introductions as a team looks at them: who was brought together with whom, by whom, and what came of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.edits import add
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.names import names_in
from liaison.store.tables import introduction, organisation, person, practice, provider_place
from liaison.vocabulary import Channel, IntroductionOutcome, valid_npi


@dataclass(frozen=True)
class Introduced:
    """One introduction, names for ids; `practice_id` after merges; dates are ISO text."""

    key: str
    practice_id: str | None
    who: str
    specialist_npi: str | None
    organisation_id: str | None
    to: str
    service_line: str | None
    asked_on: str
    met_on: str | None
    how: str | None
    brought_by: str | None  # the person's id
    by: str | None
    outcome: str | None
    note: str | None
    version: int

    @property
    def came(self) -> str:
        """What came of it, in words."""
        return IntroductionOutcome(self.outcome).label if self.outcome else "Not said yet"

    @property
    def met(self) -> str:
        """How they met, in words."""
        return Channel(self.how).label if self.how else ""

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name not in ("version",)}


def introductions(conn: Connection) -> tuple[Introduced, ...]:
    """Those that count, the newest first."""
    into = standing(conn, "practice")
    named = {
        "practice": names_in(conn, practice),
        "provider": {
            str(r.npi): str(r.name) for r in conn.execute(select(provider_place.c.npi, provider_place.c.name))
        },
        "person": names_in(conn, person),
        "organisation": names_in(conn, organisation),
    }
    i = introduction.c
    rows = conn.execute(select(introduction).where(i.voided.is_(None)).order_by(i.asked_on.desc(), i.key)).mappings()
    return tuple(_one(dict(row), into, named) for row in rows)


def _one(row: Mapping[str, Any], into: Mapping[str, str], named: Mapping[str, Mapping[str, str]]) -> Introduced:
    place = final(into, row["practice_id"]) if row["practice_id"] else None
    provider = named["provider"].get(row["npi"] or "", row["npi"])
    at = named["practice"].get(place or "", place)
    to = named["provider"].get(row["specialist_npi"] or "", row["specialist_npi"])
    house = named["organisation"].get(row["organisation_id"] or "", row["organisation_id"])
    return Introduced(
        row["key"],
        place,
        ", ".join(each for each in (provider, at) if each),
        row["specialist_npi"],
        row["organisation_id"],
        ", ".join(each for each in (to, house) if each),
        row["service_line"],
        row["asked_on"],
        row["met_on"],
        row["how"],
        row["brought_by"],
        named["person"].get(row["brought_by"] or "", row["brought_by"]),
        row["outcome"],
        row["note"],
        row["version"],
    )


@dataclass(frozen=True)
class ToWhom:
    """Introductions to one specialist or organisation, and what came of them."""

    to: str
    n: int
    met: int
    outcomes: Mapping[str, int]
    specialist_npi: str | None = None


def by_specialist(found: Sequence[Introduced]) -> tuple[ToWhom, ...]:
    """Counts by specialist, else by organisation, most first."""
    groups: dict[str, list[Introduced]] = {}
    for one in found:
        groups.setdefault(one.specialist_npi or one.organisation_id or "", []).append(one)
    each = [
        ToWhom(
            rows[0].to,
            len(rows),
            sum(bool(r.met_on) for r in rows),
            Counter(r.outcome or "" for r in rows),
            rows[0].specialist_npi,
        )
        for rows in groups.values()
    ]
    return tuple(sorted(each, key=lambda w: (-w.n, w.to)))


def introduce(engine: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """A new introduction by hand; returns its id. LiaisonError where something is missing or wrong."""
    npi = values.get("specialist_npi")
    if npi is not None and not valid_npi(str(npi)):
        raise LiaisonError(f"{npi} is no NPI.", remedy="Choose a specialist by name, or type the ten digits again.")
    given = {"introduction_id": f"I-{uuid4().hex[:8]}"} | {name: v for name, v in values.items() if v is not None}
    return add(engine, "introductions", given, actor=actor)
