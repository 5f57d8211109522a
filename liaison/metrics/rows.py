"""Referrals one by one: the rows behind a figure, with their ids, for those who act on them.

Every look at them and every copy of them is written down by who shows them (`liaison.access.audit`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.rollups import resolved
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, asked_window, open_window
from liaison.metrics.filters import Filters, restricted
from liaison.metrics.leakage import one_vantage
from liaison.metrics.stuck import longer_than, now_asked
from liaison.metrics.waiting import (
    ended_by,
    is_open,
    last_stage,
    limits_table,
    stuck_after,
    waiting_days,
    waiting_stage,
)
from liaison.metrics.window import Window, day
from liaison.vocabulary import NONE, Audience, Exit, NetworkStatus, Stage, Word

LIMIT = 500


class Which(Word):
    """Which of the referrals that the filters leave."""

    every = "referrals"
    out = "out_of_network"
    kept = "in_network"
    unknown = "destination_unknown"
    open = "open"
    stuck = "stuck"


OF_LEAKAGE = (Which.out, Which.kept, Which.unknown)  # of the vantage that leakage is counted over
_STATUS = {
    Which.out: NetworkStatus.out.value,
    Which.kept: NetworkStatus.inside.value,
    Which.unknown: NetworkStatus.unknown.value,
}
_NAMED = {"practice": "practice", "line": "service_line", "organisation": "organisation", "cause": "cause"}
_NAMED |= {"payer": "payer", "territory": "territory"}
COLUMNS = (
    "source", "referral_id", "created_on", "practice_id", "practice", "territory", "service_line", "network",
    "destination", "cause", "stage", "ended", "days_in_stage", "stuck_after_days", "priority", "payer", "extract_of",
)  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """`frame`: the columns of `COLUMNS`, at most `limit` of the `total` there are; blanks are None, NA in days."""

    which: Which
    total: int
    limit: int
    frame: pd.DataFrame
    window: Window | None
    vintage: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            "window": self.window.as_json() if self.window else None,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "what": self.which.value,
            "total": self.total,
            "limit": self.limit,
            "rows": [{k: _plain(v) for k, v in row.items()} for row in self.frame.to_dict("records")],
        }

    @property
    def sentence(self) -> str:
        """How many there are, how many of them are listed, in which order."""
        order = "longest in their stage first" if self.which in (Which.open, Which.stuck) else "newest first"
        if not self.total:
            return "No referral answers to this."
        if self.total <= len(self.frame):
            return f"{self.total:,} referral{'' if self.total == 1 else 's'}, {order}."
        return f"The first {len(self.frame):,} of {self.total:,} referrals, {order}."


def cut_to(filters: Filters, stage: str | None) -> dict[str, str]:
    """What a list was cut to, as the record of looks says it: filters, months, stage."""
    months = {"from": filters.first, "to": filters.last, "stage": stage}
    return filters.chosen() | {name: value for name, value in months.items() if value}


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def rows(
    live: Live,
    viewer: Viewer,
    audience: Audience,
    filters: Filters,
    which: Which = Which.every,
    stage: str | None = None,
    limit: int = LIMIT,
) -> Rows:
    """Referrals by id, at most `limit`. `stage` keeps to those that are open in one stage.

    Raises LiaisonError for an audience outside the team: rows never leave it.
    """
    if audience is not Audience.inside:
        raise LiaisonError(
            "Single referrals are shown inside the team only.", remedy="Ask for the figures that they add up to."
        )
    waits = which in (Which.open, Which.stuck)
    question = now_asked(live, viewer, filters) if waits else Question(live, viewer, filters)
    referrals = _referrals(which, stage, _vantage(question) if which in OF_LEAKAGE else None)
    found = restricted(referrals, resolved, question.filters, viewer, question.complete).subquery("referrals")
    limits = limits_table(longer_than(live, viewer))
    joined = found.outerjoin(limits, limits.c.line == found.c.line)
    after = stuck_after(limits, found.c.stage)
    listed = select(found, after.label("after")).select_from(joined)
    measures: list[Any] = [func.count().label("rows"), func.max(found.c.as_of).label("newest")]
    number = select(*measures).select_from(joined)
    if which is Which.stuck:
        over = found.c.days > after
        listed, number = listed.where(over), number.where(over)
    first = found.c.days.desc().nulls_last() if waits else found.c.created_day.desc()
    listed = listed.order_by(first, found.c.source, found.c.referral_id).limit(limit)
    counted = live.frame(number).iloc[0]
    total = int(counted["rows"])
    window = (open_window if waits else asked_window)(Question(live, viewer, filters))
    vintage = day(int(counted["newest"])) if total else None
    return Rows(which, total, limit, _told(live, live.frame(listed)), window, vintage)


def _referrals(which: Which, stage: str | None, vantage: str | None) -> Select[Any]:
    """The referrals that are wanted, each with where it stands."""
    c = resolved.c
    names = ("source", "referral_id", "created_day", "as_of", "practice", "territory", "line", "status", "organisation")
    columns = [c[name] for name in (*names, "cause", "priority", "payer")]
    where = [
        waiting_stage().label("stage"),
        last_stage().label("furthest"),
        ended_by().label("ended"),
        waiting_days().label("days"),
    ]
    rows: Select[Any] = select(*columns, *where)
    if which in _STATUS:
        rows = rows.where(c.status == _STATUS[which])
    if vantage is not None:
        rows = rows.where(c.vantage == vantage)
    if which in (Which.open, Which.stuck) or stage is not None:
        rows = rows.where(is_open())
    if stage is not None:
        rows = rows.where(last_stage() == stage)
    return rows


def _vantage(question: Question) -> str:
    """The vantage that leakage is counted over for this question; none where nothing can be seen."""
    vantages: Select[Any] = select(resolved.c.vantage, func.count().label("rows")).group_by(resolved.c.vantage)
    there = restricted(vantages, resolved, question.filters, question.viewer, question.complete)
    seen = one_vantage(question.live.frame(there))
    return str(seen["vantage"].iloc[0]) if len(seen) else NONE


def _told(live: Live, found: pd.DataFrame) -> pd.DataFrame:
    """The rows as people read them: names for ids, dates for days."""
    named = {c: [_label(live, kind, v) for v in found[c]] for c, kind in _NAMED.items()}
    ended = [_words(Exit, v) or (None if s else "Loop closed") for v, s in _pairs(found, "ended", "stage")]
    told = {
        "source": found["source"],
        "referral_id": found["referral_id"],
        "created_on": [_date(v) for v in found["created_day"]],
        "practice_id": found["practice"],
        "practice": named["practice"],
        "territory": named["territory"],
        "service_line": named["line"],
        "network": [_words(NetworkStatus, v) for v in found["status"]],
        "destination": named["organisation"],
        "cause": named["cause"],
        "stage": [_words(Stage, v) for v in found["furthest"]],
        "ended": ended,
        "days_in_stage": found["days"].astype("Int64"),
        "stuck_after_days": found["after"].astype("Int64"),
        "priority": [_label(live, "priority", v) for v in found["priority"]],
        "payer": named["payer"],
        "extract_of": [_date(v) for v in found["as_of"]],
    }
    frame = pd.DataFrame(told, columns=list(COLUMNS), index=found.index)
    counts = ["days_in_stage", "stuck_after_days"]
    words = frame.drop(columns=counts).astype(object)
    return frame.assign(**words.where(words.notna(), None))


def _pairs(found: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(found[name].astype(object).where(found[name].notna(), None) for name in names), strict=True))


def _label(live: Live, kind: str, stored: Any) -> str | None:
    return None if stored in (None, NONE) else key_and_label(live, kind, stored)[1]


def _words(words: type[Word], value: Any) -> str | None:
    return None if value is None or value != value else words(value).label  # noqa: PLR0124 (NaN is not itself)


def _date(number: Any) -> date | None:
    return None if pd.isna(number) else day(int(number))
