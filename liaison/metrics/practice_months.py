"""What each practice sent, month by month: to us, elsewhere as far as it is seen, and by service line.

Payer, priority and margin of a referral are not among the columns that this reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import BigInteger, Select, case, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.filters import Filters
from liaison.vocabulary import NONE, NetworkStatus, Vantage, month_text, month_words

Numbers = npt.NDArray[np.float64]
MOST_MONTHS = 60
ENDED = 6  # months: a source that is behind by more than that has ended, and holds nobody up
ENOUGH = 24  # months that must be left, where a source that began late decides where the months begin
BEST_FIRST = (Vantage.ordered.value, Vantage.claims.value)


@dataclass(frozen=True)
class PracticeMonths:
    """(practice, month) arrays, in the order of `practices` and `months` (month ids without a gap).

    `kept`: referrals that came to us; `out`: that went elsewhere, nan where that is not seen; `by_line` (practice,
    line, month): of `kept`, those that name a service line, as `lines`. `notes`: what the months do not say.
    """

    practices: tuple[str, ...]
    months: tuple[int, ...]
    lines: tuple[str, ...]
    kept: Numbers
    out: Numbers
    by_line: Numbers
    notes: tuple[str, ...]


def practice_months(live: Live, viewer: Viewer, on_record: Sequence[str] = ()) -> PracticeMonths:
    """Every practice that sent something, and those `on_record`, over the complete months, sixty at most.

    A practice's months are counted from one vantage at a time: `ordered` from the first month in which it is seen so,
    else `claims`, else `received`. What only came to us says nothing of what went elsewhere.
    """
    question = Question(live, viewer, Filters())
    months, notes = _months(question)
    if not months:
        return _empty(sorted(on_record), notes)
    asked = Question(live, viewer, Filters(month_text(months[0]), month_text(months[-1])))
    rows = count(asked, _statement, [practice_month])
    practices = sorted({*map(str, rows["practice"].unique()), *on_record})
    lines = sorted({str(line) for line in rows["line"].unique()} - {NONE})
    place = pd.Index(practices).get_indexer(pd.Index(rows["practice"]))
    month = rows["month_id"].to_numpy() - months[0]
    vantage = rows["vantage"].to_numpy(dtype=str)
    by = _vantage_of(len(practices), len(months), place, month, vantage)
    counted = by[place, month] == _codes(vantage)
    cells = (place[counted], month[counted])
    kept, out = (rows[name].to_numpy(dtype=float)[counted] for name in ("kept", "out"))
    line = pd.Index(lines).get_indexer(pd.Index(rows["line"]))[counted]
    shape = (len(practices), len(months))
    by_line = np.zeros((len(practices), len(lines), len(months)))
    named = line >= 0
    np.add.at(by_line, (cells[0][named], line[named], cells[1][named]), kept[named])
    elsewhere = np.where(by < len(BEST_FIRST), _laid_out(shape, cells, out), np.nan)
    sent = _laid_out(shape, cells, kept)
    return PracticeMonths(tuple(practices), tuple(months), tuple(lines), sent, elsewhere, by_line, notes)


def _empty(practices: Sequence[str], notes: tuple[str, ...]) -> PracticeMonths:
    none = np.zeros((len(practices), 0))
    return PracticeMonths(tuple(practices), (), (), none, none, np.zeros((len(practices), 0, 0)), notes)


def _months(question: Question) -> tuple[range, tuple[str, ...]]:
    """The months that every source which has not ended saw to their end, and what is to be said of the sources."""
    complete = question.complete
    if not complete:
        return range(0), ()
    newest = max(complete.values())
    going = {source: end for source, end in complete.items() if end >= newest - ENDED}
    last = min(going.values())
    firsts = {source: first for source in complete if (first := _first(question, source)) is not None}
    first = max(min(firsts.values(), default=last + 1), last - MOST_MONTHS + 1)
    notes = [
        f"{source} ends with {month_words(end)}: what only it brought counts as nothing after that."
        for source, end in complete.items()
        if source not in going
    ]
    if not notes:  # where one ended, what begins later may have taken its place
        late = [begins for source, begins in firsts.items() if first < begins <= last - ENOUGH + 1]
        first = max(late, default=first)
    notes += [
        f"{source} begins with {month_words(begins)}: what it brought is new from then on only because it is seen."
        for source, begins in firsts.items()
        if begins > first
    ]
    return range(first, last + 1), tuple(sorted(notes))


def _first(question: Question, source: str) -> int | None:
    window = asked_window(Question(question.live, question.viewer, Filters(source=source)))
    return None if window is None else window.first


def _statement(source: Any) -> Select[Any]:
    """Referrals by practice, month, line and vantage; what came to us is ours, whatever its status says."""
    c = source.c
    ours = (c.status == NetworkStatus.inside.value) | (
        (c.vantage == Vantage.received.value) & (c.status != NetworkStatus.out.value)
    )
    keys = [c.practice, c.month_id, c.line, c.vantage]
    sums = [_sum(ours, c).label("kept"), _sum(c.status == NetworkStatus.out.value, c).label("out")]
    return select(*keys, *sums).where(c.practice != NONE).group_by(*keys)


def _sum(condition: Any, c: Any) -> Any:
    return cast(func.coalesce(func.sum(case((condition, c.rows), else_=0)), 0), BigInteger)


def _codes(vantage: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    """0 ordered, 1 claims, 2 received."""
    return np.asarray(np.select([vantage == name for name in BEST_FIRST], [0, 1], default=2))


def _vantage_of(practices: int, months: int, place: Any, month: Any, vantage: Any) -> npt.NDArray[np.int64]:
    """(practice, month): code of the vantage that is counted. A vantage that has ended for all sees nobody."""
    by = np.full((practices, months), len(BEST_FIRST))
    codes, when = _codes(vantage), np.arange(months)
    for code in reversed(range(len(BEST_FIRST))):
        of = codes == code
        if of.any():
            first = np.full(practices, months)
            np.minimum.at(first, place[of], month[of])
            by[(when >= first[:, None]) & (when <= month[of].max())] = code
    return by


def _laid_out(shape: tuple[int, int], cells: tuple[Any, Any], values: Numbers) -> Numbers:
    held = np.zeros(shape)
    np.add.at(held, cells, values)
    return held
