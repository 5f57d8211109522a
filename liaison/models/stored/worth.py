"""What sources are worth, as it was stored: a row a practice, and once a run what all of them were worked out from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from liaison.fieldwork.margins import Margin
from liaison.metrics.seen_share import SeenShare
from liaison.models.worth import Priced, Worth
from liaison.store.tables import source_worth
from liaison.vocabulary import month_text

LEAST = 0.5  # referrals a year: lines below are not listed


@dataclass(frozen=True)
class Sources:
    """Worth of `practices`, with the lines, the margins (None: none on record) and the shares seen it is made of."""

    practices: Sequence[str]
    lines: Sequence[str]
    margins: Sequence[Margin | None]
    priced: Sequence[Priced]
    seen: SeenShare
    worth: Worth

    def papers(self) -> dict[str, Any]:
        """JSON of a run: the months whose referrals were followed, and each line's margin and share seen."""
        rows = [
            {
                "line": line,
                "margin": given.amount if given else None,
                "low": given.low if given else None,
                "high": given.high if given else None,
                "starts": given.starts if given else None,
                "source": given.source if given else None,
                "seen": int(priced.seen),
                "of": int(priced.sent),
            }
            for line, given, priced in zip(self.lines, self.margins, self.priced, strict=True)
        ]
        return {"from": month_text(self.seen.first), "to": month_text(self.seen.last), "lines": rows}

    def rows(self, run_id: str) -> list[dict[str, Any]]:
        return [self._row(run_id, at) for at in range(len(self.practices))]

    def _row(self, run_id: str, at: int) -> dict[str, Any]:
        of = self.worth
        amounts = {name: round(float(getattr(of, name)[at]), 2) for name in ("referrals", "each", "value")}
        ends = {name: round(float(getattr(of, name)[at]), 2) for name in ("value_low", "value_high")}
        many = {name: int(getattr(of, name)[at]) for name in ("low", "high")}
        named = {"run_id": run_id, "practice_id": self.practices[at]}
        return {**named, **amounts, **ends, **many, "by_line": json.dumps(self._by_line(at))}

    def _by_line(self, at: int) -> list[dict[str, Any]]:
        parts = self.worth.parts[at]
        order = [int(place) for place in np.argsort(-parts, kind="stable") if parts[place] >= LEAST]
        return [
            {
                "line": self.lines[place],
                "referrals": round(float(parts[place]), 1),
                "share": round(float(self.worth.share[at, place]), 3),
                "seen": int(self.seen.seen[at, place]),
                "of": int(self.seen.sent[at, place]),
            }
            for place in order
        ]


@dataclass(frozen=True)
class StoredWorth:
    """One source. `referrals`, `value`: of the next twelve months, with 80% intervals; `each`: dollars a referral."""

    practice_id: str
    referrals: float
    low: int
    high: int
    each: float
    value: float
    value_low: float
    value_high: float
    by_line_text: str

    @cached_property
    def by_line(self) -> tuple[dict[str, Any], ...]:
        """Each: line, referrals (twelve months), share (seen, held to the line's), seen, of (own counts)."""
        return tuple(json.loads(self.by_line_text))


def worths(connection: Connection, run_id: str, practice_id: str | None = None) -> dict[str, StoredWorth]:
    """Practice id -> what it is worth; of one practice where it is named."""
    wanted = select(source_worth).where(_of(run_id))
    if practice_id is not None:
        wanted = wanted.where(source_worth.c.practice_id == practice_id)
    return {row.practice_id: StoredWorth(*row[1:]) for row in connection.execute(wanted)}


def margins_each(connection: Connection, run_id: str) -> dict[str, float]:
    """Practice id -> dollars that a referral of it contributes."""
    rows = connection.execute(select(source_worth.c.practice_id, source_worth.c.each).where(_of(run_id)))
    return {str(practice): float(each) for practice, each in rows}


def _of(run_id: str) -> Any:
    return source_worth.c.run_id == run_id
