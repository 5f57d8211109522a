"""The panel: every practice on record or in a file, how steady and how loyal it is, and how that moves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import pandas as pd
from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.practices import continuum, loyalty, movement
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.filters import COLUMN, Filters, stored_value
from liaison.metrics.hiding import Count
from liaison.metrics.leakage import one_vantage
from liaison.metrics.movements import last_month, movements
from liaison.metrics.panel import (
    LOYALTY_MONTHS,
    LoyaltyRule,
    Movement,
    by_month_back,
    continuum_of,
    trend_of,
)
from liaison.metrics.parts import destination_known, every_referral, in_network
from liaison.metrics.resolution import resolve
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.window import Window
from liaison.store import reading
from liaison.store.tables import practice
from liaison.vocabulary import NONE, Audience, Continuum, Loyalty

ALL_MONTHS = 27  # new practices are told by 3 months and the 24 before them


@dataclass(frozen=True)
class SpecialtyLoyalty:
    """`n`: referrals with a known destination in the last 12 complete months; `share`: of them, to us."""

    specialty: str
    label: str
    loyalty: Loyalty | None
    share: float | None
    n: int | None
    ours: int | None

    def as_json(self) -> dict[str, Any]:
        found = {"specialty": self.specialty, "label": self.label, "share": self.share, "n": self.n}
        found["class"] = self.loyalty.value if self.loyalty else None
        return found | ({"suppressed": True} if self.loyalty is None else {})


@dataclass(frozen=True)
class PracticeRow:
    """`trend`: referrals of the last 12 complete months, oldest first, null where the data do not reach or hidden."""

    practice_id: str
    name: str
    on_record: bool
    continuum: Continuum
    movement: Movement
    observable: bool  # whether we see where else it refers
    trend: tuple[int | None, ...]
    loyalty: tuple[SpecialtyLoyalty, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "practice_id": self.practice_id,
            "name": self.name,
            "on_record": self.on_record,
            "continuum": self.continuum.value,
            "movement": self.movement.value,
            "observable": self.observable,
            "trend": list(self.trend),
            "loyalty": [each.as_json() for each in self.loyalty],
        }


@dataclass(frozen=True)
class Practices:
    """Rows by referrals of the last twelve months, then by name; `window`: those months."""

    definitions: ClassVar = (continuum.name, movement.name, loyalty.name)

    rows: tuple[PracticeRow, ...]
    window: Window | None
    vintage: date | None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "window": self.window.as_json() if self.window else None,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "rows": [row.as_json() for row in self.rows],
            "notes": list(self.notes),
        }

    def frame(self) -> pd.DataFrame:
        """practice_id, name, continuum, movement: str; on_record, observable: bool; trend, loyalty: lists."""
        columns = ["practice_id", "name", "on_record", "continuum", "movement", "observable", "trend", "loyalty"]
        return pd.DataFrame([row.as_json() for row in self.rows], columns=columns)

    def cells(self) -> Cells:
        cells = Cells()
        for row in self.rows:
            for back, referrals in enumerate(reversed(row.trend)):
                if referrals is not None and self.window:
                    cells.show(self._month(row, back), referrals)
            for each in row.loyalty:
                n, ours = each.n or 0, each.ours or 0
                at = [self._loyalty(m, row, each) for m in ("known", "kept", "out")]
                for cell, referrals in zip(at, (n, ours, n - ours), strict=True):
                    cells.show(cell, referrals)
                cells.add_up(at[0], at[1:])
        return cells

    def _month(self, row: PracticeRow, back: int) -> Count:
        last = self.window.last if self.window else -1
        return Count("referrals", last - back, last - back, frozenset({("practice", row.practice_id)}))

    def _loyalty(self, measure: str, row: PracticeRow, each: SpecialtyLoyalty) -> Count:
        months = (self.window.first, self.window.last) if self.window else (-1, -1)
        return Count(measure, *months, frozenset({("practice", row.practice_id), ("service_line", each.specialty)}))

    def without(self, hidden: frozenset[Cell]) -> "Practices":
        rows = []
        for row in self.rows:
            trend = [None if self._month(row, b) in hidden else n for b, n in enumerate(reversed(row.trend))]
            loyalty = [
                replace(each, loyalty=None, share=None, n=None, ours=None)
                if hidden.intersection(self._loyalty(m, row, each) for m in ("known", "kept", "out"))
                else each
                for each in row.loyalty
            ]
            rows.append(replace(row, trend=tuple(reversed(trend)), loyalty=tuple(loyalty)))
        # The order by size would tell how large the hidden ones are.
        return replace(self, rows=tuple(sorted(rows, key=lambda r: (r.name, r.practice_id))))


def practices(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Practices:
    """Every practice, also one that never referred. The window's last month, else the last complete one, is the end."""
    no_free_filters(filters, audience)
    question = Question(live, viewer, replace(filters, first=None))
    counted = count(question, by_month_and_line, [practice_month])
    window = asked_window(question)
    last = last_month(question) or 0
    reach = last - window.first + 1 if window else 0
    names, months = _on_record(live, viewer, filters), by_month_back(counted, last)
    loyal = loyalties(live, counted, last)
    moves = movements(live, viewer, Audience.inside, question.filters).by_practice()
    rows = [
        _row(live, p, names.get(p), months.get(p, {}), reach, moves.get(p, Movement.none), loyal.get(p, ()))
        for p in {*names, *months} - {NONE}
    ]
    rows.sort(key=lambda r: (-sum(n or 0 for n in r.trend), r.name, r.practice_id))
    year = Window(last - LOYALTY_MONTHS + 1, last) if window else None
    found = Practices(tuple(rows), year, vintage_of(counted), reach_notes(reach))
    return hide(found, audience)


def by_month_and_line(source: Any) -> Select[Any]:
    """Referrals, and those known and kept, of each practice, month, line and vantage."""
    keys = [source.c[c] for c in ("practice", "month_id", "line", "vantage")]
    measures = [part.counted(source) for part in (every_referral, destination_known, in_network)]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _on_record(live: Live, viewer: Viewer, filters: Filters) -> dict[str, str]:
    """id -> name of the team's practices, merged ones left out, that lie where viewer and filters look."""
    with reading(live.home.store) as connection:
        spans = resolve(connection, pd.DataFrame(columns=["field", "name", "key", "rows"])).practices
        names = {
            row.practice_id: row.name for row in connection.execute(select(practice.c.practice_id, practice.c.name))
        }
    newest = spans.sort_values("first_month").drop_duplicates("practice", keep="last")
    if viewer.territories is not None:
        newest = newest[newest["territory"].isin(viewer.territories)]
    for name in ("territory", "practice_type", "practice_group", "practice"):
        if (value := getattr(filters, name)) is not None:
            newest = newest[newest[COLUMN[name]].fillna(NONE) == stored_value(name, value)]
    return {p: names[p] for p in newest["practice"]}


def loyalties(live: Live, counted: pd.DataFrame, last: int) -> dict[str, tuple[SpecialtyLoyalty, ...]]:
    """Practice -> loyalty by service line, the largest first; a practice that only sends to us is not in it."""
    recent = counted[counted["month_id"].between(last - LOYALTY_MONTHS + 1, last)]
    sums = one_vantage(recent).groupby(["practice", "line"])[["known", "kept"]].sum()
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for (sender, line), known, kept in sums.itertuples():
        found.setdefault(str(sender), {})[str(line)] = (int(known), int(kept))
    return {sender: loyalty_of(live, lines) for sender, lines in found.items()}


def loyalty_of(live: Live, lines: Mapping[str, tuple[int, int]]) -> tuple[SpecialtyLoyalty, ...]:
    """Loyalty by service line, from line -> (known, kept); the largest first."""
    settings = live.home.settings
    rule = LoyaltyRule(settings.loyalist_from, settings.dabbler_to, settings.loyalty_minimum)
    found = []
    for line, (known, kept) in lines.items():
        key, label = key_and_label(live, "service_line", line)
        share = kept / known if known else None
        found.append(SpecialtyLoyalty(key, label, rule.class_of(kept, known), share, known, kept))
    return tuple(sorted(found, key=lambda s: (-(s.n or 0), s.label)))


def _row(
    live: Live,
    practice_id: str,
    name: str | None,
    months: Mapping[int, int],
    reach: int,
    movement: Movement,
    loyalty: tuple[SpecialtyLoyalty, ...],
) -> PracticeRow:
    return PracticeRow(
        practice_id=practice_id,
        name=name or live.label_of.get(("practice", practice_id), practice_id),
        on_record=name is not None,
        continuum=continuum_of(months),
        movement=movement,
        observable=bool(loyalty),
        trend=trend_of(months, reach),
        loyalty=loyalty,
    )


def reach_notes(reach: int) -> tuple[str, ...]:
    """What data that begin late cannot say."""
    if not 0 < reach < ALL_MONTHS:
        return ()
    return (f"The data hold {reach} complete months: a practice can be called new from {ALL_MONTHS} on.",)
