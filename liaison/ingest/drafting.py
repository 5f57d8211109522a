"""A first mapping, guessed from a file's header and ten rows, for people to correct."""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path

from liaison.facts.engines.cells import FLAGS, ISO, TIMES, fold
from liaison.ingest.formats.base import Field, Format, Kind
from liaison.ingest.heading import Shape
from liaison.ingest.mapping import Mapping
from liaison.ingest.preview import Head, look
from liaison.ingest.privacy import DROP, handle, is_suspected

# The American order of day and month first: where ten rows fit both, a person must look.
DATE_FORMATS = (
    *(ISO, "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y%m%d", "%Y/%m/%d"),
    *("%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y", "%d.%m.%Y", "%m-%d-%Y"),
)
SHORT = {
    "dt": "date", "nm": "name", "num": "number", "no": "number", "nbr": "number", "prov": "provider",
    "phys": "physician", "org": "organisation", "organization": "organisation", "loc": "location", "fac": "facility",
    "appt": "appointment", "sched": "scheduled", "rfl": "referral", "ref": "referral", "spec": "specialty",
    "on": "date", "auth": "authorised", "authorized": "authorised", "payor": "payer", "desc": "name",
    "identifier": "id", "cd": "code", "tel": "phone", "telephone": "phone", "addr": "address", "postal": "zip",
}  # fmt: skip
# What systems write for the words of our closed lists.
WORDS = {
    "in": ("in network", "in-network", "inn", "par", "preferred", "internal", "yes", "employed", "affiliated"),
    "out": ("out of network", "out-of-network", "oon", "non-par", "non-preferred", "external", "no", "leakage"),
    "unknown": ("unk", "n/a", "na", "not known", "undetermined", "none"),
    "declined": ("denied", "rejected", "refused"),
    "cancelled": ("canceled", "cancel"),
    "no_show": ("no show", "noshow", "did not attend", "dna", "missed"),
    "expired": ("expire", "timed out"),
    "routine": ("elective", "standard", "normal", "low"),
    "urgent": ("expedited", "high", "asap", "priority"),
    "stat": ("emergency", "emergent", "immediate"),
    "in_person": ("office visit", "visit", "in person", "face to face", "onsite"),
    "phone": ("phone call", "call", "telephone"),
    "email": ("e-mail", "mail"),
    "virtual": ("video", "video call", "zoom", "teams"),
    "event": ("lunch and learn", "dinner", "conference"),
}
ENOUGH, FITTING = 0.6, 0.8


def draft(path: Path, format_: Format) -> Mapping:
    """The mapping that seems right for a file; what cannot be guessed is left to people."""
    fields = [n.casefold() for f in format_.fields for n in (f.name, *f.headers)]
    shape = Shape(frozenset(fields), (format_.headerless,) if format_.headerless else ())
    heads = look(path, shape)
    return draft_of(max(heads, key=lambda head: format_.recognises(head.columns)), format_)


def draft_of(head: Head, format_: Format) -> Mapping:
    """The same, from what was looked at already."""
    own = [n for f in format_.fields for n in (f.name, *f.headers)]
    handled = handle(head.columns, own, format_.listed_identifiers, {})
    closed = {i for i, c in enumerate(head.columns) if c in handled.unnamed} | handled.drop
    columns: dict[str, str] = {}
    dates: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for field, place in _pairs(head, format_, closed):
        columns[field.name] = head.columns[place]
        given = head.values(place)
        if field.kind is Kind.date and (found := date_format(given)) and found not in format_.date_formats:
            dates[field.name] = found
        if field.kind is Kind.choice and (words := _words(field, given)):
            values[field.name] = words
    named = {f.name: columns[f.name] for f in format_.fields if f.name in columns}
    return Mapping(format_.name, named, dates, values, identifiers=dict.fromkeys(handled.unnamed, DROP))


def _pairs(head: Head, format_: Format, closed: set[int]) -> list[tuple[Field, int]]:
    """Fields and columns that belong together, the surest first; a column fills one field."""
    scored = [
        (likeness(field, column) * _fit(field, head.values(place)), -order, -place)
        for order, field in enumerate(format_.fields)
        for place, column in enumerate(head.columns)
        if column and place not in closed and not is_suspected(column)
    ]
    pairs, fields, places = [], set[int](), set[int]()
    for score, order, place in sorted(scored, reverse=True):
        if score >= ENOUGH and order not in fields and place not in places:
            pairs.append((format_.fields[-order], -place))
            fields.add(order)
            places.add(place)
    return pairs


def likeness(field: Field, column: str) -> float:
    """0 to 1: how much a column's name says that it is the field."""
    if not field.guessed:
        return float(column.strip().casefold() == field.name)
    return max(_alike(name, column) for name in (field.name, *field.headers, *field.hints))


def _alike(name: str, column: str) -> float:
    one, other = _tokens(name), _tokens(column)
    if one == other:
        return 1.0
    shared = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)) or 1)
    spelled = SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()
    return 0.95 * max(shared, spelled if spelled > FITTING else 0.0)


def _tokens(name: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = [w for w in re.split(r"[^a-z0-9]+", parted.casefold()) if w]
    return [SHORT.get(word, word) for word in words if word not in ("the", "of", "c")]


def _fit(field: Field, values: Sequence[str]) -> float:
    """0 to 1: how well the values look like the field's kind. No values speak neither for nor against."""
    if not values:
        return 1.0
    kind = field.kind
    if kind is Kind.date:
        return 1.0 if date_format(values) else 0.0
    if kind is Kind.choice:
        return 1.0 if any(_word(field, v) for v in values) else 0.7
    if kind is Kind.text:
        return 0.7 if date_format(values) and not all(v.isdigit() for v in values) else 1.0
    tests = {
        Kind.npi: lambda v: bool(re.fullmatch(r"[12]\d{9}", v)),
        Kind.month: lambda v: bool(re.fullmatch(r"\d{4}-\d{2}", v)),
        Kind.number: lambda v: bool(re.fullmatch(r"-?[$]?[\d,]*\.?\d+", v)),
        Kind.count: lambda v: bool(re.fullmatch(r"\d+(\.0)?", v)),
        Kind.flag: lambda v: v.lower() in {w for words in FLAGS.values() for w in words},
        Kind.zip: lambda v: bool(re.fullmatch(r"\d{4,5}(-?\d{4})?(\.0)?", v)),
    }
    share = sum(tests[kind](v) for v in values) / len(values)
    return 1.0 if share >= FITTING else 0.0


def date_format(values: Sequence[str]) -> str | None:
    """The first format that reads every value, with or without a time after it; None where none does."""
    return next((f for f in DATE_FORMATS if values and all(_is_date(v, f) for v in values)), None)


def _is_date(value: str, pattern: str) -> bool:
    for time in ("", *TIMES):
        try:
            read = datetime.strptime(value, pattern + time)  # noqa: DTZ007 (only the day is looked at)
        except ValueError:
            continue
        return 1990 <= read.year <= 2100
    return pattern == ISO and re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", value) is not None


def _word(field: Field, value: str) -> str | None:
    """Our word for one of theirs, None where there is none to guess."""
    folded = fold(value)
    exact = next((c for c in field.choices if fold(c) == folded), None)
    listed = (c for c in field.choices if any(fold(w) == folded for w in WORDS.get(c, ())))
    return exact or field.words.get(value.casefold()) or next(listed, None)


def _words(field: Field, values: Sequence[str]) -> dict[str, str]:
    """Their words that are not ours already."""
    found = {v: _word(field, v) for v in dict.fromkeys(values)}
    return {v: str(w) for v, w in found.items() if w and fold(v) != fold(w)}
