"""Materials: what liaisons leave at practices, in versions that follow each other and may expire.

A visit names what was left by id; which version that was follows from its day. What a practice holds is out of date
when a newer version is in force, or when it has expired and nothing follows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import material, practice
from liaison.vocabulary import comparison_key

LACKING = 3  # materials that a sentence names
PARTED = ";"  # between the ids that a visit names


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found = []
    if PARTED in str(values.get("material_id") or ""):
        found.append(Fault("material_id", f"holds a {PARTED!r}", "Visits name several ids parted by it: leave it out."))
    begins, ends = values.get("valid_from"), values.get("expires_on")
    if begins and ends and str(ends) < str(begins):
        found.append(Fault("expires_on", "is before valid_from", "Give a later day, or leave it blank."))
    return found


MATERIALS = RecordKind(
    name="materials",
    one="material",
    table=material,
    keys=("material_id", "version_name"),
    needs=("material_id", "version_name", "title", "valid_from"),
    forms={"valid_from": "date", "expires_on": "date"},
    longest={
        **dict.fromkeys(("material_id", "version_name", "title", "kind", "service_line"), LINE),
        "voided": PARAGRAPH,
    },
    lasting="Void it, with the reason, or let it expire.",
    check=_faults,
)


@dataclass(frozen=True)
class Material:
    """One version. Days are ISO text."""

    material_id: str
    version_name: str
    title: str
    kind: str | None
    service_line: str | None
    valid_from: str
    expires_on: str | None

    def expired(self, today: str) -> bool:
        return self.expires_on is not None and self.expires_on < today

    @property
    def named(self) -> str:
        """'Stroke pathway, v3'."""
        return f"{self.title}, {self.version_name}"


@dataclass(frozen=True)
class Left:
    """What one practice was left last of a material, and what is in force now (None: nothing any more)."""

    practice_id: str
    practice: str
    on: str
    held: Material
    now: Material | None

    @property
    def outdated(self) -> bool:
        return self.now is None or self.now.version_name != self.held.version_name

    @property
    def says(self) -> str:
        """What to do about it, in a line."""
        if self.now is None:
            return f"{self.held.named}, left on {self.on}, has expired: take it back"
        if self.outdated:
            return f"{self.held.named}, left on {self.on}, is out of date: bring {self.now.version_name}"
        return f"{self.held.named}, left on {self.on}"


class Catalogue:
    """Every version that stands, and which of them is in force on a day."""

    def __init__(self, versions: Iterable[Material]) -> None:
        self.by_id: dict[str, list[Material]] = {}
        for each in sorted(versions, key=lambda one: (one.valid_from, one.version_name)):
            self.by_id.setdefault(each.material_id, []).append(each)

    def on(self, material_id: str, day: str) -> Material | None:
        """The newest version of a material on an ISO day, expired or not; None where there was none yet."""
        return next((m for m in reversed(self.by_id.get(material_id, [])) if m.valid_from <= day), None)

    def in_force(self, today: str) -> tuple[Material, ...]:
        """What may be left today, by title."""
        newest = (self.on(each, today) for each in self.by_id)
        return tuple(sorted((m for m in newest if m and not m.expired(today)), key=lambda m: (m.title, m.material_id)))


def catalogue(conn: Connection) -> Catalogue:
    """The catalogue without what is voided."""
    names = list(Material.__dataclass_fields__)
    rows = conn.execute(select(*(material.c[name] for name in names)).where(material.c.voided.is_(None))).mappings()
    return Catalogue(Material(**row) for row in rows)


def left(conn: Connection, today: str, practice_ids: Iterable[str] | None = None) -> tuple[Left, ...]:
    """What practices were left last of each material up to an ISO day, those out of date first, the newest first.

    Ids that are not in the catalogue are passed over; `unknown` lists them.
    """
    known, found = catalogue(conn), {}
    wanted = None if practice_ids is None else set(practice_ids)
    for place, day, ids in _visits(conn, today, wanted):
        for each in ids:
            held = known.on(each, day)
            if held is not None:
                found[place, each] = (day, held)
    force = {m.material_id: m for m in known.in_force(today)}
    named = select(practice.c.practice_id, practice.c.name).where(practice.c.practice_id.in_({at for at, _ in found}))
    names = {row.practice_id: row.name for row in conn.execute(named)}
    every = (
        Left(place, names.get(place, place), day, held, force.get(each)) for (place, each), (day, held) in found.items()
    )
    newest_first = sorted(every, key=lambda one: (one.on, one.practice_id, one.held.material_id), reverse=True)
    return tuple(sorted(newest_first, key=lambda one: not one.outdated))


@dataclass(frozen=True)
class Shelf:
    """What one practice was left last of each material, and what may be left today."""

    left: tuple[Left, ...]
    in_force: tuple[Material, ...]

    def to_bring(self, lines: Sequence[str]) -> tuple[str, ...]:
        """What is out of date there, then what it never got of the service lines that it refers (comparison keys), in
        a sentence each; nothing where nothing is to be brought."""
        said = [one.says for one in self.left if one.outdated]
        has = {one.held.material_id for one in self.left}
        lacks = [m for m in self.in_force if m.material_id not in has and comparison_key(m.service_line or "") in lines]
        if lacks:
            more = [f"{len(lacks) - LACKING} more"] if len(lacks) > LACKING else []
            said.append(
                f"Never left here, of what it refers: {'; '.join([*(m.named for m in lacks[:LACKING]), *more])}"
            )
        return tuple(said)


def shelf(conn: Connection, practice_id: str, today: str) -> Shelf:
    """Of one practice, under the id that it counts as, on an ISO day."""
    return Shelf(left(conn, today, [practice_id]), catalogue(conn).in_force(today))


def unknown(conn: Connection, today: str) -> dict[str, int]:
    """Ids that visits name and the catalogue does not hold -> how many visits, the most frequent first."""
    known, counts = catalogue(conn), dict[str, int]()
    for _, day, ids in _visits(conn, today):
        for each in ids:
            if known.on(each, day) is None:
                counts[each] = counts.get(each, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _visits(
    conn: Connection, today: str, wanted: Collection[str] | None = None
) -> Iterable[tuple[str, str, list[str]]]:
    """(practice id, day, ids left) of the visits that stand, oldest first; merged practices as what they became."""
    v, merged = standing_visit.c, standing(conn, "practice")
    rows = (
        select(v.practice_id, v.date, v.materials)
        .where(v.materials.is_not(None), v.practice_id.is_not(None), v.date <= today)
        .order_by(v.date, v.visit_id)
    )
    if wanted is not None:
        rows = rows.where(v.practice_id.in_([*wanted, *(each for each in merged if final(merged, each) in wanted)]))
    for place, day, ids in conn.execute(rows):
        yield final(merged, str(place)), str(day), [part.strip() for part in str(ids).split(PARTED) if part.strip()]
