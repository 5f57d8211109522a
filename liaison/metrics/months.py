"""What each practice lost, month by month: the small lines of a table, without a figure for every point."""

from typing import Any

from sqlalchemy import Select, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.counting import Question, count
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import one_vantage
from liaison.metrics.parts import out_of_network
from liaison.vocabulary import Audience


def lost_by_month(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> dict[str, dict[int, int]]:
    """Practice -> month id -> referrals that went out of network. Empty for an audience that small numbers are hidden
    from: nearly every point would be one.
    """
    if audience is not Audience.inside:
        return {}
    counted = one_vantage(count(Question(live, viewer, filters), _statement, [practice_month]))
    lost: dict[str, dict[int, int]] = {}
    columns = counted[["practice", "month_id", out_of_network.name]].to_dict("list")
    for practice, month, out in zip(*columns.values(), strict=True):
        if out:
            lost.setdefault(practice, {})[int(month)] = int(out)
    return lost


def _statement(source: Any) -> Select[Any]:
    keys = [source.c.practice, source.c.month_id, source.c.vantage]
    return select(*keys, out_of_network.counted(source)).group_by(*keys)
