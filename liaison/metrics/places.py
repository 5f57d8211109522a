"""Leakage and volume by place: practices are counted once, then added up to ZIPs, counties and territories in memory.

A practice lies where its record's ZIP says, today; its territory is the one in force in the referral's month.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.definitions.leakage import leakage as definition
from liaison.metrics.disclosure import Cells, hidden_cells
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import Filters
from liaison.metrics.hiding import BreakdownTable, sums_between
from liaison.metrics.leakage import COVERAGE, Sums, seen_of, statement
from liaison.metrics.spots import Spot, county_name, spots, zip_name
from liaison.metrics.suppression import FreeFilterError, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience

PlaceBy = Literal["practice", "zip", "county", "territory"]
NOWHERE = "No place on record"
KEYS = ["practice", "territory"]


class Counted(NamedTuple):
    """What one practice sent while it lay in one territory."""

    practice: str
    territory: str
    zip: str
    county: str
    sums: Sums


@dataclass(frozen=True)
class PlaceCounts:
    """`rows`: over the vantage that is counted. `received`: practice -> referrals of practices that are seen from no
    such vantage. For the inside only: nothing is hidden here.
    """

    rows: tuple[Counted, ...]
    received: Mapping[str, int]
    window: Window | None
    vintage: date | None
    labels: Mapping[tuple[str, str], str]
    notes: tuple[str, ...]

    @cached_property
    def total(self) -> Figure:
        """Of all practices, on record or not."""
        return self.figure(self.rows)

    def figure(self, rows: Iterable[Counted]) -> Figure:
        """Some of the rows, added up."""
        return self._figure(_added(row.sums for row in rows))

    def by(self, by: PlaceBy, rows: Iterable[Counted] | None = None) -> Breakdown:
        """All rows, or some of them, by most referrals lost; together they are the total."""
        groups: dict[str, list[Sums]] = defaultdict(list)
        kept = self.rows if rows is None else tuple(rows)
        for row in kept:
            groups[getattr(row, by)].append(row.sums)
        found = [Row(key, self.label(by, key), self._figure(_added(sums))) for key, sums in groups.items()]
        found.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
        total = self.figure(kept)
        return Breakdown(by, total, tuple(found), self.window, total.vintage, total.coverage, self.notes)

    def label(self, by: PlaceBy, key: str) -> str:
        """What people read for a place."""
        if key == NONE:
            return NOWHERE if by in ("zip", "county") else NONE
        if by == "county":
            return county_name(key)
        return zip_name(key) if by == "zip" else self.labels.get((by, key), key)

    def _figure(self, sums: Sums) -> Figure:
        return Figure(
            definition.name,
            sums.out / sums.known if sums.known else None,
            Unit.share,
            self.window,
            sums.out,
            sums.known,
            Coverage(sums.known, sums.referrals, COVERAGE),
            self.vintage if sums.referrals else None,
            beside={"unknown": sums.unknown, "not_completed": sums.not_completed},
        )


def _added(each: Iterable[Sums]) -> Sums:
    return Sums(*map(sum, zip(*each, strict=True)))


def place_counts(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> PlaceCounts:
    """One question of the rollup of practices, joined to where they lie. ValueError for an audience that small numbers
    are hidden from: `by_place` is for those.
    """
    if audience is not Audience.inside:
        raise ValueError("counts of places are not hidden: ask by_place")
    question = Question(live, viewer, filters)
    counted = count(question, lambda source: statement(source, KEYS), [practice_month])
    seen = seen_of(counted, KEYS)
    lie = spots(live, viewer, audience, Filters())
    rows = tuple(_row(key[0], key[1], lie, sums) for key, sums in seen.groups.items() if sums is not None)
    observed = {row.practice for row in rows}
    received: dict[str, int] = defaultdict(int)
    for name, referrals in zip(counted["practice"].tolist(), counted["referrals"].tolist(), strict=True):
        if name not in observed:
            received[name] += int(referrals)
    notes = _notes(rows, len(received))
    return PlaceCounts(rows, dict(received), asked_window(question), seen.newest, live.label_of, notes)


def _row(practice: str, territory: str, lie: Mapping[str, Spot], sums: Sums) -> Counted:
    spot = lie.get(practice)
    return Counted(practice, territory, spot.zip if spot else NONE, spot.county if spot else NONE, sums)


def _notes(rows: tuple[Counted, ...], received: int) -> tuple[str, ...]:
    said = []
    if lost := sum(row.sums.referrals for row in rows if row.county == NONE):
        said.append(f"{lost:,} referrals are of practices without a ZIP code on record: they lie on no map.")
    if received:
        noun = "practice is" if received == 1 else "practices are"
        said.append(f"{received:,} {noun} seen only through what they send us: their leakage is not observable.")
    return tuple(said)


def by_place(live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: PlaceBy) -> Breakdown:
    """Leakage by ZIP, county or territory, as this audience may see it. ZIPs are for the team alone: five digits of a
    ZIP beside a date are an identifier of patients (45 CFR 164.514).
    """
    if by not in PUBLISHED and audience is not Audience.inside:
        raise FreeFilterError("Figures by ZIP stay in the team.", remedy="Ask by county or by territory.")
    return place_tables(live, viewer, audience, filters)[by]


def place_tables(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> dict[PlaceBy, Breakdown]:
    """Leakage by every kind of place that this audience may see. For outside, counties and territories are hidden as
    one: the ones make up the others, and none may give away what another keeps.
    """
    no_free_filters(filters, audience)
    counts = place_counts(live, viewer, Audience.inside, filters)
    if audience is Audience.inside:
        return {by: counts.by(by) for by in ("county", "territory", "zip", "practice")}
    # Notes count referrals that no table holds; outside they could give a hidden one away.
    return _hidden_together(replace(counts, notes=()))


PUBLISHED: tuple[PlaceBy, ...] = ("county", "territory")


def _hidden_together(counts: PlaceCounts) -> dict[PlaceBy, Breakdown]:
    tables = {by: BreakdownTable(counts.by(by)) for by in PUBLISHED}
    every = Cells()
    for table in tables.values():
        every.join(table.cells())
    # What a county sent while it lay in a territory is printed nowhere, but links the two tables.
    pieces = BreakdownTable(_pieces(counts)).cells()
    every.counts |= {cell: count for cell, count in pieces.counts.items() if cell not in every.counts}
    every.sums += pieces.sums
    sums_between(every)
    hidden = hidden_cells(every)
    return {by: table.without(hidden).found for by, table in tables.items()}


def _pieces(counts: PlaceCounts) -> Breakdown:
    groups: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for row in counts.rows:
        groups[row.county, row.territory].append(row)
    rows = tuple(
        Row(f"{county}|{territory}", "", counts.figure(same), {"county": county, "territory": territory})
        for (county, territory), same in groups.items()
    )
    return Breakdown("county+territory", counts.total, rows, counts.window, None, counts.total.coverage)
