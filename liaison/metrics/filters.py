"""What a question is about, cut into statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, or_

from liaison.access import Viewer, within_scope
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.reference import line_of_key
from liaison.vocabulary import comparison_key, month_id

# Filter -> the column of rollups and resolved rows that it restricts.
COLUMN = {
    "territory": "territory",
    "service_line": "line",
    "practice_type": "practice_type",
    "payer": "payer",
    "priority": "priority",
    "source": "source",
    "vantage": "vantage",
    "practice": "practice",
    "practice_group": "practice_group",
    "organisation": "organisation",
    "cause": "cause",
}


@dataclass(frozen=True)
class Filters:
    """Nothing set means everything. Months are YYYY-MM, inclusive; ids as commands and URLs carry them."""

    first: str | None = None
    last: str | None = None
    territory: str | None = None
    service_line: str | None = None
    practice_type: str | None = None
    payer: str | None = None
    priority: str | None = None
    source: str | None = None
    vantage: str | None = None
    practice: str | None = None
    practice_group: str | None = None
    organisation: str | None = None
    cause: str | None = None

    def chosen(self) -> dict[str, str]:
        """The filters that are set, months apart, by name."""
        return {n: v for n in COLUMN if (v := getattr(self, n)) is not None}

    def months(self) -> tuple[int | None, int | None]:
        return _month(self.first), _month(self.last)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        found = month_id(text)
        if len(text) != 7 or not 1 <= int(text[5:]) <= 12:
            raise ValueError(text)
    except ValueError:
        raise LiaisonError(f"{text} is not a month.", remedy="Give months as YYYY-MM, such as 2026-03.") from None
    return found


def stored_value(name: str, value: str) -> str:
    """A filter's value as the rollups hold it: categories by their comparison key, ids as they are."""
    if name == "service_line":
        key = comparison_key(value)
        return value if value.startswith("(") else line_of_key().get(key, key)
    if name in ("payer", "cause", "practice_type"):
        return value if value.startswith("(") else comparison_key(value)
    return value


def honours(table: FromClause, filters: Filters) -> bool:
    """Whether a rollup has the columns that every filter set restricts."""
    return all(COLUMN[name] in table.c for name in filters.chosen())


def restricted(
    statement: Select[Any], table: FromClause, filters: Filters, viewer: Viewer, complete: Mapping[str, int]
) -> Select[Any]:
    """The statement cut to the filters, the window and the viewer's scope; this is the only way to build one."""
    for name, value in filters.chosen().items():
        statement = statement.where(table.c[COLUMN[name]] == stored_value(name, value))
    statement = statement.where(in_window(table, filters, complete))
    return within_scope(statement, viewer, table.c.get("territory"))


def in_window(table: FromClause, filters: Filters, complete: Mapping[str, int]) -> ColumnElement[bool]:
    """As asked; without a last month, each source up to its own last complete one."""
    first, last = filters.months()
    months = table.c.month_id
    lower = months >= (first if first is not None else 0)
    if last is not None:
        return and_(lower, months <= last)
    whole = [and_(table.c.source == source, months <= end) for source, end in sorted(complete.items())]
    return and_(lower, or_(*whole) if whole else months <= 0)


def checked(live: Live, filters: Filters) -> Filters:
    """The same filters, or a LiaisonError that names the value which the data does not know."""
    for name, value in filters.chosen().items():
        if (
            name not in ("priority", "source", "vantage")
            and not value.startswith("(")
            and (name, stored_value(name, value)) not in live.label_of
        ):
            raise LiaisonError(
                f"No {name.replace('_', ' ')} is called {value}.",
                remedy="The command without this filter lists the keys that can be given.",
            )
    return filters
