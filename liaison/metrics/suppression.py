"""What an audience may see of small numbers: one policy, applied where figures are made.

`inside` sees everything. `outside` and `cms` see no count of 1 to 10 referrals, nor anything from which one could be
worked out; a 0 may be shown. What leaves the team comes from a fixed list of tables: `audit` hides over all of them
together, since two tables may give away what each keeps.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from liaison.errors import LiaisonError
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.disclosure import Cells, hidden_cells
from liaison.metrics.filters import Filters
from liaison.metrics.hiding import BreakdownTable, FunnelTable, Published, sums_between
from liaison.vocabulary import Audience

T = TypeVar("T", bound=Published)
WHOLE = (1, 3, 12)  # a month, a quarter, a year


def hide_small(found: Breakdown, audience: Audience) -> Breakdown:
    """The same breakdown as this audience may see it."""
    return found if audience is Audience.inside else hide(BreakdownTable(found), audience).found


def hide_small_funnel(found: Any, audience: Audience) -> Any:
    """The same funnel as this audience may see it."""
    return found if audience is Audience.inside else hide(FunnelTable(found), audience).found


def hide(table: T, audience: Audience) -> T:
    """Any table as this audience may see it."""
    if audience is Audience.inside:
        return table
    return table.without(hidden_cells(table.cells()))


def audit(tables: Sequence[Any]) -> list[Any]:
    """The tables of one report (breakdowns, funnels, volumes ... made for `inside`, of one viewer, without filters) as
    they may leave the team: no hidden count can be worked out from all of them together.
    """
    wrapped = [_wrapped(t) for t in tables]
    every = Cells()
    for table in wrapped:
        every.join(table.cells())
    sums_between(every)
    hidden = hidden_cells(every)
    shown = [table.without(hidden) for table in wrapped]
    return [s.found if isinstance(s, BreakdownTable | FunnelTable) else s for s in shown]


def _wrapped(table: Any) -> Published:
    if isinstance(table, Breakdown):
        return BreakdownTable(table)
    return FunnelTable(table) if hasattr(table, "stages") else table


class FreeFilterError(LiaisonError):
    """An audience from which small numbers are hidden asks for a figure that is cut by choice."""


def no_free_filters(filters: Filters, audience: Audience) -> None:
    """Refuse what would let a reader cut a table finer and finer until a hidden count is left over."""
    if audience is Audience.inside:
        return
    if chosen := filters.chosen():
        name = next(iter(chosen))
        raise FreeFilterError(
            f"A figure for outside cannot be filtered by {name.replace('_', ' ')}.",
            remedy=f"Leave {name.replace('_', ' ')} away, or ask for the figure inside the team.",
        )
    if not whole_window(filters):
        raise FreeFilterError(
            "A figure for outside covers one whole month, quarter or year.",
            remedy="Give the first and last month of one, such as 2026-01 to 2026-03, or no window at all.",
        )


def whole_window(filters: Filters) -> bool:
    """Whether the months asked for are one whole month, quarter or year, or all there are."""
    first, last = filters.months()
    if first is None and last is None:
        return True
    return first is not None and last is not None and (months := last - first + 1) in WHOLE and first % months == 0
