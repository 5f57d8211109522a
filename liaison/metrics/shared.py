"""Shared patients between providers: sums over pairs, from one data set and one vintage at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import BigInteger, Select, cast, func, select

from liaison.access import Viewer, within_scope
from liaison.errors import LiaisonError
from liaison.facts.columns import edge
from liaison.facts.live import Live
from liaison.metrics.definitions.shares import CAVEATS
from liaison.metrics.definitions.shares import shared_patient_share as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.hiding import Count
from liaison.metrics.registry import facts_frame, names_of_edges
from liaison.metrics.resolution import resolve
from liaison.metrics.suppression import hide
from liaison.metrics.window import day
from liaison.store import reading
from liaison.store.tables import provider_place
from liaison.vocabulary import NONE, Audience

By = Literal["from", "to", "organisation"]
SIDES = ("from", "to", "organisation")


@dataclass(frozen=True)
class SharedRow:
    """`share`: of all shared patients of the data set, `transactions_share` of all transactions; null where hidden."""

    key: str
    label: str
    pairs: int
    patients: int | None
    transactions: int | None
    share: float | None
    transactions_share: float | None = None

    def as_json(self) -> dict[str, Any]:
        hidden = self.patients is None or self.transactions is None
        return {**self.__dict__} | ({"suppressed": True} if hidden else {})


@dataclass(frozen=True)
class Shared:
    """Rows add up to `total`; `caveats` stand beside every figure made of them."""

    by: str
    source: str | None
    vintage: date | None
    caveats: tuple[str, ...]
    total: SharedRow
    rows: tuple[SharedRow, ...]
    sent_by: str | None = None  # only pairs whose first provider is of this organisation

    def as_json(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "source": self.source,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "caveats": list(self.caveats),
            "total": self.total.as_json(),
            "rows": [row.as_json() for row in self.rows],
        }

    def frame(self) -> pd.DataFrame:
        """key, label: str; pairs: int; patients, transactions and their shares (0-1): null where hidden."""
        columns = ["key", "label", "pairs", "patients", "transactions", "share", "transactions_share"]
        return pd.DataFrame([row.__dict__ for row in self.rows], columns=columns)

    def figure(self, key: str) -> Figure:
        """The shared-patient share of one row, with its papers."""
        row = next((r for r in self.rows if r.key == key), replace(self.total, patients=0, transactions=0, share=0.0))
        return Figure(
            definition.name,
            row.share,
            Unit.share,
            None,
            row.patients,
            self.total.patients,
            vintage=self.vintage,
            suppressed=row.share is None and bool(self.total.pairs),
        )

    def cells(self) -> Cells:
        cells = Cells()
        for measure in ("patients", "transactions"):
            total = self.at(measure, self.total)
            cells.show(total, getattr(self.total, measure) or 0)
            for row in self.rows:
                cells.show(self.at(measure, row), getattr(row, measure) or 0)
            cells.add_up(total, [self.at(measure, row) for row in self.rows])
        return cells

    def at(self, measure: str, row: SharedRow) -> Count:
        """The cell of a row's patients or transactions."""
        of = frozenset[tuple[str, str]]() if row is self.total or not row.key else frozenset({(self.by, row.key)})
        seen_by = f" sent by {self.sent_by}" if self.sent_by else ""
        return Count(f"{measure} of {self.source} {self.vintage}{seen_by}", 0, 0, of)

    def without(self, hidden: frozenset[Cell]) -> "Shared":
        gone = {m: self.at(m, self.total) in hidden for m in ("patients", "transactions")}

        def shown(row: SharedRow) -> SharedRow:
            patients, transactions = self.at("patients", row) in hidden, self.at("transactions", row) in hidden
            return replace(
                row,
                patients=None if patients else row.patients,
                transactions=None if transactions else row.transactions,
                share=None if patients or gone["patients"] else row.share,
                transactions_share=None if transactions or gone["transactions"] else row.transactions_share,
            )

        total = shown(self.total)
        rows = [shown(row) for row in self.rows]
        rows.sort(key=lambda r: (r.patients is None, -(r.patients or 0), r.label))
        return replace(self, total=total, rows=tuple(rows))


@dataclass(frozen=True)
class DataSet:
    """One imported batch of pairs: its source, the day it stands for, and whose rules come with it."""

    batch: str
    source: str
    as_of: int
    format: str

    @property
    def vintage(self) -> date:
        return day(self.as_of)


def data_sets(live: Live) -> tuple[DataSet, ...]:
    """Every data set there is, the newest first."""
    sets = live.manifest.batches[live.manifest.batches["format"].isin(CAVEATS)]
    columns = sets.sort_values(["as_of", "seq"])[["batch_id", "source", "as_of", "format"]]
    found = [DataSet(str(b), str(s), int(a), str(f)) for b, s, a, f in columns.itertuples(index=False)]
    return tuple(reversed(found))


def shared(
    live: Live,
    viewer: Viewer,
    audience: Audience,
    by: By = "to",
    source: str | None = None,
    vintage: date | None = None,
) -> Shared:
    """Pairs, patients and transactions by the provider who saw the patient first or next, or the latter's organisation.

    The newest data set counts, or that of `source` and `vintage`. Small counts are hidden from everybody: `audience`
    changes nothing.
    """
    found = counted(live, viewer, by, chosen(live, source, vintage))
    return hide(found, Audience.cms if audience is Audience.inside else audience)


def counted(live: Live, viewer: Viewer, by: By, data: DataSet | None) -> Shared:
    """`shared` before anything is hidden: never to be shown as it is."""
    if by not in SIDES:
        raise LiaisonError(f"Shared patients cannot be listed by {by}.", remedy=f"Give one of {', '.join(SIDES)}.")
    if data is None:
        return Shared(by, None, None, (), SharedRow("", "All pairs", 0, 0, 0, None), ())
    found = by_side(live, viewer, data, "from_npi" if by == "from" else "to_npi")
    if by == "organisation":
        found = by_organisation(found, organisations_of(live, data.as_of))
    labels = organisation_labels(live) if by == "organisation" else _provider_names(live)
    return as_shared(by, data, found, labels)


def chosen(live: Live, source: str | None, vintage: date | None = None) -> DataSet | None:
    """The batch that counts: one data set, its newest extract unless another is asked for; None where there is none."""
    sets = data_sets(live)
    if source is not None and source not in {s.source for s in sets}:
        known = ", ".join(sorted({s.source for s in sets})) or "none yet"
        raise LiaisonError(f"No shared-patient data come from {source}.", remedy=f"What there is: {known}.")
    own = [s for s in sets if source in (None, s.source)]
    dated = [s for s in own if vintage in (None, s.vintage)]
    if own and not dated:
        known = ", ".join(s.vintage.isoformat() for s in own)
        raise LiaisonError(f"No shared-patient data stand for {vintage}.", remedy=f"What there is: {known}.")
    return dated[0] if dated else None


def by_side(
    live: Live, viewer: Viewer, data: DataSet, side: str, sent_by: Collection[str] | None = None
) -> pd.DataFrame:
    """key (an NPI), pairs, patients, transactions; `sent_by`: only pairs whose first provider is one of these."""

    def added(column: str) -> Any:
        return cast(func.coalesce(func.sum(edge.c[column]), 0), BigInteger).label(column)

    statement: Select[Any] = (
        select(edge.c[side].label("key"), func.count().label("pairs"), added("patients"), added("transactions"))
        .where(edge.c.batch == data.batch)
        .group_by(edge.c[side])
    )
    if sent_by is not None:
        statement = statement.where(edge.c.from_npi.in_(sorted(sent_by)))
    # Pairs lie in no territory: a viewer who is held to some sees none.
    return facts_frame(live, within_scope(statement, viewer, None))


def organisations_of(live: Live, as_of: int) -> dict[str, str]:
    """NPI -> its organisation on record in the month of the extract."""
    when = day(as_of)
    month = when.year * 12 + when.month - 1
    with reading(live.home.store) as connection:
        spans = resolve(connection, pd.DataFrame(columns=["field", "name", "key", "rows"])).providers
    now = spans[spans["first_month"].le(month) & spans["last_month"].ge(month) & spans["organisation"].notna()]
    return dict(zip(now["npi"], now["organisation"], strict=True))


def by_organisation(found: pd.DataFrame, belongs: Mapping[str, str]) -> pd.DataFrame:
    """Rows by NPI added up by organisation; `(none)` where there is none on record."""
    named = found.assign(key=[belongs.get(npi, NONE) for npi in found["key"]])
    return named.groupby("key", as_index=False)[["pairs", "patients", "transactions"]].sum()


def organisation_labels(live: Live) -> dict[str, str]:
    return {id_: label for (kind, id_), label in live.label_of.items() if kind == "organisation"}


def _provider_names(live: Live) -> dict[str, str]:
    """The registry's names, and over them those of the team's own providers."""
    with reading(live.home.store) as connection:
        own = connection.execute(select(provider_place.c.npi, provider_place.c.name)).all()
    return names_of_edges(live) | {row.npi: row.name for row in own}


def as_shared(
    by: str, data: DataSet, found: pd.DataFrame, labels: Mapping[str, str], sent_by: str | None = None
) -> Shared:
    """Counts by key as a table, largest by patients first."""
    pairs, patients, transactions = (int(found[c].sum()) for c in ("pairs", "patients", "transactions"))
    rows = [
        SharedRow(str(k), labels.get(k, str(k)), int(n), int(p), int(t), _of(p, patients), _of(t, transactions))
        for k, n, p, t in found[["key", "pairs", "patients", "transactions"]].itertuples(index=False)
    ]
    rows.sort(key=lambda r: (-(r.patients or 0), r.label, r.key))
    whole = (1.0 if patients else None, 1.0 if transactions else None)
    total = SharedRow("", "All pairs", pairs, patients, transactions, *whole)
    return Shared(by, data.source, data.vintage, CAVEATS[data.format], total, tuple(rows), sent_by)


def _of(part: Any, whole: int) -> float | None:
    return int(part) / whole if whole else None
