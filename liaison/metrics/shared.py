"""Shared patients between providers: sums over pairs, from one data set and one vintage at a time."""

from collections.abc import Mapping
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
    """`share`: of all shared patients of the data set. Patients and transactions are null where hidden."""

    key: str
    label: str
    pairs: int
    patients: int | None
    transactions: int | None
    share: float | None

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
        """key, label: str; pairs: int; patients, transactions: int or null where hidden; share: 0-1 or null."""
        columns = ["key", "label", "pairs", "patients", "transactions", "share"]
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
            total = self._at(measure, self.total)
            cells.show(total, getattr(self.total, measure) or 0)
            for row in self.rows:
                cells.show(self._at(measure, row), getattr(row, measure) or 0)
            cells.add_up(total, [self._at(measure, row) for row in self.rows])
        return cells

    def _at(self, measure: str, row: SharedRow) -> Count:
        of = frozenset[tuple[str, str]]() if row is self.total or not row.key else frozenset({(self.by, row.key)})
        return Count(f"{measure} of {self.source} {self.vintage}", 0, 0, of)

    def without(self, hidden: frozenset[Cell]) -> "Shared":
        def shown(row: SharedRow, whole: bool) -> SharedRow:
            patients, transactions = self._at("patients", row) in hidden, self._at("transactions", row) in hidden
            return replace(
                row,
                patients=None if patients else row.patients,
                transactions=None if transactions else row.transactions,
                share=None if patients or whole else row.share,
            )

        total = shown(self.total, False)
        rows = [shown(row, total.patients is None) for row in self.rows]
        rows.sort(key=lambda r: (r.patients is None, -(r.patients or 0), r.label))
        return replace(self, total=total, rows=tuple(rows))


def shared(live: Live, viewer: Viewer, audience: Audience, by: By = "to", source: str | None = None) -> Shared:
    """Pairs, patients and transactions by the provider who saw the patient first or next, or the latter's organisation.

    The newest data set counts, or that of `source`. Small counts are hidden from everybody: `audience` changes nothing.
    """
    if by not in SIDES:
        raise LiaisonError(f"Shared patients cannot be listed by {by}.", remedy=f"Give one of {', '.join(SIDES)}.")
    batch = _newest(live, source)
    if batch is None:
        return Shared(by, source, None, (), SharedRow("", "All pairs", 0, 0, 0, None), ())
    counted = _by_side(live, viewer, str(batch["batch_id"]), "from_npi" if by == "from" else "to_npi")
    if by == "organisation":
        counted = _by_organisation(live, counted, int(batch["as_of"]))
    labels = _organisation_labels(live) if by == "organisation" else _provider_names(live)
    found = _shared(by, batch, counted, labels)
    return hide(found, Audience.cms if audience is Audience.inside else audience)


def _newest(live: Live, source: str | None) -> Mapping[str, Any] | None:
    """The batch that counts: one data set, its newest extract."""
    sets = live.manifest.batches[live.manifest.batches["format"].isin(CAVEATS)]
    if source is not None and source not in set(sets["source"]):
        known = ", ".join(sorted(set(sets["source"]))) or "none yet"
        raise LiaisonError(f"No shared-patient data come from {source}.", remedy=f"What there is: {known}.")
    own = sets if source is None else sets[sets["source"] == source]
    if own.empty:
        return None
    return {str(k): v for k, v in own.sort_values(["as_of", "seq"]).iloc[-1].items()}


def _by_side(live: Live, viewer: Viewer, batch: str, side: str) -> pd.DataFrame:
    def added(column: str) -> Any:
        return cast(func.coalesce(func.sum(edge.c[column]), 0), BigInteger).label(column)

    statement: Select[Any] = (
        select(edge.c[side].label("key"), func.count().label("pairs"), added("patients"), added("transactions"))
        .where(edge.c.batch == batch)
        .group_by(edge.c[side])
    )
    # Pairs lie in no territory: a viewer who is held to some sees none.
    return facts_frame(live, within_scope(statement, viewer, None))


def _by_organisation(live: Live, counted: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """The receiving provider's organisation on record in the month of the extract; `(none)` where there is none."""
    when = day(as_of)
    month = when.year * 12 + when.month - 1
    with reading(live.home.store) as connection:
        spans = resolve(connection, pd.DataFrame(columns=["field", "name", "key", "rows"])).providers
    now = spans[spans["first_month"].le(month) & spans["last_month"].ge(month) & spans["organisation"].notna()]
    belongs = dict(zip(now["npi"], now["organisation"], strict=True))
    named = counted.assign(key=[belongs.get(npi, NONE) for npi in counted["key"]])
    return named.groupby("key", as_index=False)[["pairs", "patients", "transactions"]].sum()


def _organisation_labels(live: Live) -> dict[str, str]:
    return {id_: label for (kind, id_), label in live.label_of.items() if kind == "organisation"}


def _provider_names(live: Live) -> dict[str, str]:
    """The registry's names, and over them those of the team's own providers."""
    with reading(live.home.store) as connection:
        own = connection.execute(select(provider_place.c.npi, provider_place.c.name)).all()
    return names_of_edges(live) | {row.npi: row.name for row in own}


def _shared(by: str, batch: Mapping[str, Any], counted: pd.DataFrame, labels: Mapping[str, str]) -> Shared:
    sums = {c: int(counted[c].sum()) for c in ("pairs", "patients", "transactions")}
    every = sums["patients"]
    rows = [
        SharedRow(str(k), labels.get(k, str(k)), int(n), int(p), int(t), int(p) / every if every else None)
        for k, n, p, t in counted[["key", "pairs", "patients", "transactions"]].itertuples(index=False)
    ]
    rows.sort(key=lambda r: (-(r.patients or 0), r.label, r.key))
    total = SharedRow("", "All pairs", sums["pairs"], every, sums["transactions"], 1.0 if every else None)
    return Shared(by, str(batch["source"]), day(int(batch["as_of"])), CAVEATS[str(batch["format"])], total, tuple(rows))
