"""Referrals by whom their practice was assigned to on their day, by month.

Whole months are read from the rollup; where an assignment begins or ends inside a month, that practice's days of that
month are counted one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month, resolved
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.credit import credit as definition
from liaison.metrics.filters import Filters, restricted, stored_value
from liaison.metrics.movements import inside_only, last_month, replace_months
from liaison.metrics.parts import every_referral
from liaison.metrics.window import Window, day, first_day
from liaison.vocabulary import Audience, month_text

MONTHS = 12


class Held(NamedTuple):
    """Who looks after a practice from one ISO day to another; `line`: of one service line; None: of all."""

    practice: str
    person: str
    line: str | None = None
    starts: str | None = None
    ends: str | None = None

    def on(self, day: str) -> bool:
        return (self.starts or "") <= day <= (self.ends or "9999")


def holder_on(held: Iterable[Held], on: str, line: str | None = None) -> str | None:
    """Who gets the credit for a practice's referral of an ISO day and line; None where nobody was assigned.

    `held`: the assignments of that practice. The rules stand in the definition.
    """
    standing = [one for one in held if one.on(on) and one.line in (None, line)]
    if not standing:
        return None
    own = [one for one in standing if one.line is not None] or standing
    newest = max(one.starts or "" for one in own)
    return min(one.person for one in own if (one.starts or "") == newest)


@dataclass(frozen=True)
class Credit:
    """`months`: person id (None: nobody) -> month id -> referrals; every month of the window has a number."""

    definitions: ClassVar = (definition.name,)

    window: Window | None
    months: Mapping[str | None, Mapping[int, int]]
    vintage: date | None

    def of(self, person_id: str | None) -> tuple[int, ...]:
        """One person's referrals by month of the window."""
        own = self.months.get(person_id, {})
        every = range(self.window.first, self.window.last + 1) if self.window else ()
        return tuple(own.get(month, 0) for month in every)

    def as_json(self) -> dict[str, Any]:
        rows = [
            {"person_id": who, "referrals": sum(own.values()), "months": {month_text(m): n for m, n in own.items()}}
            for who, own in sorted(self.months.items(), key=lambda each: (each[0] is None, each[0] or ""))
        ]
        window = self.window.as_json() if self.window else None
        return {"window": window, "vintage": self.vintage.isoformat() if self.vintage else None, "rows": rows}


def credit(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, held: Sequence[Held], months: int = MONTHS
) -> Credit:
    """The last complete months; inside the team only. `held`: every assignment, under ids that count."""
    inside_only(audience, "Whose referrals they were")
    question = Question(live, viewer, filters)
    whole, last = asked_window(question), last_month(question)
    if whole is None or last is None:
        return Credit(None, {}, None)
    window = Window(max(whole.first, last - months + 1), last)
    asked = replace_months(question, month_text(window.first), None)
    by_practice: dict[str, list[Held]] = {}
    for one in held:
        line = stored_value("service_line", one.line) if one.line else None
        by_practice.setdefault(one.practice, []).append(one._replace(line=line))
    split = _split(held, window)
    counted = count(asked, _by_month, [practice_month])
    found: dict[str | None, dict[int, int]] = {}
    columns = (counted[name].tolist() for name in ("practice", "line", "month_id", "referrals"))
    for practice, line, month, referrals in zip(*columns, strict=True):
        if (practice, month) not in split:
            _add(found, holder_on(by_practice.get(practice, ()), _first(month), line), month, referrals)
    for practice, line, created, month, referrals in _days(asked, split):
        _add(found, holder_on(by_practice.get(practice, ()), day(created).isoformat(), line), month, referrals)
    every = range(window.first, window.last + 1)
    whole_months = {who: {month: own.get(month, 0) for month in every} for who, own in found.items()}
    return Credit(window, whole_months, vintage_of(counted))


def _add(found: dict[str | None, dict[int, int]], who: str | None, month: int, referrals: int) -> None:
    own = found.setdefault(who, {})
    own[month] = own.get(month, 0) + int(referrals)


def _split(held: Iterable[Held], window: Window) -> set[tuple[str, int]]:
    """(practice, month id) in which an assignment begins after the first day, or ends before the last."""
    found = set()
    for one in held:
        for text, turns in ((one.starts, 0), (one.ends, 1)):
            if text:
                # An assignment that ends on a day turns on the day after it.
                on = date.fromordinal(date.fromisoformat(text).toordinal() + turns)
                month = on.year * 12 + on.month - 1
                if on.day > 1 and window.first <= month <= window.last:
                    found.add((one.practice, month))
    return found


def _by_month(source: Any) -> Select[Any]:
    keys = [source.c.practice, source.c.line, source.c.month_id]
    return select(*keys, every_referral.counted(source), func.max(source.c.newest).label("newest")).group_by(*keys)


def _days(asked: Question, split: set[tuple[str, int]]) -> Iterable[tuple[str, str, int, int, int]]:
    """(practice, line, day number, month id, referrals) of the practices and months that are split."""
    if not split:
        return []
    r = resolved.c
    keys = [r.practice, r.line, r.created_day, r.month_id]
    practices, months = ({each[n] for each in split} for n in (0, 1))
    wanted: Select[Any] = select(*keys, func.count().label("referrals")).group_by(*keys)
    wanted = wanted.where(r.practice.in_(sorted(practices)), r.month_id.in_(sorted(months)))
    statement = restricted(wanted, resolved, asked.filters, asked.viewer, asked.complete)
    rows = asked.live.frame(statement)
    columns = (rows[name].tolist() for name in ("practice", "line", "created_day", "month_id", "referrals"))
    return [row for row in zip(*columns, strict=True) if (row[0], row[3]) in split]


def _first(month: int) -> str:
    """The first day of a month, ISO."""
    return day(first_day(month)).isoformat()
