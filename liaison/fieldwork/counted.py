"""Which contacts count as a visit, by practice and month, and since when all of them are on record.

A drop-by is kept apart; so is a call or a mail, which is a touch and no visit. Whoever came to teach or to solve a
problem was there: a practice that has just been seen so must not be told of as not visited, and leaving such visits out
made the measured effect too small. One without a purpose counts, else a log that never says why would be no log.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import assignment, person, provider_place, territory_part
from liaison.vocabulary import Channel, Purpose, month_id, month_words

APART = (Purpose.drop_by.value,)
CHANNELS = (Channel.in_person.value, Channel.virtual.value, Channel.event.value, None)


@dataclass(frozen=True)
class Log:
    """`visits`: (practice id, month id) -> counted visits, merged practices as one. `apart`: other contacts.

    `complete_from`: month id before which visits of somebody may be missing, None where nobody said so; `late`: who
    says so, in words. `nowhere`: visits to a provider who is on record at no practice, or at several.
    """

    visits: Mapping[tuple[str, int], int]
    apart: int
    complete_from: int | None
    late: tuple[str, ...]
    nowhere: int


def log_of_visits(connection: Connection) -> Log:
    """Every visit there is; a later one than the data know is for the caller to leave out."""
    into, only = standing(connection, "practice"), only_places(connection)
    held: dict[tuple[str, int], int] = {}
    apart = nowhere = 0
    v = standing_visit.c
    for place, npi, day, channel, purpose in connection.execute(
        select(v.practice_id, v.npi, v.date, v.channel, v.purpose)
    ):
        at = place or only.get(npi)
        if purpose in APART or channel not in CHANNELS:
            apart += 1
        elif at is None:
            nowhere += 1
        else:
            key = (final(into, at), month_id(day))
            held[key] = held.get(key, 0) + 1
    late = _late(connection)
    return Log(held, apart, max(late.values(), default=None), tuple(_words(late)), nowhere)


def only_places(connection: Connection) -> dict[str, str]:
    """NPI -> the practice it works at, where there is just one."""
    p = provider_place.c
    places: dict[str, set[str]] = {}
    for npi, place in connection.execute(select(p.npi, p.practice_id).where(p.practice_id.is_not(None))):
        places.setdefault(npi, set()).add(place)
    return {npi: next(iter(at)) for npi, at in places.items() if len(at) == 1}


def _late(connection: Connection) -> dict[str, int]:
    """Who or what -> since when visits are all there. Who began only then has none before that could be missing."""
    p, t = person.c, territory_part.c
    at_work = set(connection.scalars(select(assignment.c.person_id).union(select(standing_visit.c.person_id))))
    found: dict[str, int] = {}
    for who, name, starts, since in connection.execute(
        select(p.person_id, p.name, p.starts, p.visits_complete_from).where(p.visits_complete_from.is_not(None))
    ):
        if who in at_work and not (starts and starts[:7] >= since):
            found[name] = month_id(since)
    for name, since in connection.execute(
        select(t.name, t.visits_complete_from).where(t.visits_complete_from.is_not(None))
    ):
        found[name] = max(month_id(since), found.get(name, 0))
    return found


def _words(late: Mapping[str, int]) -> list[str]:
    return [
        f"Visits of {name} are all on record since {month_words(since)} only." for name, since in sorted(late.items())
    ]
