"""DuckDB's words for one cell: from the text of a file to a checked value. Built once a column, run in bulk.

Every expression here is over all rows of a file; what is slow is reached only by values that the quick form refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"
PADDING = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
ISO = "%Y-%m-%d"
TIMES = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S.%f")
FLAGS = {"true": ("true", "t", "yes", "y", "1"), "false": ("false", "f", "no", "n", "0")}
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE")
SHOWN = 40  # characters of a refused value
TYPES = {"date": "integer", "month": "integer", "number": "double", "count": "bigint", "flag": "boolean"}


@dataclass(frozen=True)
class Cell:
    """One field of a row. `place`: its column's number in the file, None where `constant` stands for every row.

    `words`: folded text (`fold`) -> what it stands for, "" for blank. `private`: no refused value is ever kept.
    """

    name: str
    kind: str = "text"  # text, npi, date, month, choice, number, count, flag, zip
    place: int | None = None
    constant: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    formats: tuple[str, ...] = (ISO,)
    hashed: bool = False
    private: bool = False

    @property
    def type(self) -> str:
        """How it is stored: days and months as integers."""
        return TYPES.get(self.kind, "varchar")

    @property
    def absent(self) -> bool:
        return self.place is None and self.constant is None and self.default is None


def quoted(text: str) -> str:
    """A text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name of a column."""
    return '"' + name.replace('"', '""') + '"'


def fold(text: str) -> str:
    """What two spellings of one word share: no case, spaces, underscores or hyphens. The same as `_folded`."""
    for mark in " _-":
        text = text.replace(mark, "")
    return text.lower()


def _folded(text: str) -> str:
    return f"lower(replace(replace(replace({text}, ' ', ''), '_', ''), '-', ''))"


def is_direct(cell: Cell, kind: str) -> bool:
    """Does a Parquet column of this type hold the value already, so that no text need be read?"""
    plain = not (cell.words or cell.hashed or cell.default is not None)
    return plain and (
        (cell.kind == "date" and kind == "DATE") or (cell.kind in ("number", "count") and kind in NUMBERS)
    )


def text_of(cell: Cell, column: str | None, trim: str, kind: str = "VARCHAR") -> str:
    """The cell's text, null where blank. `trim`: "", "spaces" or "all"; `kind`: the file's own type of the column."""
    if cell.constant is not None:
        return quoted(cell.constant)
    text = "null::varchar"
    if column is not None:
        if is_direct(cell, kind):
            return column
        text = column if kind == "VARCHAR" else f"{column}::varchar"
        if trim:
            trimmed = f"trim({text})" if trim == "spaces" else f"trim({text}, {PADDING})"
            text = f"nullif({trimmed}, '')"
    if cell.words:
        cases = " ".join(f"when {quoted(k)} then {quoted(v)}" for k, v in cell.words.items())
        text = f"nullif(case {_folded(text)} {cases} else {text} end, '')"
    if cell.default is not None:
        text = f"coalesce({text}, {quoted(cell.default)})"
    if cell.hashed:  # HMAC-SHA-256 with the instance's key, before anything is stored
        text = f"sha256($outer || unhex(sha256($inner || encode({text}))))"
    return text


def quick_of(cell: Cell, text: str, kind: str = "VARCHAR") -> str | None:
    """A quick look that `read_of` trusts only where it gives the same text back; None where there is none."""
    # The cast reads 2026/01/05 and 2026-01-5x too, at a third of what strptime costs.
    iso = cell.kind == "date" and ISO in cell.formats and not is_direct(cell, kind)
    return f"try_cast({text} as date)" if iso else None


def read_of(cell: Cell, text: str, zone: str, quick: str, kind: str = "VARCHAR") -> str:
    """What the cell's text says (a date, a number, a word), null where it says nothing of its kind.

    `text` and `quick` are columns' names, so that they may stand here more than once; `kind`: the file's own type.
    """
    if is_direct(cell, kind):
        return text if cell.kind == "date" else f"{text}::double"
    if cell.kind == "date":
        return _date(cell, text, zone, quick)
    reader = _READERS.get(cell.kind)
    return reader(cell, text) if reader else text


def value_of(cell: Cell, read: str) -> str:
    """What is stored of it, null where it lies outside what can be; `read` is a column's name."""
    if cell.kind in ("date", "month"):
        stored = f"({read} - date '1970-01-01')::integer" if cell.kind == "date" else month_of(read)
        return f"case when {read} between date '{FIRST_DAY}' and date '{LAST_DAY}' then {stored} end"
    if cell.kind == "number":
        return f"case when isfinite({read}) then {read} end"
    if cell.kind == "count":
        return f"case when {read} >= 0 and {read} = floor({read}) then try_cast({read} as bigint) end"
    return read


def _list(words: Sequence[str]) -> str:
    return ", ".join(quoted(w) for w in words)


def month_of(date: str) -> str:
    """Year x 12 + month - 1 of a date."""
    return f"(year({date}) * 12 + month({date}) - 1)::integer"


def day(number: str) -> str:
    """The date of a day's number."""
    return f"(date '1970-01-01' + {number})"


def _date(cell: Cell, text: str, zone: str, quick: str) -> str:
    if any("%z" in f for f in cell.formats):
        return f"timezone({quoted(zone)}, try_strptime({text}, {quoted(cell.formats[0])}))::date"
    slow = [f"try_strptime({text}, {_formats(cell.formats)})::date"]
    slow += [_iso_moment(text, zone)] if ISO in cell.formats else []
    others = [f + t for f in cell.formats if f != ISO for t in TIMES]
    slow += [f"try_strptime({text}, {_formats(others)})::date"] if others else []
    first = f"when {quick}::varchar = {text} then {quick} " if ISO in cell.formats else ""
    return f"case when {text} is null then null {first}else coalesce({', '.join(slow)}, null) end"


def _formats(formats: Sequence[str]) -> str:
    return quoted(formats[0]) if len(formats) == 1 else f"[{_list(formats)}]"


def _iso_moment(text: str, zone: str) -> str:
    """The local date of an ISO date and time; one with an offset is brought to the zone."""
    after = f"substr({text}, 12)"
    offset = f"(suffix({text}, 'Z') or contains({after}, '+') or contains({after}, '-'))"
    local = f"timezone({quoted(zone)}, try_cast({text} as timestamptz))::date"
    return (
        f"case when {text} like '____-__-__T%' or {text} like '____-__-__ %' "
        f"then case when {offset} then {local} else try_cast({text} as timestamp)::date end end"
    )


def _month(cell: Cell, text: str) -> str:
    return f"coalesce(try_strptime({text} || '-01', '{ISO}'), try_strptime({text}, '{ISO}'))::date"


def _choice(cell: Cell, text: str) -> str:
    words = " ".join(f"when {quoted(fold(c))} then {quoted(c)}" for c in cell.choices)
    known = f"{text} is null or {text} in ({_list(cell.choices)})"
    return f"case when {known} then {text} else case {_folded(text)} {words} end end"


def _flag(cell: Cell, text: str) -> str:
    words = " ".join(f"when lower({text}) in ({_list(given)}) then {ours}" for ours, given in FLAGS.items())
    return f"case {words} end"


def _number(cell: Cell, text: str) -> str:
    money = r"'-?\$?[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?|-?\$[0-9]+(\.[0-9]+)?'"
    plain = f"try_cast(replace(replace({text}, ',', ''), '$', '') as double)"
    return f"coalesce(try_cast({text} as double), case when regexp_full_match({text}, {money}) then {plain} end)"


def _zip(cell: Cell, text: str) -> str:
    """Five digits: of nine the first, with the zero that spreadsheets take from the front put back."""
    digits = f"replace(replace({text}, '.0', ''), '-', '')"
    return (
        f"case when not regexp_full_match({text}, '[0-9]{{4,9}}([.]0)?|[0-9]{{4,5}}-[0-9]{{4}}') then null "
        f"when length({digits}) in (4, 5) then lpad({digits}, 5, '0') "
        f"when length({digits}) in (8, 9) then left(lpad({digits}, 9, '0'), 5) end"
    )


_READERS: Mapping[str, Callable[[Cell, str], str]] = {
    "month": _month,
    "choice": _choice,
    "flag": _flag,
    "number": _number,
    "count": _number,
    "zip": _zip,
}


def npi_holds(npi: str) -> str:
    """Is the text ten digits whose check digit fits? Luhn with the prefix 80840, which adds 24."""
    number = f"try_cast({npi} as bigint)"
    digits = [f"(({number} // {10**i}) % 10)" for i in range(10)]
    doubled = [f"({d} * 2 // 10 + {d} * 2 % 10)" if i % 2 else d for i, d in enumerate(digits)]
    return f"coalesce(regexp_full_match({npi}, '[0-9]{{10}}') and (24 + {' + '.join(doubled)}) % 10 = 0, false)"
