"""Our own specialists as a liaison names them: the line each is of, and whether they see patients from afar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from liaison.facts.reference import line_of, service_lines
from liaison.store.tables import organisation, provider_place
from liaison.vocabulary import Telehealth

UNKNOWN = "unknown"  # what a list is cut to, beside the ways: nothing is on record
NO_SPECIALTY = (None, "primary_care", "other")
WAYS = {"video": "By video", "phone": "By phone", "not_offered": "Not offered", UNKNOWN: "Not known"}


@dataclass(frozen=True)
class Specialist:
    """One provider of ours. `line`: a service line's id, None where the taxonomy code says none."""

    npi: str
    name: str
    organisation: str
    line: str | None
    telehealth: Telehealth | None  # None: not known, which is not no
    note: str | None

    @property
    def line_label(self) -> str:
        return service_lines().get(self.line or "", "")

    @property
    def seen_by(self) -> str:
        """How they see patients from afar, in words."""
        return self.telehealth.label if self.telehealth else "Not known"

    @property
    def called(self) -> str:
        """'Ada Reed · Cardiology · telehealth: video': what a form offers."""
        known = f"telehealth: {self.seen_by.lower()}"
        return " · ".join(each for each in (self.name, self.line_label, known) if each)

    def answers(self, way: str | None) -> bool:
        """Whether the list cut to one of `WAYS` has them; all, where it is not cut."""
        if way is None:
            return True
        if self.telehealth is None:
            return way == UNKNOWN
        return way in self.telehealth.ways or way == self.telehealth.value

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "line_label": self.line_label}


def specialists(conn: Connection, today: str, way: str | None = None) -> tuple[Specialist, ...]:
    """Those of ours in force on an ISO day, by name: of a specialty, at no practice, or with a word on telehealth.

    `way`: video or phone; then only who sees patients so, read alone where few do.
    """
    p, o = provider_place.c, organisation.c
    wanted = (
        select(p.npi, p.name, p.taxonomy_code, p.practice_id, p.telehealth, p.telehealth_note, o.name.label("of"))
        .join_from(provider_place, organisation, o.organisation_id == p.organisation_id)
        .where(o.ours.is_(True), (p.starts.is_(None)) | (p.starts <= today), (p.ends.is_(None)) | (p.ends >= today))
        .order_by(p.listed)
    )
    if way is not None:
        words = [word.value for word in Telehealth if way in word.ways]
        they = provider_place.alias().c
        wanted = wanted.where(p.npi.in_(select(they.npi).where(they.telehealth.in_(words))))
    places: dict[str, list[Any]] = {}
    for row in conn.execute(wanted):
        places.setdefault(row.npi, []).append(row)
    found = (_one(npi, rows) for npi, rows in places.items() if _special(rows))
    return tuple(sorted((one for one in found if one.answers(way)), key=lambda s: (s.name, s.npi)))


def _special(rows: Sequence[Any]) -> bool:
    return any(
        row.practice_id is None or row.telehealth or line_of(row.taxonomy_code or "") not in NO_SPECIALTY
        for row in rows
    )


def _one(npi: str, rows: Sequence[Any]) -> Specialist:
    code = next((row.taxonomy_code for row in rows if row.taxonomy_code), "")
    notes = dict.fromkeys(row.telehealth_note for row in rows if row.telehealth_note)
    how = _together([row.telehealth for row in rows])
    return Specialist(npi, rows[0].name, rows[0].of, line_of(code), how, "; ".join(notes) or None)


def _together(said: Iterable[str | None]) -> Telehealth | None:
    """Of several places: every way there is; not offered only where each place says so."""
    found = [Telehealth(word) if word else None for word in said]
    ways = frozenset[str]().union(*(each.ways for each in found if each))
    if ways:
        return Telehealth.both if len(ways) > 1 else Telehealth(*ways)
    return Telehealth.not_offered if all(found) else None


def by_video(conn: Connection, today: str) -> dict[str, tuple[str, ...]]:
    """Service line id -> names of those who see patients by video on an ISO day."""
    lines: dict[str, tuple[str, ...]] = {}
    for one in specialists(conn, today, Telehealth.video):
        if one.line:
            lines[one.line] = (*lines.get(one.line, ()), one.name)
    return lines
