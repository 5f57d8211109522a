"""A total and the rows that add up to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from liaison.facts.live import Live
from liaison.metrics.figure import Coverage, Figure, papers_as_json
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, month_text, month_words


@dataclass(frozen=True)
class Row:
    """One group: `key` is what a filter takes, `label` what people read."""

    key: str
    label: str
    figure: Figure
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, **self.figure.as_json(), **self.more}


@dataclass(frozen=True)
class Breakdown:
    """`rows` add up to `total` (numerator, denominator and what stands beside them)."""

    by: str | None
    total: Figure
    rows: tuple[Row, ...]
    window: Window | None
    vintage: date | None
    coverage: Coverage | None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "total": self.total.as_json(),
            "by": self.by,
            "rows": [row.as_json() for row in self.rows],
            "notes": list(self.notes),
        }

    def frame(self) -> pd.DataFrame:
        """key, label: str; value: float (null where hidden or not observable); numerator, denominator and beside."""
        return pd.DataFrame([{"key": r.key, "label": r.label, **r.figure.as_json(), **r.more} for r in self.rows])


def key_and_label(live: Live, kind: str, stored: Any) -> tuple[str, str]:
    """What commands and people call a stored value: categories by the spelling that files give most."""
    if kind == "month":
        return month_text(int(stored)), month_words(int(stored))
    if stored == NONE:
        return NONE, NONE
    spelled = live.spelled_of.get((kind, stored))
    label = stored.capitalize() if kind == "priority" else live.label_of.get((kind, stored), stored)
    return spelled or stored, label
