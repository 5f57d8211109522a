"""Invented clinicians: those who refer, at their practices, and the specialists they refer to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from liaison.demo.lines import CODES, LINES
from liaison.demo.market import DESTINATIONS, ORGANISATIONS, OURS, TYPES, Market, Numbers
from liaison.demo.words import GIVEN, SURNAME_ENDS, SURNAME_STARTS

PROVIDERS_PER_PRACTICE = 3
SPECIALIST_SHARE = 0.25
TWO_PLACES = 0.05
MOVERS = 0.02
ALWAYS = 10_000  # a month index after every window

REFERRING_CODES = {
    "Family medicine": ("207Q00000X", "207Q00000X", "363LF0000X"),
    "Internal medicine": ("207R00000X", "207R00000X", "207RG0300X", "363LA2200X"),
    "Pediatrics": ("208000000X", "208000000X", "363LP0200X"),
    "Women's health": ("207V00000X", "207VG0400X", "367A00000X"),
    "Urgent care": ("207P00000X", "207Q00000X", "363A00000X"),
    "Community health centre": ("207Q00000X", "363LP2300X", "208D00000X"),
    "Specialty group": ("207RC0000X", "207RG0100X", "207RP1001X"),
}
IN_OFFICE = ("Mo;Tu;We;Th;Fr", "Mo;Tu;We;Th", "Mo;We;Fr", "Tu;Th", "Mo;Tu;Th;Fr")


@dataclass(frozen=True)
class Clinicians:
    """`providers` is the file (a row a provider and place). `places` says who refers from where and when:
    provider, practice: int positions; first, last: int month indices, both inclusive. Specialists of organisation o
    and line l are `npis[start[o, l] : start[o, l] + many[o, l]]`."""

    providers: pd.DataFrame
    npis: list[str]
    places: pd.DataFrame
    start: Numbers
    many: Numbers

    def roster(self, month: int, practices: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """In a month: providers sorted by practice, whether each is in one place only, and where each practice's
        begin and how many they are."""
        now = self.places[(self.places["first"] <= month) & (self.places["last"] >= month)]
        provider, practice = now["provider"].to_numpy(), now["practice"].to_numpy()
        order = np.argsort(practice, kind="stable")
        alone = np.bincount(provider)[provider] == 1
        many = np.bincount(practice, minlength=practices)
        return provider[order], alone[order], np.cumsum(many) - many, many


def npi(number: int) -> str:
    """An invented NPI: 2000, five digits, and the check digit (Luhn over 80840 and the first nine, which adds 24)."""
    digits = f"2000{number:05d}"
    total = 24 + sum(sum(divmod(2 * int(d), 10)) if i % 2 == 0 else int(d) for i, d in enumerate(digits))
    return f"{digits}{-total % 10}"


def build_clinicians(market: Market) -> Clinicians:
    draw = market.options.draw("clinicians")
    practices = market.options.practices
    cells = len(DESTINATIONS) * len(LINES)
    total = PROVIDERS_PER_PRACTICE * practices
    specialists = max(cells, round(total * SPECIALIST_SHARE))
    referrers = max(practices, total - specialists)
    names = _names(draw, referrers + specialists)
    numbers = draw.permutation(100_000)[: referrers + specialists]
    npis = [npi(int(n)) for n in numbers]
    places = _places(market, draw, referrers)
    start, many, cell = _specialists(draw, specialists, referrers)
    table = pd.concat(
        [_referring_rows(market, draw, places, npis, names), _specialist_rows(draw, cell, npis, names, referrers)],
        ignore_index=True,
    )
    return Clinicians(table, npis, places, start, many)


def _names(draw: np.random.Generator, count: int) -> list[str]:
    given = draw.integers(0, len(GIVEN), count)
    first, last = draw.integers(0, len(SURNAME_STARTS), count), draw.integers(0, len(SURNAME_ENDS), count)
    return [f"{GIVEN[g]} {SURNAME_STARTS[a]}{SURNAME_ENDS[b]}" for g, a, b in zip(given, first, last, strict=True)]


def _places(market: Market, draw: np.random.Generator, referrers: int) -> pd.DataFrame:
    """One provider at each practice first, the rest by size; a few work at two places, a few move mid-way."""
    practices = market.options.practices
    weight = np.sqrt(market.size)
    extra = draw.choice(practices, referrers - practices, p=weight / weight.sum())
    home = np.concatenate([np.arange(practices), extra])
    provider = np.arange(referrers)
    first, last = np.zeros(referrers, int), np.full(referrers, ALWAYS)
    can_move = provider >= practices  # the first of a practice stays, so that none is ever empty
    moves = can_move & (draw.random(referrers) < MOVERS)
    when = draw.integers(market.options.months // 4, market.options.months * 3 // 4, referrers)
    last[moves] = when[moves] - 1
    second = ~moves & (draw.random(referrers) < TWO_PLACES)
    again = np.flatnonzero(moves | second)
    other = (home[again] + draw.integers(1, practices, len(again))) % practices
    more = pd.DataFrame(
        {"provider": again, "practice": other, "first": np.where(moves[again], when[again], 0), "last": ALWAYS}
    )
    base = pd.DataFrame({"provider": provider, "practice": home, "first": first, "last": last})
    return pd.concat([base, more], ignore_index=True)


def _specialists(draw: np.random.Generator, count: int, offset: int) -> tuple[Numbers, Numbers, Numbers]:
    """At least one specialist for each organisation and line; ours has most of the rest."""
    lines, organisations = len(LINES), len(DESTINATIONS)
    weight = np.repeat(np.where(np.array(DESTINATIONS) == OURS, 5.0, 1.0), lines)
    extra = draw.choice(organisations * lines, count - organisations * lines, p=weight / weight.sum())
    many = 1 + np.bincount(extra, minlength=organisations * lines)
    start = offset + np.cumsum(many) - many
    cell = np.repeat(np.arange(organisations * lines), many)
    return start.reshape(organisations, lines), many.reshape(organisations, lines), cell


def _referring_rows(
    market: Market, draw: np.random.Generator, places: pd.DataFrame, npis: list[str], names: list[str]
) -> pd.DataFrame:
    options, ids = market.options, market.ids
    pick = draw.random(int(places["provider"].max()) + 1)
    days = draw.integers(0, len(IN_OFFICE), len(places))
    home = places.drop_duplicates("provider").set_index("provider")["practice"]
    rows = []
    columns = (places[name].tolist() for name in ("provider", "practice", "first", "last"))
    for provider, practice, first, last, office in zip(*columns, days, strict=True):
        codes = REFERRING_CODES[TYPES[market.kind[home[provider]]]]
        rows.append(
            (
                npis[provider],
                names[provider],
                codes[int(pick[provider] * len(codes))],
                ids[practice],
                market.practices["organisation_id"].iat[practice],
                IN_OFFICE[office],
                options.starts(first).isoformat() if first else "",
                options.ends(last).isoformat() if last < options.months else "",
            )
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def _specialist_rows(
    draw: np.random.Generator, cell: Numbers, npis: list[str], names: list[str], offset: int
) -> pd.DataFrame:
    pick = draw.random(len(cell))
    rows = []
    for position, (at, share) in enumerate(zip(cell, pick, strict=True), start=offset):
        organisation, line = divmod(int(at), len(LINES))
        codes = CODES[LINES[line]]
        owner = ORGANISATIONS[organisation][0]
        rows.append((npis[position], names[position], codes[int(share * len(codes))], "", owner, "", "", ""))
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = ["npi", "name", "taxonomy_code", "practice_id", "organisation_id", "in_office", "from", "to"]
