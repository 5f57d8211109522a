"""The newest run as it was stored: its papers, and the list."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from liaison.models.ranking.rank import MODEL, VERSION
from liaison.store.tables import history, ranking, ranking_row, version
from liaison.vocabulary import month_text

MODEL_TEXT = f"{MODEL} {VERSION}"
MADE_FROM = (
    "visits",
    "people",
    "territories",
    "margins",
)  # kinds of record that a run reads and that no recount follows


@dataclass(frozen=True)
class Run:
    """One run's papers. `as_of`: the last month looked at, month id; the list is for the month after, `month`.

    `evidence`: a sentence; `lift`: lifts measured and used, as `rank --json`; `worth`: margins and shares seen by line,
    None where there is no outlook; `outlook`: season, growth, odds and how
    many are watched, None where the history is too short; `notes`: sentences on what was not known. `checks`, `card`:
    None until it has been looked back, minutes after the list at the latest.
    """

    run_id: str
    as_of: int
    data_version: int
    data_id: str
    records_id: int
    fitted_at: str
    seconds: float
    level: float
    model: str
    evidence: str
    lift: dict[str, Any]
    worth: dict[str, Any] | None
    outlook: dict[str, Any] | None
    notes: tuple[str, ...]
    checks: dict[str, Any] | None
    card: str | None

    @property
    def month(self) -> int:
        """The month that the list is for."""
        return self.as_of + 1

    @property
    def covers_zero(self) -> bool:
        """Whether the data alone leave it open that visits do nothing."""
        measured = self.lift.get("lift_measured", {})
        low, high = measured.get("low"), measured.get("high")
        return low is None or high is None or low <= 0 <= high


@dataclass(frozen=True)
class StoredRow:
    """A practice in the list, before choices and guards. Gains are referrals in all from one visit.

    `forecast`: referrals a month without a visit; `months_added`: months of a visit's peak that one more adds;
    `outside_share`: 0-1, None where not observed; `months_since`: from the last counted visit to the list's month.
    """

    practice_id: str
    rank: int
    gain: float
    low: float
    high: float
    forecast: float
    months_added: float
    outside_share: float | None
    months_since: float | None
    reasons_text: str
    against_text: str

    @cached_property
    def reasons(self) -> tuple[dict[str, Any], ...]:
        """At most three: factor, says, contribution."""
        return tuple(json.loads(self.reasons_text))

    @cached_property
    def against(self) -> tuple[dict[str, Any], ...]:
        """What speaks against it, as `reasons`."""
        return tuple(json.loads(self.against_text))

    def as_json(self) -> dict[str, Any]:
        """The keys of `rank --json`."""
        plain = {name: getattr(self, name) for name in ("practice_id", "rank", "gain", "low", "high")}
        return {**plain, "reasons": list(self.reasons), "against": list(self.against)}


@dataclass(frozen=True)
class Stored:
    """A run and its list, best first."""

    run: Run
    rows: tuple[StoredRow, ...]

    @cached_property
    def by_practice(self) -> dict[str, StoredRow]:
        return {row.practice_id: row for row in self.rows}

    def frame(self) -> pd.DataFrame:
        """practice_id: str; rank: int; gain, low, high, forecast, months_added, outside_share, months_since: float."""
        names = [c.name for c in ranking_row.columns if c.name not in ("run_id", "reasons", "against")]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=names)

    def as_json(self, top: int | None = None) -> dict[str, Any]:
        """The keys of `rank --json`."""
        name, _, number = self.run.model.rpartition(" ")
        return {
            "model": {"name": name, "version": int(number), "gain": "referrals"},
            "as_of": month_text(self.run.as_of),
            "level": self.run.level,
            "evidence": {"says": self.run.evidence, **self.run.lift},
            "rows": [row.as_json() for row in self.rows[:top]],
        }


def newest_first(wanted: Select[Any]) -> Select[Any]:
    """Of the runs, the newest alone."""
    return wanted.order_by(ranking.c.fitted_at.desc(), ranking.c.run_id).limit(1)


def newest_run(connection: Connection) -> Run | None:
    """The papers of the newest run; None where nothing has been worked out yet."""
    row = connection.execute(newest_first(select(ranking))).mappings().first()
    if row is None:
        return None
    values = {str(name): value for name, value in row.items()}
    for name in ("lift", "worth", "outlook", "notes", "checks"):
        values[name] = json.loads(values[name]) if values[name] else None
    return Run(**{**values, "notes": tuple(values["notes"] or ())})


def newest(connection: Connection) -> Stored | None:
    """The newest run with its list; None where nothing has been worked out yet."""
    run = newest_run(connection)
    return None if run is None else Stored(run, stored_rows(connection, run.run_id))


def stored_rows(connection: Connection, run_id: str, practice_id: str | None = None) -> tuple[StoredRow, ...]:
    """The list of a run, best first; of one practice where it is named."""
    wanted = select(ranking_row).where(ranking_row.c.run_id == run_id).order_by(ranking_row.c.rank)
    if practice_id is not None:
        wanted = wanted.where(ranking_row.c.practice_id == practice_id)
    return tuple(StoredRow(*row[1:]) for row in connection.execute(wanted))


def made_from(connection: Connection, kinds: Collection[str] = MADE_FROM) -> tuple[str, int]:
    """What a run now would be made from: the data's id, and the newest entry about records of these kinds."""
    data_id = connection.scalar(select(version.c.data_id)) or "empty"
    newest_entry = select(func.max(history.c.id)).where(history.c.kind.in_(kinds))
    return str(data_id), int(connection.scalar(newest_entry) or 0)


def up_to_date(connection: Connection, run: Run) -> bool:
    """Whether a run is of the data, the visits and the model as they stand now."""
    return run.model == MODEL_TEXT and made_from(connection) == (run.data_id, run.records_id)


def current_run(connection: Connection) -> Run | None:
    """The newest run, if it is up to date."""
    run = newest_run(connection)
    return run if run is not None and up_to_date(connection, run) else None
