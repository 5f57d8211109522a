"""What every name and code of the facts stands for: small tables that the counting statements join.

Equality only: a name is a practice's or organisation's when their comparison keys are equal. Anything doubtful is
left as given and proposed for a merge elsewhere.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Column, Connection, Integer, Table, Text, select

from liaison.facts.columns import facts
from liaison.facts.publish import Named
from liaison.facts.reference import county_of, line_of, line_of_key, service_lines
from liaison.store.tables import merge, organisation, practice, provider_place, territory_part
from liaison.vocabulary import comparison_key, month_id

ALWAYS = (0, 999_999)  # months before and after any referral
Row = Mapping[str, Any]
T = TypeVar("T")

name_reading = Table(
    "name_reading",  # how a spelling of one field is read
    facts,
    *(Column(c, Text) for c in ("field", "name", "record_id", "given_id")),
    Column("ours", Integer),
)
practice_span = Table(
    "practice_span",  # where a practice lies and what it is, by months
    facts,
    *(Column(c, Text) for c in ("practice", "territory", "practice_type", "practice_group")),
    *(Column(c, Integer) for c in ("first_month", "last_month")),
)
provider_span = Table(
    "provider_span",  # where a provider works and to whom it belongs, by months
    facts,
    *(Column(c, Text) for c in ("npi", "only_practice", "first_practice", "organisation")),
    *(Column(c, Integer) for c in ("ours", "first_month", "last_month")),
)


@dataclass(frozen=True)
class Resolution:
    """The tables to join, and the labels of what they name."""

    names: pd.DataFrame
    practices: pd.DataFrame
    providers: pd.DataFrame
    labels: list[Named]


def given_id(key: str) -> str:
    """The id of a practice or organisation that is known by its name only."""
    return f"name-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def resolve(connection: Connection, spellings: pd.DataFrame) -> Resolution:
    """Read the store's records and the spellings (field, name, key: str; rows: int) of the live batches."""
    practices = _rows(connection, practice)
    organisations = _rows(connection, organisation)
    places = _rows(connection, provider_place)
    parts = _rows(connection, territory_part)
    merged = merges(connection)
    readings = _Readings(practices, organisations, merged)
    names = readings.of(spellings)
    return Resolution(
        names=names,
        practices=_practice_spans(practices, parts, merged["practice"]),
        providers=_provider_spans(places, organisations, merged),
        labels=readings.labels + _record_labels(practices, organisations, parts),
    )


def places_now(connection: Connection) -> list[dict[str, Any]]:
    """Each practice on record, merged ones left out: its columns, `practice`, and where it counts as lying now."""
    practices, final = _rows(connection, practice), merges(connection)["practice"]
    spans = _practice_spans(practices, _rows(connection, territory_part), final)
    by_id = {p["practice_id"]: p for p in practices}
    places = ("practice", "territory", "practice_type", "practice_group")
    columns = (spans[name].tolist() for name in places)
    # The months of one practice are in order: the last row of each is the newest.
    newest = {row[0]: dict(zip(places, row, strict=True)) for row in zip(*columns, strict=True)}
    return [{**by_id[p], **row} for p, row in newest.items()]


def _rows(connection: Connection, table: Table) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.key))]


def merges(connection: Connection) -> dict[str, Callable[[str], str]]:
    """For practices and organisations: an id -> the id that it was merged into, through chains."""
    into: dict[str, dict[str, str]] = {"practice": {}, "organisation": {}}
    for row in connection.execute(select(merge).order_by(merge.c.id)):
        pairs = into[row.kind]
        if row.decision == "merged":
            pairs[row.from_id] = row.into_id
        elif pairs.get(row.from_id) == row.into_id:
            del pairs[row.from_id]

    def follow(pairs: dict[str, str]) -> Callable[[str], str]:
        def final(id_: str) -> str:
            seen = {id_}
            while id_ in pairs and pairs[id_] not in seen:
                id_ = pairs[id_]
                seen.add(id_)
            return id_

        return final

    return {kind: follow(pairs) for kind, pairs in into.items()}


def _by_key(rows: Sequence[Row], id_column: str) -> dict[str, str]:
    """Comparison key of an id, name or alias -> id; a name that two records share names neither."""
    found: dict[str, str] = {}
    for names in (
        lambda r: [r[id_column]],
        lambda r: [r["name"]],
        lambda r: (r["aliases"] or "").split(";"),
    ):
        claims: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for name in names(row):
                claims[comparison_key(name)].add(row[id_column])
        for key, ids in claims.items():
            if key and key not in found and len(ids) == 1:
                found[key] = next(iter(ids))
    return found


class _Readings:
    """How each spelling is read, by the field it stands in."""

    def __init__(self, practices: list[Row], organisations: list[Row], merged: dict[str, Callable[[str], str]]) -> None:
        self._practices = _by_key(practices, "practice_id")
        self._organisations = _by_key(organisations, "organisation_id")
        self._ours = {o["organisation_id"]: bool(o["ours"]) for o in organisations}
        self._merged = merged
        self._lines = line_of_key()
        self.labels: list[Named] = []

    def of(self, spellings: pd.DataFrame) -> pd.DataFrame:
        """field, name, record_id, given_id: str; ours: 1, 0 or null."""
        counted = pd.DataFrame(spellings.groupby(["field", "name", "key"], as_index=False).agg({"rows": "sum"}))
        usual = counted.sort_values(["rows", "name"], ascending=[False, True]).drop_duplicates(["field", "key"])
        spelled = dict(zip(zip(usual["field"], usual["key"], strict=True), usual["name"], strict=True))
        rows = [self._read(str(r.field), str(r.name), str(r.key)) for r in counted.itertuples(index=False)]
        self._label(rows, {k: str(v) for k, v in spelled.items()})
        columns = [c.name for c in name_reading.columns]
        return pd.DataFrame([row[:5] for row in rows], columns=columns)

    def _read(self, field: str, name: str, key: str) -> tuple[str, str, str | None, str | None, int | None, str]:
        if not key:  # nothing but punctuation is no name
            return field, name, None, None, None, key
        if field == "referring_practice":
            record = self._practices.get(key)
            final = self._merged["practice"]
            moved = None if record else final(given_id(key))
            if moved and moved != given_id(key):
                record, moved = moved, None
            return field, name, final(record) if record else None, moved, None, key
        if field == "destination_organisation":
            record = self._organisations.get(key)
            final = self._merged["organisation"]
            moved = None if record else final(given_id(key))
            if moved in self._ours:
                record, moved = moved, None
            record = final(record) if record else None
            return field, name, record, moved, int(self._ours[record]) if record else None, key
        if field == "service_line":
            return field, name, self._lines.get(key, key), None, None, key
        if field == "taxonomy_code":
            return field, name, line_of(name), None, None, key
        return field, name, key, None, None, key

    def _label(self, rows: Iterable[tuple[Any, ...]], spelled: dict[tuple[str, str], str]) -> None:
        known, seen = service_lines(), set()
        kinds = {"referring_practice": "practice", "destination_organisation": "organisation"}
        kinds |= {"service_line": "service_line", "payer": "payer", "out_of_network_reason": "cause"}
        for field, _, record_id, given, _, key in rows:
            if (kind := kinds.get(field)) is None or not key or (field, key) in seen:
                continue
            seen.add((field, key))
            name = spelled[field, key]
            if kind in ("practice", "organisation"):
                if given:
                    self.labels.append(Named(kind, given, name, True, name))
            else:
                self.labels.append(Named(kind, record_id, known.get(record_id, name), record_id not in known, name))
        given_lines = {n.id for n in self.labels if n.kind == "service_line"}
        self.labels += [Named("service_line", i, label, False) for i, label in known.items() if i not in given_lines]


def _months(row: Row) -> tuple[int, int]:
    """First and last month in force, both inclusive."""
    first = month_id(row["starts"]) if row["starts"] else ALWAYS[0]
    last = month_id(row["ends"]) if row["ends"] else ALWAYS[1]
    return first, last


def _pieces(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """All months, cut where any span begins or ends."""
    cuts = sorted({ALWAYS[0], *(a for a, _ in spans), *(b + 1 for _, b in spans if b < ALWAYS[1])})
    return [(a, b - 1) for a, b in zip(cuts, [*cuts[1:], ALWAYS[1] + 1], strict=True)]


def _practice_spans(practices: list[Row], parts: list[Row], final: Callable[[str], str]) -> pd.DataFrame:
    by_code: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for part in parts:
        by_code[part["kind"], part["code"]].append(part)
    rows = []
    for p in practices:
        if final(p["practice_id"]) != p["practice_id"]:
            continue
        zip_code = (p["zip"] or "")[:5]
        # A ZIP says more than its county: it wins where both are drawn.
        ranked = by_code["zip", zip_code] + by_code["county", county_of(zip_code) or ""]
        spans = [_months(part) for part in ranked]
        kind = comparison_key(p["type"]) or None
        group = p["organisation_id"] or kind  # a practice group is its organisation, else its type
        for first, last in _pieces(spans):
            here = next((t["territory_id"] for t, (a, b) in zip(ranked, spans, strict=True) if a <= first <= b), None)
            rows.append((p["practice_id"], here, kind, group, first, last))
    return pd.DataFrame(rows, columns=[c.name for c in practice_span.columns])


def _provider_spans(
    places: list[Row], organisations: list[Row], merged: dict[str, Callable[[str], str]]
) -> pd.DataFrame:
    ours = {o["organisation_id"]: int(bool(o["ours"])) for o in organisations}
    by_npi: dict[str, list[Row]] = defaultdict(list)
    for place in places:
        by_npi[place["npi"]].append(place)
    rows = []
    for npi, own in by_npi.items():
        ordered = sorted(own, key=lambda r: (_months(r)[0], r["listed"]))
        spans = [_months(r) for r in ordered]
        known = [merged["practice"](r["practice_id"]) for r in ordered if r["practice_id"]]
        for first, last in _pieces(spans):
            now = [r for r, (a, b) in zip(ordered, spans, strict=True) if a <= first <= b]
            at = {merged["practice"](r["practice_id"]) for r in now if r["practice_id"]}
            belongs = next((merged["organisation"](r["organisation_id"]) for r in now if r["organisation_id"]), None)
            only = next(iter(at)) if len(at) == 1 else None
            rows.append((npi, only, known[0] if known else None, belongs, ours.get(belongs or ""), first, last))
    return pd.DataFrame(rows, columns=[c.name for c in provider_span.columns])


def _record_labels(practices: list[Row], organisations: list[Row], parts: list[Row]) -> list[Named]:
    labels = [Named("practice", p["practice_id"], p["name"], False) for p in practices]
    labels += [Named("organisation", o["organisation_id"], o["name"], False) for o in organisations]
    labels += [
        Named("territory", t["territory_id"], t["name"], False) for t in {p["territory_id"]: p for p in parts}.values()
    ]
    types = {comparison_key(p["type"]): p["type"] for p in reversed(practices) if p["type"]}
    groups = types | {o["organisation_id"]: o["name"] for o in organisations}
    labels += [Named("practice_group", key, name, False) for key, name in groups.items()]
    return labels + [Named("practice_type", key, name, False, name) for key, name in types.items()]
