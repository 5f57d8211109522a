"""The truth file says what a plain count of the generated file says."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from liaison.demo.visits import LAG, attention
from liaison.facts.reference import county_of, line_of
from liaison.vocabulary import comparison_key
from tests.demo.conftest import Built


def resolved(market: Built) -> list[dict[str, Any]]:
    """Each row's practice, status, line and territory, by the field's rules and nothing of the generator."""
    by_name = {
        comparison_key(name): practice["practice_id"]
        for practice in market.records("practices")
        for name in (practice["practice_id"], practice["name"], practice["aliases"])
        if name
    }
    places: dict[str, list[dict[str, str]]] = {}
    specialist: dict[str, str] = {}
    for provider in market.records("providers"):
        if provider["practice_id"]:
            places.setdefault(provider["npi"], []).append(provider)
        else:
            specialist[provider["npi"]] = provider["organisation_id"]
    organisation = {
        comparison_key(name): row["organisation_id"]
        for row in market.records("organisations")
        for name in (row["organisation_id"], row["name"], *row["aliases"].split(";"))
        if name
    }
    territory = territory_of(market)
    out = []
    rows = market.referrals().astype(object)
    for raw in rows.where(rows.notna(), None).to_dict("records"):
        row: dict[str, Any] = {str(k): v for k, v in raw.items()}
        month = row["created_on"].isoformat()[:7]
        practice = by_name.get(comparison_key(row["referring_practice"]))
        if practice is None:
            there = [p for p in places[row["referring_npi"]] if in_force(p, month)]
            assert len(there) == 1
            practice = there[0]["practice_id"]
        status = row["network_status"]
        if status not in ("in", "out"):
            named = organisation.get(comparison_key(row["destination_organisation"]))
            where = named or specialist.get(row["referred_to_npi"] or "")
            status = {"balsam-crest": "in", None: "unknown"}.get(where, "out")
        line = row["service_line"] or line_of(row["taxonomy_code"])
        out.append({**row, "practice": practice, "status": status, "line": line, "month": month,
                    "territory": territory[practice](month)})  # fmt: skip
    return out


def in_force(row: dict[str, str], month: str) -> bool:
    return (row["from"] or "0000")[:7] <= month <= (row["to"] or "9999")[:7]


def territory_of(market: Built) -> dict[str, Callable[[str], str]]:
    parts = market.records("territories")

    def finder(zip_code: str) -> Callable[[str], str]:
        codes = {zip_code, county_of(zip_code)}
        mine = [part for part in parts if part["code"] in codes]

        def at(month: str) -> str:
            now = [part["territory_id"] for part in mine if in_force(part, month)]
            assert len(now) == 1
            return now[0]

        return at

    return {row["practice_id"]: finder(row["zip"]) for row in market.records("practices")}


@pytest.fixture(scope="module")
def rows(market: Built) -> list[dict[str, Any]]:
    return resolved(market)


def counted(rows: list[dict[str, Any]], key: str | None = None) -> dict[str, tuple[int, int, int]]:
    """Out, known and unknown by key, of the vantage `ordered`."""
    numbers = Counter((str(r[key]) if key else "total", r["status"]) for r in rows if r["vantage"] == "ordered")
    return {k: (numbers[k, "out"], numbers[k, "in"] + numbers[k, "out"], numbers[k, "unknown"]) for k, _ in numbers}


def told(truth: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {
        k: (v["numerator"], v["denominator"], v["unknown"])
        for k, v in truth.items()
        if v["denominator"] or v["unknown"]
    }


@pytest.mark.parametrize(
    ("by", "key"), [("service_line", "line"), ("practice", "practice"), ("territory", "territory"), ("month", "month")]
)
def test_leakage_equals_a_plain_count(market: Built, rows: list[dict[str, Any]], by: str, key: str) -> None:
    assert told(market.truth["leakage"][by]) == counted(rows, key)


def test_total_and_not_completed_equal_a_plain_count(market: Built, rows: list[dict[str, Any]]) -> None:
    total = market.truth["leakage"]["total"]
    assert told({"total": total}) == counted(rows)
    assert total["value"] == total["numerator"] / total["denominator"]
    ended = [r for r in rows if r["vantage"] == "ordered" and r["status"] == "in" and r["exit"] and not r["seen_on"]]
    assert total["not_completed"] == len(ended)


def test_practices_seen_only_when_they_send_to_us_are_not_observable(market: Built, rows: list[dict[str, Any]]) -> None:
    received = Counter(r["practice"] for r in rows if r["vantage"] == "received")
    said = market.truth["leakage"]["not_observable"]
    assert {k: v for k, v in said.items() if v} == dict(received)
    assert len(said) >= 5
    assert not set(said) & set(market.truth["leakage"]["practice"])
    assert {r["status"] for r in rows if r["vantage"] == "received"} == {"in"}


def test_contradictions_are_as_many_as_said(market: Built, rows: list[dict[str, Any]]) -> None:
    ours = {"balsamcresthealth", "balsamcrest", "bchspecialtyclinics"}
    against = [
        r
        for r in rows
        if r["network_status"] in ("in", "out")
        and r["destination_organisation"]
        and (comparison_key(r["destination_organisation"]) in ours) != (r["network_status"] == "in")
    ]
    assert len(against) == market.truth["shapes"]["rows"]["contradictions"]
    assert 0.001 < len(against) / len(rows) < 0.005


def test_two_visits_at_work_add_up_to_one_peak_only() -> None:
    visited = pd.DataFrame([[1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0]]).to_numpy()
    work = attention(visited, 9)
    assert work[0].tolist() == [*LAG, 0.0, 0.0]
    # 0.35 + 0, 0.75 + 0.35 -> 1, 1 + 0.75 -> 1, 0.7 + 1 -> 1, 0.4 + 0.7 -> 1, 0.15 + 0.4, 0.15
    assert work[1].round(9).tolist() == [0.0, 0.35, 1.0, 1.0, 1.0, 1.0, 0.55, 0.15, 0.0]


def test_what_visits_caused_is_near_what_was_expected(market: Built) -> None:
    effect = market.truth["effect"]
    assert abs(effect["realised"] - effect["expected"]) < 4 * effect["expected"] ** 0.5
    assert effect["realised"] == sum(p["realised"] for p in effect["practice"].values())
    assert effect["realised"] == sum(m["realised"] for m in effect["by_month"].values())
    assert 0.05 < effect["lift"] < 0.18
    never = [p for p in effect["practice"].values() if p["first_visit"] is None]
    assert len(never) > 30
    assert all(p["expected"] == p["realised"] == 0 for p in never)


def test_next_visit_brings_most_where_much_comes_and_nobody_was_lately(market: Built) -> None:
    """By hand: in-network referrals a month x peak x what the lags add beyond those of earlier visits."""
    world, gains = market.world, {g["practice_id"]: g["gain"] for g in market.truth["next_visit"]}
    assert list(gains.values()) == sorted(gains.values(), reverse=True)
    never = next(p for p in range(120) if not world.programme.visited[p].any() and world.flows.role[p] == 0)
    months = [world.flows.kept[never, 36 + lag].sum() * world.scale for lag in range(len(LAG))]
    by_hand = sum(m * lag for m, lag in zip(months, LAG, strict=True)) * world.programme.peak[never]
    assert gains[world.market.ids[never]] == pytest.approx(by_hand, abs=1e-4)
    lately = [p for p in range(120) if world.programme.visited[p, -1]]
    full = [
        sum(world.flows.kept[p, 36 + lag].sum() * world.scale * w for lag, w in enumerate(LAG))
        * world.programme.peak[p]
        for p in lately
    ]
    assert sum(gains[world.market.ids[p]] for p in lately) < 0.8 * sum(full)
