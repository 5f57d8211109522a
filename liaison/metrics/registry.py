"""One provider, as the newest word on each point has it: the national registry, else the team's own records."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, Table, select

from liaison.errors import LiaisonError
from liaison.facts.columns import batches, edge, registry, registry_place
from liaison.facts.live import Live
from liaison.metrics.window import day
from liaison.store import reading
from liaison.store.tables import practice, provider_place
from liaison.vocabulary import valid_npi

PLACE = ("address", "city", "state", "zip")


@dataclass(frozen=True)
class Provider:
    """`entity`: 1 a person, 2 an organisation; dates are ISO text; `places` the main one first."""

    npi: str
    name: str | None
    entity: str | None
    zip: str | None
    taxonomy_code: str | None
    active: bool
    deactivated_on: str | None
    reactivated_on: str | None
    replacement_npi: str | None
    places: tuple[Mapping[str, str | None], ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "places": [dict(p) for p in self.places]}


def provider(live: Live, npi: str) -> Provider:
    """What is known of an NPI; LiaisonError where it fails its check or nobody knows it."""
    npi = npi.strip()
    if not valid_npi(npi):
        raise LiaisonError(
            f"{npi} is not an NPI.",
            remedy="An NPI has ten digits, the last of which checks the others: look it up again.",
        )
    found = newest_of(_rows(live, registry, registry.c.npi == npi)).get(npi)
    if found is None:
        return _of_the_team(live, npi)
    further = _rows(live, registry_place, registry_place.c.npi == npi)
    newest = [r for r in further if r["batch"] == further[-1]["batch"]] if further else []
    places = [p for r in [found, *newest] if any((p := {c: r[c] for c in PLACE}).values())]
    return Provider(
        npi=npi,
        name=found["name"],
        entity=found["entity"],
        zip=found["zip"],
        taxonomy_code=found["taxonomy_code"],
        active=bool(found["active"]),
        deactivated_on=_date(found["deactivated_day"]),
        reactivated_on=_date(found["reactivated_day"]),
        replacement_npi=found["replacement_npi"],
        places=tuple({tuple(p.values()): p for p in places}.values()),
    )


def facts_frame(live: Live, statement: Select[Any]) -> pd.DataFrame:
    """The rows of a statement over the facts themselves, for what no rollup holds."""
    with live.facts_lock:
        return live.facts.frame(statement)


def _rows(live: Live, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Rows of the live files, the newest extract last; blanks are None."""
    found = facts_frame(live, _oldest_first(table).where(condition))
    return [
        {str(k): None if v is None or v != v else v for k, v in row.items()}  # noqa: PLR0124 (NaN is not itself)
        for row in found.to_dict("records")
    ]


def _oldest_first(table: Table) -> Select[Any]:
    joined = table.join(batches, batches.c.batch == table.c.batch)
    return select(table).select_from(joined).order_by(batches.c.as_of, batches.c.seq)


def newest_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """NPI -> what holds after these rows of the registry, oldest first.

    A row of the list of deactivations has an NPI and a date and nothing else; it changes only what it says.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = found.get(row["npi"])
        bare = not any(row[c] for c in ("name", "entity", "taxonomy_code", *PLACE))
        if known is None or not bare:
            found[row["npi"]] = dict(row)
        elif row["deactivated_day"] is not None:
            back = known["reactivated_day"]
            stands = back is not None and back >= row["deactivated_day"]
            known |= {"deactivated_day": row["deactivated_day"], "active": bool(stands)}
    return found


def _date(number: float | None) -> str | None:
    return None if number is None else day(int(number)).isoformat()


def _of_the_team(live: Live, npi: str) -> Provider:
    at = provider_place.outerjoin(practice, practice.c.practice_id == provider_place.c.practice_id)
    columns = [provider_place.c.name, provider_place.c.taxonomy_code, *(practice.c[c] for c in PLACE)]
    with reading(live.home.store) as connection:
        own = connection.execute(
            select(*columns).select_from(at).where(provider_place.c.npi == npi).order_by(provider_place.c.listed)
        ).mappings()
        rows = [dict(r) for r in own]
    if not rows:
        raise LiaisonError(
            f"Nobody here knows the NPI {npi}.",
            remedy="Import the registry (nppes) with the state it lies in, or the team's own providers.",
        )
    places = [p for r in rows if any((p := {c: r[c] for c in PLACE}).values())]
    taxonomy = next((r["taxonomy_code"] for r in rows if r["taxonomy_code"]), None)
    first_zip = places[0]["zip"] if places else None
    return Provider(npi, rows[0]["name"], None, first_zip, taxonomy, True, None, None, None, tuple(places))


def registered_zips(live: Live, npis: Collection[str]) -> list[tuple[str, str | None]]:
    """NPI and ZIP of every place that the registry has of these providers; none where no registry is in."""
    found: list[tuple[str, str | None]] = []
    for table in (registry, registry_place):
        if not npis or table.name not in live.manifest.files:
            continue
        rows = facts_frame(live, select(table.c.npi, table.c.zip).where(table.c.npi.in_(sorted(npis))).distinct())
        found += [(npi, z if isinstance(z, str) else None) for npi, z in zip(rows["npi"], rows["zip"], strict=True)]
    return found


def names_of_edges(live: Live) -> dict[str, str]:
    """NPI -> name, of the registry's providers who stand in shared-patient data; the newest name of each."""
    ends = select(edge.c.from_npi.label("npi")).union(select(edge.c.to_npi)).subquery()
    joined = registry.join(batches, batches.c.batch == registry.c.batch).join(ends, ends.c.npi == registry.c.npi)
    rows = (
        select(registry.c.npi, registry.c.name)
        .select_from(joined)
        .where(registry.c.name.is_not(None))
        .order_by(batches.c.as_of, batches.c.seq)
    )
    found = facts_frame(live, rows)
    return dict(zip(found["npi"], found["name"], strict=True))
