"""What a kind of record is: a table, the columns that identify a row, and what a row must be like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Boolean, Connection, Float, Table

from liaison.fieldwork.syntax import Fault, faults, length_faults, period_faults
from liaison.vocabulary import Word, comparison_key

Values = dict[str, Any]


def _nothing(values: Mapping[str, Any]) -> list[Fault]:
    return []


def _nothing_beside(conn: Connection, key: str, values: Mapping[str, Any]) -> list[Fault]:
    return []


def _nothing_fixed(conn: Connection, states: Mapping[str, Values | None]) -> None:
    return


@dataclass(frozen=True)
class RecordKind:
    """`forms`: column -> how it is written (`syntax.FORMS`); `refers`: column -> the kind whose id it must be."""

    name: str
    one: str  # what one record is called in a sentence
    table: Table
    keys: tuple[str, ...]
    needs: tuple[str, ...] = ()  # columns that no record may lack, beside the keys of its own
    forms: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, type[Word]] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)  # column -> characters at most
    spelled: tuple[str, ...] = ()  # keys that are names: two spellings of one are the same record
    counted: bool = False  # equal keys in one file are separate records: the nth of them
    numbered: str = ""  # the column that numbers the records in the order they came
    lasting: str = ""  # what to do instead, of records that are never removed by hand
    check: Callable[[Mapping[str, Any]], list[Fault]] = _nothing
    beside: Callable[[Connection, str, Mapping[str, Any]], list[Fault]] = _nothing_beside  # with the other records
    # Raises where a file, or its forgetting, would change what must stay: key -> the record as it would be.
    fixed: Callable[[Connection, Mapping[str, Values | None]], None] = _nothing_fixed
    recount: bool = False  # a change of these records changes how referrals are counted

    @property
    def columns(self) -> tuple[str, ...]:
        """What a record holds, without what the mechanism adds."""
        return tuple(c.name for c in self.table.columns if c.name not in ("key", "version", self.numbered))

    def key_of(self, values: Mapping[str, Any], nth: int = 1) -> str:
        """The identity of a record as one text."""
        parts = [values.get(c) or "" for c in self.keys]
        parts = [comparison_key(p) if c in self.spelled else str(p) for c, p in zip(self.keys, parts, strict=True)]
        if self.counted and nth > 1:
            parts.append(str(nth))
        return "|".join(p.replace("\\", "\\\\").replace("|", "\\|") for p in parts)

    def typed(self, values: Mapping[str, Any]) -> Values:
        """The values as their columns hold them; a blank is None. Raises KeyError for a column that is not there."""
        return {name: _typed(self.table.columns[name].type, value) for name, value in values.items()}

    def faults(self, values: Mapping[str, Any]) -> list[Fault]:
        """Everything that is wrong with typed values, first what is missing."""
        found = [
            Fault(name, "is missing", f"Every {self.one} needs one.") for name in self.needs if values.get(name) is None
        ]
        found += faults(values, self.forms)
        for column, words in self.choices.items():
            if values.get(column) is not None and values[column] not in [w.value for w in words]:
                listed = ", ".join(words)
                found.append(Fault(column, f"is not one of {listed}", "Use one of these words, or map yours to them."))
        return found + length_faults(values, self.longest) + period_faults(values) + self.check(values)


def _typed(kind: Any, value: Any) -> Any:
    if value is None or value != value or (isinstance(value, str) and not value.strip()):  # noqa: PLR0124 (NaN)
        return None
    if isinstance(kind, Boolean):
        return value if isinstance(value, bool) else str(value).strip().lower() == "true"
    if isinstance(kind, Float):
        return float(value)
    return str(value).strip()
