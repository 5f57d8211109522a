"""A week of liaisons in the demo market as a bare problem: office hours, in-office days, a lunch pause on the road.

Practices, their places, hours and sizes are the demo market's own. What it does not have is drawn: how much a visit is
worth (the size, blurred), on which two to four days somebody is in, how long a visit takes, and where liaisons live.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np

from liaison.demo.market import build_market
from liaison.demo.options import Options
from liaison.fieldwork.syntax import DAYS, hours
from liaison.planning.problem import in_minutes
from liaison.planning.travel import Place, Roads, travel_times

MONDAY = date(2026, 11, 2)
LUNCH = [720, 750]
SERVICE = (20, 30, 45)
METROS = ("asheville", "chattanooga", "knoxville")
Json = dict[str, Any]


def week(seed: int, practices: int, liaisons: int, lunch: bool = True, roomy: bool = False) -> Json:
    """Monday to Friday, 8 to 17, home to home. `roomy`: as few visits as surely fit, to be driven well."""
    options = Options(seed=seed, practices=practices, referrals=1_000, metro=METROS[seed % len(METROS)])
    table = build_market(options).practices
    draw = np.random.default_rng([seed, practices, liaisons])
    homes = draw.choice(len(table), liaisons, replace=False)
    columns = (table[name].tolist() for name in ("practice_id", "lat", "lon"))
    offices = [Place(known, lat, lon) for known, lat, lon in zip(*columns, strict=True)]
    spots = [Place(f"home {n}", offices[h].lat + 0.01, offices[h].lon - 0.01) for n, h in enumerate(homes)]
    travel = travel_times([*offices, *spots], Roads()).travel
    value = np.round(np.exp(draw.normal(3.0, 0.7, practices)), 2)
    stops: list[Json] = []
    for row, known in enumerate(offices):
        inside = sorted(draw.choice(5, int(draw.integers(2, 5)), replace=False).tolist())
        service = int(draw.choice(SERVICE, p=[0.3, 0.5, 0.2]))
        windows = _windows(table["hours"].iloc[row], [0, 1, 2, 3, 4] if roomy else inside, service)
        stops.append({"id": known.id, "place": row, "value": float(value[row]), "service": service, "windows": windows})
    days = [
        {
            "date": (MONDAY + timedelta(days=weekday)).isoformat(),
            "liaison": f"L{n + 1}",
            "start": practices + n,
            "end": practices + n,
            "from": 480,
            "to": 1020,
            **({"pause": LUNCH} if lunch else {}),
        }
        for n in range(liaisons)
        for weekday in range(5)
    ]
    return {"minutes": [[in_minutes(int(cell)) for cell in row] for row in travel], "stops": stops, "days": days}


def _windows(text: str, inside: list[int], service: int) -> dict[str, list[list[int]]]:
    """When a visit may start: it ends before the office closes."""
    open_on = hours(text)
    return {
        (MONDAY + timedelta(days=weekday)).isoformat(): [
            [opens, closes - service] for opens, closes in open_on.get(DAYS[weekday], []) if closes - service >= opens
        ]
        for weekday in inside
    }
