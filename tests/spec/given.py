"""From drawn tables to a market."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from liaison.facts.columns import edge
from liaison.metrics.resolution import given_id
from liaison.vocabulary import comparison_key, month_id
from tests.spec.case import Case, tables
from tests.spec.market import Market, days

EXTRACT, CREATED = "2026-04-05", "2026-03-02"  # where a table does not say: March 2026 is complete

# Column as drawn -> column of the facts.
NAMES = {
    "referral": "referral_id",
    "practice": "referring_practice",
    "npi": "referring_npi",
    "to": "referred_to_npi",
    "organisation": "destination_organisation",
    "network": "network_status",
    "reason": "out_of_network_reason",
    "line": "service_line",
    "code": "taxonomy_code",
}
DATES = ("created", "received", "authorised", "scheduled", "appointment", "seen", "closed", "exited")
RECORDS = {"from": "starts", "to": "ends"}


def day(text: str) -> str:
    """'03-02' is 2 March 2026."""
    return text if len(text) == 10 else f"2026-{text}"


def market_of(case: Case, folder: Path, facts_url: str | None) -> Market:
    market = Market(folder, facts_url, case.settings)
    for kind, text in case.given.items():
        if kind not in ("referrals", "merges", "edges"):
            market.keep(kind, [_record(kind, row) for row in tables(text)[0]])
    extracts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, row in enumerate(tables(case.given["referrals"])[0] if "referrals" in case.given else [], start=1):
        extracts.setdefault((day(row.get("extract") or EXTRACT), row.get("source") or "epic"), []).extend(
            _referrals(row, number)
        )
    for (as_of, source), rows in sorted(extracts.items()):
        market.refer(rows, as_of, source)
    if "edges" in case.given:
        _put_edges(market, tables(case.given["edges"])[0])
    for row in tables(case.given["merges"])[0] if "merges" in case.given else []:
        market.merge(row["kind"], given_id(comparison_key(row["name"])), row["into"])
    return market


def _record(kind: str, row: Mapping[str, str]) -> dict[str, Any]:
    dated = {c: day(row[c]) for c in ("from", "to") if row.get(c)}
    found = {RECORDS.get(c, c): dated.get(c, v) for c, v in row.items() if v}
    if kind in ("practices", "organisations"):
        own = f"{kind[:-1]}_id"
        found.setdefault("name", found[own])
    if kind == "providers":
        found.setdefault("name", f"Dr {found['npi'][-2:]}")
    if kind == "territories":
        found.setdefault("name", found["territory_id"])
        found.setdefault("kind", "zip")
    return found


def _referrals(row: Mapping[str, str], number: int) -> list[dict[str, Any]]:
    copies = int((row.get("referrals") or "1x").rstrip("x"))
    named = row.get("referral") or str(number)
    found: dict[str, Any] = {
        NAMES.get(c, c): v for c, v in row.items() if v and c not in (*DATES, "extract", "referrals")
    }
    created = day(row.get("created") or CREATED)
    found |= {"month_id": month_id(created), "created_day": days(created)}
    found |= {f"{d}_day": days(day(row[d])) for d in DATES if row.get(d)}
    return [{**found, "referral_id": named if copies == 1 else f"{named}-{i}"} for i in range(copies)]


def _put_edges(market: Market, rows: list[dict[str, str]]) -> None:
    sets: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        key = (row["vintage"], row["data set"], row.get("format") or "cms-shared-patients")
        counts = {c: int(row[c]) for c in ("patients", "transactions")}
        sets.setdefault(key, []).append({"from_npi": row["from"], "to_npi": row["to"], "source": key[1], **counts})
    for (as_of, source, name), found in sorted(sets.items()):
        market.put(edge, found, as_of, source, name)
