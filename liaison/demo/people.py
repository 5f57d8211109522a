"""Six liaisons and those they answer to, who covers which practice when, and whom one meets there."""

from datetime import timedelta

import pandas as pd

from liaison.demo.market import Market
from liaison.demo.words import GIVEN, JOBS, SURNAME_ENDS, SURNAME_STARTS

# Invented people; the first six are liaisons, one for each territory in the order of the territories.
STAFF = (
    ("L1", "Maya Ortwick", "liaison", "own"),
    ("L2", "Dan Whitfeld", "liaison", "own"),
    ("L3", "Ines Kesselmere", "liaison", "own"),
    ("L4", "Theo Larkshaw", "liaison", "own"),
    ("L5", "Rosa Emberleigh", "liaison", "contract"),
    ("L6", "Nico Garrowdale", "liaison", "own"),
    ("M1", "Cora Lindenhurst", "manager", "own"),
    ("E1", "Hugo Valeworth", "executive", "own"),
)
LIAISONS = 6


def people(market: Market) -> pd.DataFrame:
    """The file: liaisons start from the ZIP with most of their practices, and log visits in full from the start."""
    options, rows = market.options, []
    start = options.starts(options.programme_start)
    for position, (person, name, role, own) in enumerate(STAFF):
        liaison = position < LIAISONS
        mine = market.practices["zip"][market.territory[:, 0] == position] if liaison else market.practices["zip"][:0]
        home = mine.mode().iat[0] if len(mine) else market.metro.hub_zip
        email = f"{name.lower().replace(' ', '.')}@example.org"
        begins = start.isoformat() if liaison else ""
        complete = f"{start:%Y-%m}" if liaison else ""
        rows.append((person, name, email, role, home, "08:00", "17:00", "Mo;Tu;We;Th;Fr", own, begins, "", complete))
    columns = (
        "person_id name email role start_zip works_from works_to days own_or_contract from to visits_complete_from"
    )
    return pd.DataFrame(rows, columns=columns.split())


def assignments(market: Market) -> pd.DataFrame:
    """The file: every practice with the liaison of its territory; a county that changes hands has two rows."""
    options, rows = market.options, []
    start, move = options.programme_start, options.territory_move
    before, after = market.territory[:, start], market.territory[:, -1]
    for practice, was, now in zip(market.ids, before, after, strict=True):
        begins, ends = options.starts(start).isoformat(), ""
        if was != now:
            moved = options.starts(move)
            rows.append((practice, STAFF[was][0], "", begins, (moved - timedelta(days=1)).isoformat()))
            begins = moved.isoformat()
        rows.append((practice, STAFF[now][0], "", begins, ends))
    return pd.DataFrame(rows, columns=["practice_id", "person_id", "service_line", "from", "to"])


def contacts(market: Market) -> pd.DataFrame:
    """The file: one or two people of the staff at each practice."""
    draw, rows = market.options.draw("contacts"), []
    for practice, phone in zip(market.ids, market.practices["phone"], strict=True):
        for job in JOBS[: 1 + int(draw.random() < 0.35)]:
            given, first, last = (int(draw.integers(0, len(w))) for w in (GIVEN, SURNAME_STARTS, SURNAME_ENDS))
            name = f"{GIVEN[given]} {SURNAME_STARTS[first]}{SURNAME_ENDS[last]}"
            email = f"{name.lower().replace(' ', '.')}@{practice.lower()}.example.org"
            rows.append((practice, name, job, phone, email))
    return pd.DataFrame(rows, columns=["practice_id", "name", "job", "phone", "email"])
