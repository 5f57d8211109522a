"""What keeps a practice out of the list however much a visit would bring, and what must not be asked for there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from liaison.models.ranking.given import Row

WAITING = 28  # days: a line whose next appointment is further off loses the patients that it is sent
DAYS = 30.44  # of a month
IN_MONTHS = 3.0  # below, it is said in days


@dataclass(frozen=True)
class Guards:
    """Plain values from the store, for the month that the list is for.

    `do_not_visit`, `visited_by_another`: practice ids (the second: another liaison goes there that week).
    `least_months` between two visits, by practice, and `months_since` the last one. `waits`: days to the next
    appointment by service line; `asks`: the service lines that would be asked for, by practice.
    """

    do_not_visit: Collection[str] = ()
    visited_by_another: Collection[str] = ()
    least_months: Mapping[str, float] = field(default_factory=dict)
    months_since: Mapping[str, float] = field(default_factory=dict)
    waits: Mapping[str, float] = field(default_factory=dict)
    asks: Mapping[str, Collection[str]] = field(default_factory=dict)
    most_days: float = WAITING

    def bars(self, practice: str) -> str | None:
        """Why a practice is not to be visited now; None where it may be."""
        if practice in self.do_not_visit:
            return "marked: do not visit"
        if practice in self.visited_by_another:
            return "another liaison goes there this week"
        since, least = self.months_since.get(practice), self.least_months.get(practice)
        if since is not None and least is not None and since < least:
            return _too_soon(since, least)
        return None

    def warns(self, practice: str) -> tuple[str, ...]:
        """What is not to be asked for at a practice, the longest wait first."""
        lines = [line for line in self.asks.get(practice, ()) if self.waits.get(line, 0.0) > self.most_days]
        lines.sort(key=lambda line: (-self.waits[line], line))
        return tuple(f"{line} wait {self.waits[line]:.0f} days: do not ask for {line}" for line in lines)

    def only_full(self, practice: str) -> bool:
        """Whether every line that would be asked for there is one that loses patients to waiting."""
        asked = self.asks.get(practice, ())
        return bool(asked) and len(self.warns(practice)) == len(asked)

    def full(self, practice: str) -> str | None:
        """Why nothing is to be asked for at a practice; None where something is."""
        return "; ".join(self.warns(practice)) if self.only_full(practice) else None


def _too_soon(since: float, least: float) -> str:
    if least >= IN_MONTHS:
        return f"visited {since:.0f} months ago, to be left alone for {least:.0f}"
    ago, alone = since * DAYS, least * DAYS
    return f"visited {ago:.0f} day{'' if round(ago) == 1 else 's'} ago, to be left alone for {alone:.0f}"


@dataclass(frozen=True)
class Guarded:
    """Rows that may be visited with what must not be asked for there, and those left out with the reason."""

    rows: tuple[tuple[Row, tuple[str, ...]], ...]
    left_out: tuple[tuple[Row, str], ...]


def guard(rows: Collection[Row], guards: Guards) -> Guarded:
    """Part the rows, both parts in the order of the list; ranks stay those of the whole list."""
    kept, out = [], []
    for row in rows:
        barred = guards.bars(row.practice_id) or guards.full(row.practice_id)
        if barred is None:
            kept.append((row, guards.warns(row.practice_id)))
        else:
            out.append((row, barred))
    return Guarded(tuple(kept), tuple(out))
