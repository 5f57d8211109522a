"""The directory: every practice with what it sends, what of it leaks, how steady it is; a row each, counted lean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import pandas as pd
from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.leakage import leakage
from liaison.metrics.definitions.practices import continuum, movement
from liaison.metrics.definitions.volume import volume
from liaison.metrics.figure import Coverage, papers_as_json
from liaison.metrics.filters import COLUMN, Filters, stored_value
from liaison.metrics.leakage import one_vantage
from liaison.metrics.movements import inside_only, last_month, movements
from liaison.metrics.panel import LOYALTY_MONTHS, Movement, continuum_of, trend_of
from liaison.metrics.parts import destination_known, every_referral, out_of_network
from liaison.metrics.practices import reach_notes
from liaison.metrics.resolution import places_now
from liaison.metrics.window import Window
from liaison.store import reading
from liaison.vocabulary import NONE, Audience, month_text

PARTS = (every_referral, destination_known, out_of_network)
PLACES = ("territory", "practice_type", "practice_group", "practice")


@dataclass(frozen=True)
class DirectoryRow:
    """`trend`: referrals of the last twelve complete months, oldest first; `out` of `known` in the vantage counted."""

    practice_id: str
    name: str
    town: str | None
    type: str | None
    on_record: bool
    continuum: str
    movement: str
    referrals: int
    known: int
    out: int
    observable: bool
    trend: tuple[int | None, ...]

    @property
    def leakage(self) -> float | None:
        return self.out / self.known if self.known else None

    def as_json(self) -> dict[str, Any]:
        counts = {"numerator": self.out, "denominator": self.known, "value": self.leakage}
        found = {k: v for k, v in self.__dict__.items() if k not in ("known", "out")}
        return {**found, "trend": list(self.trend), "leakage": counts}


@dataclass(frozen=True)
class Directory:
    """Rows by referrals, then by name; `window`: the twelve complete months that they are told of."""

    definitions: ClassVar = (volume.name, leakage.name, continuum.name, movement.name)

    rows: tuple[DirectoryRow, ...]
    window: Window | None
    vintage: date | None
    coverage: Coverage | None
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "rows": [row.as_json() for row in self.rows],
            "notes": list(self.notes),
        }

    def on_record(self, *, that_sent: bool) -> tuple[str, ...]:
        """Ids of the practices on record; `that_sent`: only those with a referral in the twelve months."""
        return tuple(row.practice_id for row in self.rows if row.on_record and (row.referrals or not that_sent))

    def frame(self) -> pd.DataFrame:
        """The fields of a row, and `leakage`: 0 to 1, null where nothing is known."""
        rows = [{**row.__dict__, "leakage": row.leakage} for row in self.rows]
        return pd.DataFrame(rows, columns=[*DirectoryRow.__dataclass_fields__, "leakage"])


def directory(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Directory:
    """Every practice on record or in a file, also one that never referred; it names practices, so it stays inside."""
    inside_only(audience, "The directory of practices")
    question = Question(live, viewer, replace(filters, first=None))
    window, last = asked_window(question), last_month(question)
    if window is None or last is None:
        return Directory(_rows(live, viewer, filters, {}, set(), {}, 0), None, None, None, ())
    year = Window(last - LOYALTY_MONTHS + 1, last)
    end = None if filters.last is None else month_text(last)
    asked = Question(live, viewer, replace(filters, first=month_text(year.first), last=end))
    counted = count(asked, _statement, [practice_month])
    reach = last - window.first + 1
    seen = one_vantage(counted)
    moves = movements(live, viewer, audience, filters).by_practice()
    rows = _rows(live, viewer, filters, _sums(counted, seen, last), set(seen["practice"]), moves, reach)
    known = Coverage(int(seen["known"].sum()), int(seen["referrals"].sum()), "Destination known")
    return Directory(rows, year, vintage_of(counted), known, (*_vantage_note(seen), *reach_notes(reach)))


def _statement(source: Any) -> Select[Any]:
    keys = [source.c[c] for c in ("practice", "month_id", "vantage")]
    measures = [part.counted(source) for part in PARTS]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


@dataclass
class _Sent:
    """What one practice sent: `months` back -> referrals of every vantage, the rest of the one counted."""

    months: dict[int, int]
    known: int = 0
    out: int = 0


def _sums(counted: pd.DataFrame, seen: pd.DataFrame, last: int) -> dict[str, _Sent]:
    """Plain values: a frame for each practice costs more than counting them."""
    used = seen["vantage"].iloc[0] if len(seen) else None
    found: dict[str, _Sent] = {}
    columns = (counted[c].tolist() for c in ("practice", "month_id", "vantage", "referrals", "known", "out"))
    for practice, month, vantage, referrals, known, out in zip(*columns, strict=True):
        if practice == NONE:
            continue
        sent = found.setdefault(practice, _Sent({}))
        back = last - month + 1
        sent.months[back] = sent.months.get(back, 0) + referrals
        if vantage == used:
            sent.known, sent.out = sent.known + known, sent.out + out
    return found


def _rows(
    live: Live,
    viewer: Viewer,
    filters: Filters,
    sent: Mapping[str, _Sent],
    seen: set[str],
    moves: Mapping[str, Movement],
    reach: int,
) -> tuple[DirectoryRow, ...]:
    held = _held(live, viewer, filters)
    rows = []
    for practice in {*held, *sent}:
        record, own = held.get(practice, {}), sent.get(practice, _Sent({}))
        row = DirectoryRow(
            practice_id=practice,
            name=record.get("name") or live.label_of.get(("practice", practice), practice),
            town=record.get("city"),
            type=record.get("type"),
            on_record=bool(record),
            continuum=continuum_of(own.months).value,
            movement=moves.get(practice, Movement.none).value,
            referrals=sum(own.months.values()),
            known=own.known,
            out=own.out,
            observable=practice in seen or not own.months,
            trend=trend_of(own.months, reach),
        )
        rows.append(row)
    return tuple(sorted(rows, key=lambda r: (-r.referrals, r.name.casefold(), r.practice_id)))


def _held(live: Live, viewer: Viewer, filters: Filters) -> dict[str, Mapping[str, Any]]:
    """The practices on record that lie where viewer and filters look, by id."""
    with reading(live.home.store) as connection:
        every = places_now(connection)
    asked = {COLUMN[n]: stored_value(n, v) for n in PLACES if (v := getattr(filters, n)) is not None}
    mine = viewer.territories
    return {
        row["practice"]: row
        for row in every
        if all((row[c] or NONE) == v for c, v in asked.items()) and (mine is None or row["territory"] in mine)
    }


def _vantage_note(seen: pd.DataFrame) -> tuple[str, ...]:
    if seen.empty:
        return ()
    return (f"Leakage is counted over referrals of vantage {seen['vantage'].iloc[0]}; referrals are of every vantage.",)
