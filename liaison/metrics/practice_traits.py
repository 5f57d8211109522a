"""What is known of practices apart from what they send: size, kind, distance, territory, who looks after them."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from liaison.facts.live import Live
from liaison.metrics.distance import nearest, places_of, practice_points
from liaison.metrics.resolution import merges, places_now
from liaison.metrics.taking import our_ids
from liaison.store import reading
from liaison.store.tables import assignment, provider_place
from liaison.vocabulary import month_text

UNKNOWN = "not known"


def practice_traits(live: Live, practices: Sequence[str], lines: Sequence[str], month: int) -> pd.DataFrame:
    """A row a practice, by id, as on record in a month (month id); merged practices count as one.

    size: clinicians who work there, nan where none is on record; distance: miles to our nearest place, nan where not
    known; specialty (the kind of practice), region (territory), liaison (person id): words, `UNKNOWN` where not known.
    """
    with reading(live.home.store) as connection:
        places = {place["practice"]: place for place in places_now(connection)}
        final = merges(connection)["practice"]
        sizes = _sizes(connection, final, month)
        liaisons = _liaisons(connection, final, month)
    points = practice_points(live)
    ours = places_of(live, our_ids(live), lines, month).points
    unknown = (np.nan, np.nan)
    miles = nearest(np.array([points.get(p, unknown) for p in practices], dtype=float).reshape(-1, 2), ours)

    def words(column: str) -> list[str]:
        return [places.get(p, {}).get(column) or UNKNOWN for p in practices]

    return pd.DataFrame(
        {
            "size": [float(sizes.get(p, np.nan)) for p in practices],
            "distance": miles,
            "specialty": pd.Series(words("practice_type"), dtype=object).to_numpy(),
            "region": pd.Series(words("territory"), dtype=object).to_numpy(),
            "liaison": pd.Series([liaisons.get(p, UNKNOWN) for p in practices], dtype=object).to_numpy(),
        },
        index=pd.Index(practices, name="practice_id"),
    )


def practices_on_record(live: Live) -> list[str]:
    """Ids of the team's practices, merged ones left out."""
    with reading(live.home.store) as connection:
        return [str(place["practice"]) for place in places_now(connection)]


def _in_force(row: tuple[str | None, str | None], month: int) -> bool:
    starts, ends, now = row[0] or "", row[1] or "9999", month_text(month)
    return starts[:7] <= now <= ends[:7]


def _sizes(connection: Connection, final: Callable[[str], str], month: int) -> dict[str, int]:
    p = provider_place.c
    held: dict[str, set[str]] = {}
    wanted = select(p.practice_id, p.npi, p.starts, p.ends).where(p.practice_id.is_not(None))
    for place, npi, starts, ends in connection.execute(wanted):
        if _in_force((starts, ends), month):
            held.setdefault(final(place), set()).add(npi)
    return {place: len(npis) for place, npis in held.items()}


def _liaisons(connection: Connection, final: Callable[[str], str], month: int) -> dict[str, str]:
    """Who looks after a practice as a whole comes before who does for one line."""
    a = assignment.c
    wanted = select(a.practice_id, a.person_id, a.service_line, a.starts, a.ends).order_by(a.key)
    rows = [r for r in connection.execute(wanted) if _in_force((r.starts, r.ends), month)]
    rows.sort(key=lambda row: row.service_line is not None)
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(final(row.practice_id), row.person_id)
    return found
