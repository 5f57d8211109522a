"""Shared patients as one system sees them: where the patients of its own referrers go next, by patients and by
transactions, since the two can tell different stories.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.hiding import Count
from liaison.metrics.shared import (
    DataSet,
    Shared,
    SharedRow,
    as_shared,
    by_organisation,
    by_side,
    chosen,
    organisation_labels,
    organisations_of,
)
from liaison.metrics.suppression import hide
from liaison.metrics.taking import our_ids
from liaison.vocabulary import NONE, Audience

MEASURES = ("patients", "transactions")


@dataclass(frozen=True)
class SharedView:
    """`every`: by receiving organisation, all pairs. `own`: only pairs that begin with a provider of `system`; where no
    such provider is on record (`own_referrers` False) it is `every`, seen by the system as if all were its own.
    """

    system: str
    label: str
    every: Shared
    own: Shared
    own_referrers: bool

    def leakage(self, measure: str) -> tuple[int, int] | None:
        """(went to others, went to providers of a known organisation) of what its referrers' patients did next.

        A provider of nobody's is a destination that is not known, and in neither part. None where one of the two is
        hidden or nothing is counted.
        """
        total, kept, nobodys = (
            getattr(self.own.total, measure),
            self._row(measure, self.system),
            self.unknown(measure),
        )
        known = None if total is None or nobodys is None else total - nobodys
        return None if not known or kept is None else (known - kept, known)

    def unknown(self, measure: str) -> int | None:
        """What went to providers without an organisation on record; None where hidden."""
        return self._row(measure, NONE)

    def _row(self, measure: str, key: str) -> int | None:
        return next((getattr(r, measure) for r in self.own.rows if r.key == key), 0)

    def as_json(self) -> dict[str, Any]:
        leaks = {m: self.leakage(m) for m in MEASURES}
        return {
            **self.every.as_json(),
            "view": {
                "organisation": {"key": self.system, "label": self.label},
                "own_referrers": self.own_referrers,
                "leakage": {
                    m: {
                        **{"numerator": pair[0], "denominator": pair[1], "value": pair[0] / pair[1]},
                        "unknown": self.unknown(m),
                    }
                    if pair
                    else None
                    for m, pair in leaks.items()
                },
                "total": self.own.total.as_json(),
                "rows": [row.as_json() for row in self.own.rows],
            },
        }

    def cells(self) -> Cells:
        """Both tables together: what others' referrers sent is the difference, and must not be small either."""
        cells = self.every.cells()
        cells.join(self.own.cells())
        sent = {row.key: row for row in self.own.rows}
        for measure in MEASURES:
            if self.own_referrers:
                for row in (self.every.total, *self.every.rows):
                    own = self.own.total if row is self.every.total else sent.get(row.key)
                    self._difference(cells, measure, row, own)
            self._lost(cells, measure)
        return cells

    def _difference(self, cells: Cells, measure: str, row: SharedRow, own: SharedRow | None) -> None:
        if own is None:
            return
        whole, part = self.every.at(measure, row), self.own.at(measure, own)
        rest = replace_measure(whole, f"{whole.measure} sent by others")
        cells.imply(rest, cells.counts[whole] - cells.counts[part])
        cells.add_up(whole, [part, rest])

    def _lost(self, cells: Cells, measure: str) -> None:
        """What went to others, and to anybody who is known: told by the rows, so neither may be small."""
        at = {row.key: self.own.at(measure, row) for row in self.own.rows}
        total = self.own.at(measure, self.own.total)
        kept, nobodys = ([at[key]] if key in at else [] for key in (self.system, NONE))
        others = [cell for key, cell in at.items() if key not in (self.system, NONE)]
        lost, known = (replace_measure(total, f"{total.measure} {name}") for name in ("lost", "known"))
        cells.imply(lost, sum(cells.counts[c] for c in others))
        cells.imply(known, sum(cells.counts[c] for c in (*kept, *others)))
        cells.add_up(total, [*nobodys, known])
        cells.add_up(known, [*kept, lost])
        cells.add_up(lost, others)

    def without(self, hidden: frozenset[Cell]) -> "SharedView":
        return replace(self, every=self.every.without(hidden), own=self.own.without(hidden))


def replace_measure(cell: Count, measure: str) -> Count:
    return cell._replace(measure=measure)


def shared_view(
    live: Live,
    viewer: Viewer,
    audience: Audience,
    system: str | None = None,
    source: str | None = None,
    vintage: date | None = None,
) -> SharedView | None:
    """Shares by organisation, and the leakage of one of them (ours unless said); None where no pairs are imported.

    Figures of public shared-patient data hide small counts from everybody, whoever asks.
    """
    data = chosen(live, source, vintage)
    if data is None:
        return None
    labels, belongs = organisation_labels(live), organisations_of(live, data.as_of)
    every = as_shared("organisation", data, by_organisation(by_side(live, viewer, data, "to_npi"), belongs), labels)
    found = system or _default(live, every)
    if found is not None and found not in labels:
        raise LiaisonError(
            f"No organisation is called {found}.", remedy="The command organisations lists the keys that can be given."
        )
    if found is None:
        view = SharedView("", "", every, every, False)
    else:
        own = _own(live, viewer, data, found, belongs, labels)
        view = SharedView(found, labels[found], every, own or every, own is not None)
    return hide(view, Audience.cms if audience is Audience.inside else audience)


def _default(live: Live, every: Shared) -> str | None:
    """Ours where it is in the data, else the one that most patients go to."""
    ours = our_ids(live)
    there = [row.key for row in every.rows if not row.key.startswith("(")]
    return next((key for key in there if key in ours), there[0] if there else min(ours, default=None))


def _own(
    live: Live, viewer: Viewer, data: DataSet, system: str, belongs: Mapping[str, str], labels: Mapping[str, str]
) -> Shared | None:
    """Only pairs that begin with one of the system's providers; None where none of them refers in these data."""
    referrers = [npi for npi, owner in belongs.items() if owner == system]
    found = by_side(live, viewer, data, "to_npi", referrers) if referrers else None
    if found is None or found.empty:
        return None
    return as_shared("organisation", data, by_organisation(found, belongs), labels, sent_by=system)
