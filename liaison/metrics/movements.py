"""Which practices began, stopped or came back: counted lean, since every page that opens with it asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, case, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.filters import Filters
from liaison.metrics.panel import PERIODS, RECENT, Movement, Sent, moved
from liaison.metrics.suppression import FreeFilterError
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience, month_text

REACH = max(back for _, back in PERIODS.values())


@dataclass(frozen=True)
class Moved:
    """A practice that moved. `referrals`: of the last three months; of one that lapsed, of the twelve before them."""

    practice_id: str
    name: str
    referrals: int


@dataclass(frozen=True)
class Movements:
    """Practices by movement, those with most referrals first. `window`: the last three complete months.

    `reach`: how many complete months the data hold; `late`: sources that have not seen the last of them whole.
    """

    moved: Mapping[Movement, tuple[Moved, ...]]
    window: Window | None
    reach: int
    late: tuple[str, ...]
    vintage: date | None

    def of(self, movement: Movement) -> tuple[Moved, ...]:
        return self.moved.get(movement, ())

    def by_practice(self) -> dict[str, Movement]:
        """Practice -> what it did, of those that did anything."""
        return {row.practice_id: movement for movement, rows in self.moved.items() for row in rows}


def inside_only(audience: Audience, what: str) -> None:
    """Refuse a figure that is made of single practices and months: hidden, nothing of it would be left."""
    if audience is not Audience.inside:
        raise FreeFilterError(
            f"{what} is told inside the team only.",
            remedy="Ask for volume, leakage or funnel: they hide small numbers.",
        )


def movements(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Movements:
    """Told from the months before the window's last one, or before the last complete month, whichever is earlier."""
    inside_only(audience, "Which practices moved")
    question = Question(live, viewer, filters)
    window = asked_window(replace_months(question, None, filters.last))
    last = last_month(question)
    if window is None or last is None:
        return Movements({}, None, 0, (), None)
    # Without a last month each source is counted up to its own last complete one.
    end = None if filters.last is None else month_text(last)
    asked = replace_months(question, month_text(last - REACH + 1), end)
    counted = count(asked, lambda source: _statement(source, last), [practice_month])
    begins = {s: reach_of(question, s, last) for s in counted["source"].unique().tolist()}
    late = {s for s, until in question.complete.items() if until < last}
    found: dict[Movement, list[Moved]] = {}
    for practice, held in _by_practice(counted).items():
        if practice == NONE:
            continue
        whole = Sent(*map(sum, zip(*held.values(), strict=True)))
        reach = min((begins[s] for s, part in held.items() if part.recent), default=0)
        movement = moved(whole, reach, silent=any(s in late and part.year for s, part in held.items()))
        if movement is not Movement.none:
            name = live.label_of.get(("practice", practice), practice)
            size = whole.year if movement is Movement.lapsed else whole.recent
            found.setdefault(movement, []).append(Moved(practice, name, size))
    ranked = {m: tuple(sorted(rows, key=lambda r: (-r.referrals, r.name))) for m, rows in found.items()}
    seen = tuple(sorted(late.intersection(begins)))
    return Movements(ranked, Window(last - RECENT + 1, last), last - window.first + 1, seen, vintage_of(counted))


def last_month(question: Question) -> int | None:
    """The month that changes are told of: the window's last one, if it is complete, else the last complete one."""
    window = asked_window(question)
    if window is None:
        return None
    chosen = question.filters.source
    ends = [end for source, end in question.complete.items() if chosen in (None, source)]
    return min(window.last, max(ends, default=window.last))


def replace_months(question: Question, first: str | None, last: str | None) -> Question:
    """The same question about other months."""
    return replace(question, filters=replace(question.filters, first=first, last=last))


def reach_of(question: Question, source: str, last: int) -> int:
    """How many months of a source there are up to `last`."""
    own = asked_window(replace(question, filters=Filters(source=source)))
    return last - own.first + 1 if own else 0


def _statement(source: Any, last: int) -> Select[Any]:
    """Referrals of each period, by practice and source."""
    keys = [source.c.practice, source.c.source]
    sums = [
        cast(func.sum(case((_back(source, last, *ends), source.c.rows), else_=0)), BigInteger).label(name)
        for name, ends in PERIODS.items()
    ]
    return select(*keys, *sums, func.max(source.c.newest).label("newest")).group_by(*keys)


def _back(source: Any, last: int, first_back: int, last_back: int) -> Any:
    return source.c.month_id.between(last - last_back + 1, last - first_back + 1)


def _by_practice(counted: Any) -> dict[str, dict[str, Sent]]:
    """Practice -> source -> what it sent."""
    found: dict[str, dict[str, Sent]] = {}
    columns = (counted[name].tolist() for name in ("practice", "source", *PERIODS))
    for practice, source, *sums in zip(*columns, strict=True):
        found.setdefault(str(practice), {})[str(source)] = Sent(*map(int, sums))
    return found
