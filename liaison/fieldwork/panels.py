"""Whose practices are whose, and on which days of the week somebody can be met there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_practice import in_force
from liaison.fieldwork.syntax import days, hours
from liaison.store.tables import assignment, person, practice, provider_place


@dataclass(frozen=True)
class Panels:
    """`people`: id -> name of those who have practices; `of`: practice -> person ids; `met`: practice -> days (Mo, Tu,
    ...) on which it is open and, where that is known, a provider is in; a practice of which nothing is known is not
    in it. `team`: id -> name of everybody in force.
    """

    people: dict[str, str]
    of: dict[str, tuple[str, ...]]
    met: dict[str, frozenset[str]]
    team: dict[str, str]

    def names(self, practice_id: str) -> tuple[str, ...]:
        return tuple(self.team.get(each, each) for each in self.of.get(practice_id, ()))

    def meets(self, practice_id: str, day: str) -> bool:
        """Whether somebody can be met on a day; yes where nothing is known."""
        return day in self.met.get(practice_id, (day,))


def panels(conn: Connection, today: str) -> Panels:
    """As they are in force on an ISO day; merged practices count as what they became."""
    into = standing(conn, "practice")
    columns = [person.c[name] for name in ("person_id", "name", "starts", "ends")]
    rows = conn.execute(select(*columns).order_by(person.c.name)).mappings()
    team = {str(row["person_id"]): str(row["name"]) for row in rows if in_force(dict(row), today)}
    held: dict[str, list[str]] = {}
    columns = [assignment.c[name] for name in ("practice_id", "person_id", "starts", "ends")]
    for row in conn.execute(select(*columns).order_by(assignment.c.key)).mappings():
        who, theirs = str(row["person_id"]), held.setdefault(final(into, str(row["practice_id"])), [])
        if in_force(dict(row), today) and who not in theirs:
            theirs.append(who)
    having = {who for theirs in held.values() for who in theirs}
    people = {who: name for who, name in team.items() if who in having}
    return Panels(people, {each: tuple(theirs) for each, theirs in held.items()}, _met(conn, today, into), team)


def _met(conn: Connection, today: str, into: dict[str, str]) -> dict[str, frozenset[str]]:
    opens: dict[str, frozenset[str]] = {}
    for id_, text in conn.execute(select(practice.c.practice_id, practice.c.hours)):
        if text and (found := _days(hours, text)):
            opens[id_] = found
    inside: dict[str, set[str]] = {}
    columns = [provider_place.c[name] for name in ("practice_id", "in_office", "starts", "ends")]
    wanted = select(*columns).where(provider_place.c.practice_id.is_not(None), provider_place.c.in_office.is_not(None))
    for row in conn.execute(wanted).mappings():
        if in_force(dict(row), today):
            inside.setdefault(final(into, str(row["practice_id"])), set()).update(_days(days, row["in_office"]))
    return {each: _both(opens.get(each), inside.get(each)) for each in opens | inside}


def _both(opens: frozenset[str] | None, inside: set[str] | None) -> frozenset[str]:
    """Open and in; what is not known keeps nobody out."""
    if opens is None or inside is None:
        return frozenset(opens if opens is not None else inside or ())
    return opens & inside


def _days(read: Callable[[str], Iterable[str]], text: str) -> frozenset[str]:
    """The days that a text names; none where it cannot be read."""
    try:
        return frozenset(read(text))
    except ValueError:
        return frozenset()
