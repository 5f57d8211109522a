"""What a format is: its fields, what identifies a row, and where its rows go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Connection, FromClause, Select, Table, select

from liaison.facts.columns import edge, referral, registry, taxonomy

if TYPE_CHECKING:
    import pandas as pd


class Kind(Enum):
    """What a field's text must be."""

    text = "text"
    npi = "NPI (ten digits, check digit)"
    date = "date"
    month = "month (YYYY-MM)"
    choice = "one of a closed list"
    number = "number"
    count = "whole number"
    flag = "true or false"
    zip = "ZIP code"


@dataclass(frozen=True)
class Field:
    """One column of a format, by our name for it."""

    name: str
    kind: Kind = Kind.text
    required: bool = False  # the column must be there and no cell may be blank
    choices: tuple[str, ...] = ()
    default: str | None = None  # where the column is missing or the cell blank
    says: str = ""  # one sentence for the docs and the Data page
    headers: tuple[str, ...] = ()  # the names their system gives it, when not ours
    becomes: str = ""  # the fact column it fills, when not of the same name
    # Their word in lower case -> ours, where no mapping says otherwise.
    words: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()  # what others call it, for the draft of a mapping
    guessed: bool = True  # whether a draft may take a column of a like name for it
    ahead: bool = False  # a date that may lie in the future, so that it does not tell when the extract was made


class Target(Enum):
    """Where accepted rows go."""

    referrals = "referrals"
    edges = "edges"
    registry = "registry"
    taxonomy = "taxonomy"
    records = "records"  # a record kind of `fieldwork`, named by `Format.record`


TABLES: Mapping[Target, Table] = {
    Target.referrals: referral,
    Target.edges: edge,
    Target.registry: registry,
    Target.taxonomy: taxonomy,
}


@dataclass(frozen=True)
class Part:
    """A kind of file that one import may bring beside its format's main one, such as Epic's appointments.

    A file is taken for the part whose required fields its header has. `headerless`: its columns, if it has no header.
    """

    name: str
    fields: tuple[Field, ...]
    headerless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why one row of a frame cannot go in; `index` is the row's label in the frame that was handed over."""

    index: int
    column: str
    reason: str
    remedy: str


@dataclass
class Accepted:
    """What a record format makes of a frame: rows for `fieldwork.write`, rows refused, and sentences to show."""

    rows: list[dict[str, Any]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Format:
    """A file format. A subclass says only how it differs; see `referrals.py` for the shape.

    A hospital adds its own through the entry point group `liaison.formats`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    target: ClassVar[Target]
    fields: ClassVar[tuple[Field, ...]]
    record: ClassVar[str] = ""
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()  # of each group at least one field carries every row
    listed_identifiers: ClassVar[tuple[str, ...]] = ()  # patient ids that the format itself lists: dropped by default
    date_formats: ClassVar[tuple[str, ...]] = ("%Y-%m-%d",)  # tried in order; must not be ambiguous together
    headerless: ClassVar[tuple[str, ...]] = ()  # the columns of a file without a header
    caveats: ClassVar[tuple[str, ...]] = ()  # stand beside every figure made of it
    parts: ClassVar[tuple[Part, ...]] = ()  # further files that may come in together with the main one
    blank_keys: ClassVar[bool] = False  # a row whose `one_of` fields are all blank is taken, and counted as such
    options: ClassVar[tuple[str, ...]] = ()  # names of `known` that the format listens to, such as "states"

    main_optional: ClassVar[bool] = False  # a part may come alone
    quiet: ClassVar[bool] = False  # columns that are no field are known and many: left out without naming them

    def field(self, name: str) -> Field | None:
        """The field of that name; a header that it has in their system names it too."""
        own = next((f for f in self.fields if f.name == name), None)
        return own or next((f for f in self.fields if name.casefold() in {h.casefold() for h in f.headers}), None)

    def accept(self, conn: Connection, frame: "pd.DataFrame") -> Accepted:
        """For record formats: the frame's rows as records, checked against each other and against the store.

        `frame`: our field names as columns, text or None, defaults filled in, each cell already checked by its kind.
        """
        raise TypeError(f"The format {self.name} holds no records.")

    def facts(self, staged: Mapping[str, FromClause], known: Mapping[str, str]) -> Mapping[str, Select[Any]]:
        """For the other targets: fact table -> a statement that gives its columns, once for all rows.

        `staged`: "main" and the names of the parts, each a table of the checked rows; a part that did not come has
        none. Columns are the fields by our names: dates as days since 1970-01-01, months as month ids, numbers,
        booleans, text; blank is null, and so are invalid NPIs; `place` counts the rows as the files had them. The
        statement runs on DuckDB, labels its columns as the fact table does, gives `place` too where later rows
        replace earlier ones, and may leave out `batch`, `source` and `month_id`, which are filled in.
        `known`: what the caller was told about the files (`options`). Without an override each field fills the
        column that it `becomes`, else the one of its name.
        """
        table, main = TABLES[self.target], staged["main"]
        filled = {f.becomes or f.name: main.c[f.name] for f in self.fields}
        columns = [filled[c.name].label(c.name) for c in table.columns if c.name in filled]
        return {table.name: select(*columns, main.c.place)}

    def also(
        self, conn: Connection, rows: Sequence[dict[str, Any]], known: Mapping[str, str], actor: str, batch_id: str
    ) -> None:
        """For record formats: what else the import says, written with its rows and forgotten with them."""

    def takes(self, header: Sequence[str]) -> str | None:
        """What a file with this header is: "main", a part's name, or None for one that is left out, with a note.

        `header`: with our names in place of those that a mapping names. Main where it has what main must have.
        """
        have = {h.strip().casefold() for h in header}
        if _has_required(self.fields, have):
            return "main"
        return next((part.name for part in self.parts if _has_required(part.fields, have)), "main")

    def notes(self, present: "Mapping[str, Collection[str]]") -> list[str]:
        """Sentences about what these files can and cannot tell: `present` is our field names by "main" and part."""
        return []

    def remarks(self, staged: "Mapping[str, FromClause]", known: Mapping[str, str]) -> "list[tuple[str, Select[Any]]]":
        """(sentence with {n}, statement that gives one number), said where it is not 0; `staged` as in `facts`."""
        return []

    def recognises(self, header: Sequence[str]) -> float:
        """0 to 1: how sure we are that a file with this header is one of ours."""
        have = {h.strip().casefold() for h in header}
        wanted = [{f.name, *f.headers} for f in self.fields if f.required]
        found = sum(any(n.casefold() in have for n in names) for names in wanted)
        return found / len(wanted) if wanted else 0.0

    def describe(self) -> Mapping[str, object]:
        """The row of `python -m liaison formats`."""
        return {
            "name": self.name,
            "title": self.title,
            "fields": [
                {
                    "name": f.name,
                    "kind": f.kind.value,
                    "required": f.required,
                    "headers": list(f.headers),
                    "choices": list(f.choices),
                    "says": f.says,
                }
                for f in self.fields
            ],
        }


def _has_required(fields: Sequence[Field], have: Collection[str]) -> bool:
    return all(any(n.casefold() in have for n in (f.name, *f.headers)) for f in fields if f.required)
