"""What referrers mention: notes by tag, found by a word, and counted by quarter."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from liaison.access import Viewer
from liaison.metrics.filters import Filters
from liaison.metrics.movements import inside_only
from liaison.metrics.said_cut import said_cut
from liaison.store.tables import mention, organisation, person
from liaison.vocabulary import Audience, MentionTag, month_id

QUARTERS = 8  # back from the newest


@dataclass(frozen=True)
class Noted:
    """One mention that stands."""

    mention_id: str
    version: int
    tag: str
    text: str
    date: str
    practice_id: str | None
    practice: str | None
    organisation: str | None
    service_line: str | None
    visit_id: str | None
    who: str | None


@dataclass(frozen=True)
class Theme:
    """How often a tag was mentioned: `counts` by quarter as `Themes.quarters`, `n` over all of them."""

    tag: str
    n: int
    practices: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Themes:
    """`quarters`: 'YYYY-Qn', oldest first; `rivals`: competitor -> mentions; `noted`: newest first."""

    quarters: tuple[str, ...]
    rows: tuple[Theme, ...]
    rivals: tuple[tuple[str, int], ...]
    noted: tuple[Noted, ...]

    def as_json(self) -> dict[str, Any]:
        rows = [
            {
                **{"tag": row.tag, "n": row.n, "practices": row.practices},
                "by_quarter": [{"quarter": q, "n": n} for q, n in zip(self.quarters, row.counts, strict=True)],
            }
            for row in self.rows
        ]
        rivals = [{"organisation": name, "n": n} for name, n in self.rivals]
        return {"themes": rows, "competitors": rivals, "mentions": [asdict(one) for one in self.noted]}


def themes(
    conn: Connection, viewer: Viewer, audience: Audience, filters: Filters, find: str = "", tag: str | None = None
) -> Themes:
    """Mentions cut by months, territory, type, line and practice; `find`: words of which all stand in the note."""
    inside_only(audience, "What single practices mention")
    noted = [one for one in _kept(conn, viewer, filters) if _holds(one, find) and tag in (None, one.tag)]
    quarters = _quarters([one.date for one in noted])
    rows = [_theme(word.value, noted, quarters) for word in MentionTag]
    rivals: dict[str, int] = {}
    for one in noted:
        if one.organisation:
            rivals[one.organisation] = rivals.get(one.organisation, 0) + 1
    return Themes(
        quarters,
        tuple(sorted((row for row in rows if row.n), key=lambda row: (-row.n, row.tag))),
        tuple(sorted(rivals.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(noted),
    )


def _kept(conn: Connection, viewer: Viewer, filters: Filters) -> list[Noted]:
    m, kept = mention.c, said_cut(conn, viewer, filters)
    columns = [
        m[c] for c in ("mention_id", "version", "tag", "text", "date", "practice_id", "service_line", "visit_id")
    ]
    rows = (
        select(
            *columns,
            func.coalesce(organisation.c.name, m.organisation_id).label("organisation"),
            func.coalesce(person.c.name, m.person_id).label("who"),
        )
        .select_from(
            mention.outerjoin(organisation, organisation.c.key == m.organisation_id).outerjoin(
                person, person.c.key == m.person_id
            )
        )
        .where(m.voided.is_(None))
        .order_by(m.date.desc(), m.key)
    )
    found = []
    for row in conn.execute(rows).mappings():
        if (where := kept(row)) is not None:
            at, place = where
            found.append(Noted(**{**row, "practice_id": at, "practice": place.get("name") or at}))
    return found


def _holds(one: Noted, find: str) -> bool:
    """Whether every word stands somewhere in the note, whatever its case."""
    said = " ".join(part for part in (one.text, one.practice, one.organisation, one.service_line) if part).casefold()
    return all(word in said for word in find.casefold().split())


def _quarters(days: Sequence[str]) -> tuple[str, ...]:
    """The quarters from the first to the last that something was said in, at most eight, none left out between."""
    if not days:
        return ()
    numbers = [_quarter(day) for day in days]
    first = max(min(numbers), max(numbers) - QUARTERS + 1)
    return tuple(f"{number // 4}-Q{number % 4 + 1}" for number in range(first, max(numbers) + 1))


def _quarter(day: str) -> int:
    return month_id(day) // 3


def _theme(tag: str, noted: Sequence[Noted], quarters: Sequence[str]) -> Theme:
    of = [one for one in noted if one.tag == tag]
    when = [f"{_quarter(one.date) // 4}-Q{_quarter(one.date) % 4 + 1}" for one in of]
    places = {one.practice_id for one in of if one.practice_id}
    return Theme(tag, len(of), len(places), tuple(when.count(quarter) for quarter in quarters))
