"""The market's files: the same every time, real places, invented people, nothing from the future."""

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from liaison.demo.files import NAMES, write_files
from liaison.demo.options import Options
from liaison.demo.volume import build_world
from liaison.errors import LiaisonError
from liaison.facts.reference import line_of, zip_places
from liaison.vocabulary import comparison_key
from tests.demo.conftest import OPTIONS, Built


def luhn_holds(npi: str) -> bool:
    """The check as the standard words it: double every second digit from the right of 80840 and the number."""
    total = 0
    for place, digit in enumerate(reversed("80840" + npi)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / file).read_bytes()).hexdigest() for name, file in NAMES.items()}


def test_same_seed_gives_the_same_bytes(market: Built, tmp_path: Path) -> None:
    write_files(build_world(OPTIONS), tmp_path)
    assert digests(tmp_path) == digests(market.folder)


def test_another_seed_gives_another_market(market: Built, tmp_path: Path) -> None:
    write_files(build_world(Options(seed=8, practices=120, referrals=60_000)), tmp_path)
    mine, other = digests(market.folder), digests(tmp_path)
    assert all(
        mine[name] != other[name] for name in ("practices", "providers", "people", "visits", "costs", "referrals")
    )


def test_as_many_referrals_and_practices_as_asked_for(market: Built) -> None:
    referrals = market.referrals()
    assert len(referrals) == 60_000
    assert referrals["referral_id"].is_unique
    assert len(market.csv("practices")) == 120
    assert market.csv("providers")["npi"].nunique() == 360


def test_every_invented_npi_passes_its_check_and_begins_with_2000(market: Built) -> None:
    npis = set(market.csv("providers")["npi"]) | set(market.referrals()["referred_to_npi"].dropna())
    assert all(npi.startswith("2000") and len(npi) == 10 and luhn_holds(npi) for npi in npis)


def test_few_referring_npis_fail_their_check_and_a_name_stands_beside_them(market: Built) -> None:
    rows = market.referrals()
    given = rows["referring_npi"].dropna()
    bad = rows.loc[given.index][[not luhn_holds(npi) for npi in given]]
    assert len(bad) == market.truth["shapes"]["rows"]["npi_invalid"]
    assert 0.002 < len(bad) / len(rows) < 0.006
    assert bad["referring_practice"].notna().all()


def test_every_referral_has_a_referrer(market: Built) -> None:
    rows = market.referrals()
    assert (rows["referring_practice"].notna() | rows["referring_npi"].notna()).all()


def test_practices_lie_on_real_zips_of_the_metro(market: Built) -> None:
    practices = market.csv("practices")
    places = zip_places().set_index("zip")
    assert set(practices["zip"]) <= set(places.index)
    at = places.loc[practices["zip"]]
    assert set(at["county_fips"]) <= set(market.world.market.metro.counties)
    assert (practices["city"].to_numpy() == at["city"].to_numpy()).all()
    assert (abs(practices["lat"].astype(float).to_numpy() - at["lat"].to_numpy()) < 0.1).all()


def test_names_and_aliases_are_all_different(market: Built) -> None:
    practices = market.csv("practices")
    spelled = [*practices["name"], *practices["practice_id"], *practices["aliases"][practices["aliases"] != ""]]
    assert len({comparison_key(name) for name in spelled}) == len(spelled)


def test_every_practice_name_in_the_extract_is_known(market: Built) -> None:
    practices = market.csv("practices")
    known = {comparison_key(n) for column in ("practice_id", "name", "aliases") for n in practices[column] if n}
    assert {comparison_key(n) for n in market.referrals()["referring_practice"].dropna()} <= known


def test_nothing_is_dated_after_the_last_month(market: Built) -> None:
    rows = market.referrals()
    for column in [c for c in rows.columns if c.endswith("_on")]:
        assert rows[column].dropna().max() <= date(2026, 10, 31), column
    assert rows["created_on"].min() == date(2023, 11, 1)
    assert market.csv("visits")["date"].max() <= "2026-10-31"
    assert market.csv("costs")["month"].max() == "2026-10"


def test_every_referral_has_a_line_or_a_specialty_that_leads_to_it(market: Built) -> None:
    rows = market.referrals()
    blank = rows["service_line"].isna()
    assert 0.03 < blank.mean() < 0.1
    assert rows.loc[blank, "taxonomy_code"].notna().all()
    both = rows[~blank & rows["taxonomy_code"].notna()]
    assert (both["taxonomy_code"].map(line_of) == both["service_line"]).all()


def test_every_practice_has_one_territory_and_one_liaison_each_day(market: Built) -> None:
    given = market.csv("assignments")
    for day in ("2025-06-15", "2026-10-31"):
        now = given[(given["from"] <= day) & ((given["to"] == "") | (given["to"] >= day))]
        assert sorted(now["practice_id"]) == sorted(market.csv("practices")["practice_id"])


def test_liaisons_only_visit_practices_of_their_panel(market: Built) -> None:
    visits, given = market.csv("visits"), market.csv("assignments")
    both = visits.merge(given, on=["practice_id", "person_id"])
    both = both[(both["date"] >= both["from"]) & ((both["to"] == "") | (both["date"] <= both["to"]))]
    assert set(both["visit_id"]) == set(visits["visit_id"])
    assert visits["person_id"].nunique() == 6


def test_the_first_contact_with_a_practice_is_a_visit(market: Built) -> None:
    first = market.csv("visits").sort_values(["date", "visit_id"]).drop_duplicates("practice_id")
    assert set(first["channel"]) <= {"in_person", "event"}


def test_margins_stand_in_full_in_part_or_not_at_all(market: Built) -> None:
    rows = market.referrals()
    seen = rows[rows["seen_on"].notna() & rows["service_line"].notna()]
    share = seen["margin"].notna().groupby(seen["service_line"]).mean()
    assert share["cardiology"] == share["orthopaedics"] == 1
    assert 0.5 < share["gastroenterology"] < 0.9
    assert share.drop(["cardiology", "orthopaedics", "gastroenterology"]).max() == 0
    assert rows[rows["seen_on"].isna()]["margin"].isna().all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"practices": 3}, "3 practices"),
        ({"referrals": 60_000_000}, "60,000,000 referrals"),
        ({"months": 2}, "2 months"),
        ({"until": "October"}, "October is not a month"),
        ({"until": "2026-13"}, "2026-13 is not a month"),
        ({"metro": "atlantis"}, "no demo market called atlantis"),
        ({"seed": -1}, "-1"),
    ],
)
def test_an_option_out_of_range_is_refused_by_name(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        Options(**wrong)  # type: ignore[arg-type]
    assert said in str(refused.value)


@pytest.mark.parametrize("metro", ["chattanooga", "knoxville"])
def test_another_metro_has_practices_in_each_territory(metro: str) -> None:
    world = build_world(Options(metro=metro, practices=200, referrals=5_000))
    assert set(world.market.territory[:, -1]) == set(range(6))
    assert pd.Series(world.market.county).isin(world.market.metro.counties).all()
