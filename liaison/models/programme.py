"""The team's own programme as its effect is asked for: panel, visits known since when, parts, costs and margins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from liaison.access import owner
from liaison.facts.live import Live
from liaison.fieldwork.counted import APART, log_of_visits
from liaison.fieldwork.exposures import Exposures, exposures
from liaison.fieldwork.margins import Margin, margins_on
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.metrics.practice_months import Numbers
from liaison.metrics.resolution import places_now
from liaison.metrics.seen_share import SeenShare, seen_share
from liaison.models.beyond import Beyond, beyond
from liaison.models.effect import Effect, Line, Money, effect
from liaison.models.market import market
from liaison.models.panel import Panel
from liaison.store import reading
from liaison.store.tables import cost
from liaison.vocabulary import comparison_key, month_id, month_text, month_words

Window = tuple[int, int]
TOLD = "costs and margins as imported"


@dataclass(frozen=True, eq=False)
class Programme:
    """Plain values read once. `known_from`: month id, None where nobody said that visits are missing; `by`: what
    practices are parted by -> (practice) parts; `cluster` (practice): codes of groups, None where there is none;
    `by_line` (practice, line, month); `costs`: month id -> dollars; `margins`: by comparison key of the line."""

    panel: Panel
    known_from: int | None
    by: Mapping[str, list[str]]
    cluster: npt.NDArray[np.int64] | None
    lines: tuple[str, ...]
    by_line: Numbers
    costs: Mapping[int, float]
    margins: Mapping[str, Margin]
    seen: SeenShare
    notes: tuple[str, ...]
    exposures: tuple[Exposures, ...] = ()

    def effect(self, window: Window | None = None, level: float = 0.95, known_from: int | None = None) -> Effect:
        counts = {line: self.by_line[:, at] for at, line in enumerate(self.lines)}
        since = self.known_from if known_from is None else known_from
        return effect(self.panel, since, window, level, self.by, self.cluster, lines=counts)

    def beyond(self, level: float = 0.95) -> tuple[Beyond, ...]:
        """What else was done for practices, by kind; nothing where there is no record of it."""
        return beyond(self.panel, self.exposures, level, self.cluster)

    def priced(self, of: Effect) -> tuple[list[Line], list[str]]:
        """Service lines of the covered practices that have a margin, as shares of what names a line; what lacks one."""
        places = [self.panel.practices.index(name) for name in of.covered]
        first, end = of.in_months
        sent = self.by_line[places][:, :, first:end].sum(axis=(0, 2))
        came, seen = self.seen.sent[places].sum(axis=0), self.seen.seen[places].sum(axis=0)
        found, missing = [], []
        for at, name in enumerate(self.lines):
            if not sent[at]:
                continue
            given = self.margins.get(comparison_key(name))
            if given is None:
                missing.append(name)
            share, n = float(sent[at] / sent.sum()), int(came[at])
            found.append(_line(name, share, given, float(seen[at] / n) if n else 0.0, n))
        return found, missing

    def worth(self, of: Effect) -> tuple[Money | None, list[str]]:
        """Money of an estimate, and what it lacks, in sentences."""
        total = sum(amount for month, amount in self.costs.items() if of.window[0] <= month <= of.window[1])
        lines, missing = self.priced(of)
        if not total or not lines or len(missing) == len(lines):
            lacks = [*([] if total else ["costs"]), *([] if self.margins else ["margins"])]
            return None, [f"There is no figure in dollars: import {' and '.join(lacks or ['margins of these lines'])}."]
        said = [f"No margin is on record for {name}: its referrals count as earning nothing." for name in missing]
        months = f"{month_words(self.seen.first)} to {month_words(self.seen.last)}"
        said.append(f"Shares of referrals seen are those of {months}, by service line of the covered practices.")
        return of.worth(lines, float(total), TOLD), said


def _line(name: str, share: float, given: Margin | None, seen: float, n: int) -> Line:
    if given is None:
        return Line(name, share, 0.0, seen, n, source="no margin on record")
    source = given.source or "imported without a source"
    return Line(name, share, given.amount, seen, n, given.low, given.high, source, given.starts)


def programme(live: Live) -> Programme:
    """Raises TooLittleError where there are fewer than six months of referrals."""
    of = market(live)
    panel = of.panel
    seen = seen_share(live, owner(), panel.practices, of.lines, panel.months[-1])
    with reading(live.home.store) as connection:
        log = log_of_visits(connection)
        costs = dict(_costs(connection))
        last = month_text(panel.months[-1])
        margins = margins_on(connection, date.fromisoformat(f"{last}-28").isoformat())
        purposes = _first_purposes(connection)
        other = exposures(connection)
        groups = {row["practice"]: row["practice_group"] for row in places_now(connection)}
    by = {"purpose of the first visit": [purposes.get(name, "") for name in panel.practices]}
    if "liaison" in panel.covariates:
        by = {"liaison": [str(name) for name in panel.covariates["liaison"]], **by}
    notes = tuple(note for note in of.notes if "rank" not in note)
    cluster = _codes([groups.get(name) for name in panel.practices])
    return Programme(panel, log.complete_from, by, cluster, of.lines, of.by_line, costs, margins, seen, notes, other)


def _costs(connection: Connection) -> list[tuple[int, float]]:
    rows = connection.execute(select(cost.c.month, func.sum(cost.c.amount)).group_by(cost.c.month))
    return [(month_id(month), float(amount)) for month, amount in rows]


def _first_purposes(connection: Connection) -> dict[str, str]:
    """Practice -> the purpose of its first visit, where it has one; drop-bys are no visits."""
    into, v = standing(connection, "practice"), standing_visit.c
    found: dict[str, str] = {}
    rows = select(v.practice_id, v.purpose).where(v.practice_id.is_not(None)).order_by(v.date, v.visit_id)
    for practice, purpose in connection.execute(rows):
        if purpose not in APART:
            found.setdefault(final(into, practice), purpose or "")
    return found


def _codes(groups: list[str | None]) -> npt.NDArray[np.int64] | None:
    """A code a group; who is in none stands alone. None where nobody is in one."""
    if not any(groups):
        return None
    named = [f"g{name}" if name else f"p{place}" for place, name in enumerate(groups)]
    return np.unique(named, return_inverse=True)[1].astype(np.int64)
