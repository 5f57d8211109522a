"""The first month in which each practice sent something, as far back as the files go."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.counting import Question, count
from liaison.metrics.filters import Filters
from liaison.vocabulary import NONE, Audience


@dataclass(frozen=True)
class FirstReferrals:
    """`of`: practice id -> month id; `since`: the first month of the files, None without any."""

    of: dict[str, int]
    since: int | None


def first_referrals(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> FirstReferrals:
    """Wherever the referrals went: a practice that sends elsewhere only is no new source, it is known."""
    rows = count(Question(live, viewer, filters), _statement, [practice_month])
    of = {str(practice): int(month) for practice, month in zip(rows["practice"], rows["first"], strict=True)}
    known = {practice: month for practice, month in of.items() if practice != NONE}
    return FirstReferrals(known, min(of.values(), default=None))


def _statement(source: Any) -> Select[Any]:
    c = source.c
    return select(c.practice, func.min(c.month_id).label("first")).group_by(c.practice)
