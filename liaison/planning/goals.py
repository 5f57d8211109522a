"""Goals against what came: progress to date, and what the stored forecasts say of the year's end.

A forecast reaches three months beyond the last complete one: before October nothing honest can be said of December.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, or_, select

from liaison.access import owner
from liaison.facts.live import Live
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.records import all_records
from liaison.fieldwork.visits import standing_visit
from liaison.metrics.practice_months import PracticeMonths, practice_months
from liaison.metrics.resolution import places_now
from liaison.models.stored.forecasts import Forecast, forecasts
from liaison.models.stored.runs import newest_run
from liaison.store import reading
from liaison.vocabulary import Channel, GoalMeasure, comparison_key, month_text

LEVEL = 0.80
HALF_WIDTHS = 1.2816 * 2  # standard deviations between the ends of an 80% interval
TOO_EARLY = "too early to say"
Ends = tuple[float | None, float | None, float | None]  # expected, low, high
UNKNOWN: Ends = (None, None, None)
REACHED, OVER = "reached", "the year is over"


@dataclass(frozen=True)
class Progress:
    """A goal with what came. `through`: the last month that is counted (YYYY-MM), None before any of the year;
    `expected`, `low`, `high`: at the year's end, an 80% interval; None where nothing says so, and `says` why."""

    key: str
    version: int
    year: int
    measure: GoalMeasure
    territory: str | None
    line: str | None
    target: float
    to_date: float
    through: str | None
    expected: float | None
    low: float | None
    high: float | None
    says: str

    @property
    def share(self) -> float:
        return self.to_date / self.target

    def as_json(self) -> dict[str, Any]:
        told = {
            "year": self.year,
            "measure": self.measure.value,
            "territory": self.territory,
            "service_line": self.line,
            "target": self.target,
            "to_date": self.to_date,
            "through": self.through,
            "share": round(self.share, 4),
        }
        ahead = {
            name: None if (value := getattr(self, name)) is None else round(value, 1)
            for name in ("expected", "low", "high")
        }
        return {**told, **ahead, "level": LEVEL, "says": self.says}


@dataclass(frozen=True)
class Sent:
    """What counts towards referrals: `months` of practices, where each lies now, and their forecasts after `as_of`."""

    months: PracticeMonths
    lies_in: Mapping[str, str]
    ahead: Sequence[Forecast]
    as_of: int | None


def goals(live: Live, today: date) -> list[Progress]:
    """Every goal on record, the newest year first."""
    with reading(live.home.store) as connection:
        rows = all_records(connection, "goals")
        if not rows:
            return []
        places = {row["practice"]: row["territory"] for row in places_now(connection)}
        run = newest_run(connection)
        ahead = forecasts(connection, run.run_id) if run else ()
        made = _visits(connection, {int(row["year"]) for row in rows}, places)
    counted = practice_months(live, owner(), sorted(places))
    sent = Sent(counted, places, ahead, run.as_of if run else None)
    found = [
        of_visits(row, made, today) if row["measure"] == GoalMeasure.visits.value else of_referrals(row, sent)
        for row in rows
    ]
    return sorted(found, key=lambda p: (-p.year, p.measure.value, p.territory or "", p.line or ""))


def of_referrals(row: Mapping[str, Any], sent: Sent) -> Progress:
    """Referrals to us in the year, of practices that lie in the territory now, and what their forecasts add."""
    year, line, months = int(row["year"]), row["service_line"], sent.months
    inside = [row["territory_id"] in (None, sent.lies_in.get(p)) for p in months.practices]
    columns = [n for n, month in enumerate(months.months) if month // 12 == year]
    counts = months.kept
    if line is not None:
        same = [n for n, name in enumerate(months.lines) if comparison_key(name) == comparison_key(line)]
        counts = months.by_line[:, same].sum(axis=1)
    to_date = float(counts[np.ix_(inside, columns)].sum()) if columns and any(inside) else 0.0
    through = months.months[columns[-1]] if columns else None
    ids = {p for p, is_in in zip(months.practices, inside, strict=True) if is_in}
    listed = [each for each in sent.ahead if each.practice_id in ids]
    ends, says = _ahead(year, through, to_date, listed, sent, line)
    return _progress(row, to_date, month_text(through) if through is not None else None, ends, says)


def _ahead(
    year: int, through: int | None, to_date: float, listed: Sequence[Forecast], sent: Sent, line: str | None
) -> tuple[Ends, str]:
    end = year * 12 + 11
    if through == end:
        return (to_date, to_date, to_date), OVER
    if through is None or not listed or sent.as_of != through:
        return UNKNOWN, TOO_EARLY
    left = [month_text(month) for month in range(through + 1, end + 1)]
    if not set(left) <= {month["month"] for month in listed[0].months}:
        return UNKNOWN, f"{TOO_EARLY}: forecasts reach three months beyond {month_text(through)}"
    total = spread = 0.0
    for one in listed:
        share = 1.0 if line is None else _share(one, line)
        months = [month for month in one.months if month["month"] in left]
        total += share * sum(month["referrals"] for month in months)
        # Months of a practice move together, practices each for itself; a part of its referrals varies as a part does.
        width = sum(month["high_80"] - month["low_80"] for month in months)
        spread += share * (width / HALF_WIDTHS) ** 2
    half = HALF_WIDTHS / 2 * spread**0.5
    low, high = to_date + max(total - half, 0.0), to_date + total + half
    return (to_date + total, low, high), ""


def _share(one: Forecast, line: str) -> float:
    """Of a practice's expected referrals, the part that names this line."""
    same = [e["referrals"] for e in one.by_line if e["line"] and comparison_key(e["line"]) == comparison_key(line)]
    return min(1.0, sum(same) / one.value) if one.value > 0 else 0.0


@dataclass(frozen=True)
class Made:
    """A visit that counts: ISO date, and where its practice lies now."""

    on: str
    territory: str


def of_visits(row: Mapping[str, Any], made: Iterable[Made], today: date) -> Progress:
    """Visits in person in the year so far; of what will come, their pace says something, but no interval does."""
    year = row["year"]
    day = min(today.isoformat(), f"{year}-12-31")
    mine = [m for m in made if m.on[:4] == year and m.on <= day and row["territory_id"] in (None, m.territory)]
    many = float(len(mine))
    through = day[:7] if day[:4] == year else None
    if today.isoformat() > f"{year}-12-31":
        return _progress(row, many, through, (many, many, many), OVER)
    days = (today - date(int(year), 1, 1)).days + 1
    if through is None or days < 90:
        return _progress(row, many, through, UNKNOWN, TOO_EARLY)
    pace = many * ((date(int(year), 12, 31) - date(int(year), 1, 1)).days + 1) / days
    return _progress(row, many, through, UNKNOWN, f"at this pace about {pace:,.0f}; not a forecast")


def _progress(row: Mapping[str, Any], to_date: float, through: str | None, ahead: Ends, says: str) -> Progress:
    if not says and to_date >= row["target"]:
        says = REACHED
    return Progress(
        row["key"],
        int(row["version"]),
        int(row["year"]),
        GoalMeasure(row["measure"]),
        row["territory_id"],
        row["service_line"],
        float(row["target"]),
        to_date,
        through,
        *ahead,
        says,
    )


def _visits(connection: Connection, years: set[int], lies_in: Mapping[str, str]) -> list[Made]:
    into = standing(connection, "practice")
    c = standing_visit.c
    met = or_(c.channel.is_(None), c.channel == Channel.in_person.value)
    inside = func.substr(c.date, 1, 4).in_([str(year) for year in sorted(years)])
    wanted = select(c.date, c.practice_id).where(met, inside)
    return [Made(row.date, lies_in.get(final(into, row.practice_id or ""), "")) for row in connection.execute(wanted)]
