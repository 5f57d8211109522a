"""What can be asked for: the values that filters may take, and the months there are."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select

from liaison.access import Viewer, within_scope
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.filters import COLUMN, Filters
from liaison.metrics.window import last_complete
from liaison.vocabulary import NONE, Audience, Priority

CHOSEN_FROM = ("territory", "service_line", "practice_type", "source")


@dataclass(frozen=True)
class Choices:
    """`values`: filter -> id as stored -> label, by label. Months are month ids, None without referrals.

    `complete` is the newest month that some source has seen to its end.
    """

    first: int | None = None
    last: int | None = None
    complete: int | None = None
    values: dict[str, dict[str, str]] = field(default_factory=dict)


def choices(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Choices:
    """Of all months and without filters, in the viewer's scope."""
    keys = [practice_month.c[COLUMN[name]] for name in CHOSEN_FROM]
    months = practice_month.c.month_id
    spans = [func.min(months).label("first"), func.max(months).label("last")]
    statement: Select[Any] = select(*keys, *spans).group_by(*keys)
    found = live.frame(within_scope(statement, viewer, practice_month.c.territory))
    if found.empty:
        return Choices(values={name: {} for name in (*CHOSEN_FROM, "payer", "priority")})
    values = {name: _labelled(live, name, found[COLUMN[name]].unique().tolist()) for name in CHOSEN_FROM}
    # The rollup of practices has no payers: what files name as one is on record anyway.
    values["payer"] = _labelled(live, "payer", [*sorted(i for kind, i in live.label_of if kind == "payer"), NONE])
    values["priority"] = {each.value: each.label for each in Priority} | {NONE: NONE}
    first, last = int(found["first"].min()), int(found["last"].max())
    ends = [end for end in last_complete(live.newest_extract).values() if end >= first]
    return Choices(first, last, min(max(ends), last) if ends else None, values)


def _labelled(live: Live, name: str, stored: list[str]) -> dict[str, str]:
    labels = {value: key_and_label(live, name, value)[1] for value in stored}
    return dict(sorted(labels.items(), key=lambda pair: (pair[0] == NONE, pair[1].casefold())))
