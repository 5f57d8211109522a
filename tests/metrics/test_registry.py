"""One provider, as the newest word on each point has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.columns import registry
from liaison.metrics.registry import provider
from liaison.vocabulary import valid_npi
from tests.spec.market import Market, days

# The first is the example that CMS gives of the check digit.
NPI, OTHER, UNKNOWN = "1234567893", "1245319599", "1003000126"
FULL = {
    "npi": NPI,
    "name": "Ada Byron",
    "entity": "1",
    "address": "1 Elm St",
    "city": "Nashville",
    "state": "TN",
    "zip": "372030001",
    "taxonomy_code": "207RC0000X",
    "active": True,
}


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = Market(tmp_path / "home")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (NPI, True),
        (OTHER, True),
        ("1234567890", False),
        ("123456789", False),
        ("12345678931", False),
        ("123456789X", False),
        ("１２３４５６７８９３", False),
        ("", False),
    ],
)
def test_the_last_digit_checks_the_others(text: str, holds: bool) -> None:
    assert valid_npi(text) is holds


def test_the_newest_extract_of_a_provider_counts(market: Market) -> None:
    market.put(registry, [{**FULL, "name": "Ada King", "zip": "37211"}], "2026-03-08", "nppes")
    market.put(registry, [FULL], "2026-02-01", "nppes")
    found = provider(market.home.live(), NPI)
    assert (found.name, found.zip, found.active) == ("Ada King", "37211", True)


def test_a_list_of_deactivations_changes_only_what_it_says(market: Market) -> None:
    market.put(registry, [{**FULL, "replacement_npi": OTHER}], "2026-02-01", "nppes")
    gone = {"npi": NPI, "deactivated_day": days("2026-03-02"), "active": False}
    market.put(registry, [gone], "2026-03-08", "nppes")
    found = provider(market.home.live(), NPI).as_json()
    assert found == {
        "npi": NPI,
        "name": "Ada Byron",
        "entity": "1",
        "zip": "372030001",
        "taxonomy_code": "207RC0000X",
        "active": False,
        "deactivated_on": "2026-03-02",
        "reactivated_on": None,
        "replacement_npi": OTHER,
        "places": [{"address": "1 Elm St", "city": "Nashville", "state": "TN", "zip": "372030001"}],
    }


def test_a_provider_who_came_back_is_active_with_both_dates(market: Market) -> None:
    gone, back = days("2026-01-02"), days("2026-02-02")
    market.put(registry, [{"npi": NPI, "deactivated_day": gone, "active": False}], "2026-01-08", "nppes")
    market.put(registry, [{**FULL, "deactivated_day": gone, "reactivated_day": back}], "2026-02-08", "nppes")
    found = provider(market.home.live(), NPI)
    assert (found.active, found.deactivated_on, found.reactivated_on) == (True, "2026-01-02", "2026-02-02")


def test_an_older_list_does_not_switch_a_provider_off_who_came_back_since(market: Market) -> None:
    market.put(registry, [{**FULL, "reactivated_day": days("2026-02-02")}], "2026-02-08", "nppes")
    gone = {"npi": NPI, "deactivated_day": days("2026-01-02"), "active": False}
    market.put(registry, [gone], "2026-03-08", "nppes")
    assert provider(market.home.live(), NPI).active


def test_every_place_is_listed_once_the_main_one_first(market: Market) -> None:
    further = {"npi": NPI, "city": "Nashville", "state": "TN", "listed_place": True}
    rows = [
        FULL,
        {**further, "address": "2 Oak Ave", "zip": "37211"},
        {**further, "address": "1 Elm St", "zip": "372030001"},
    ]
    market.put(registry, rows, "2026-02-01", "nppes")
    market.put(registry, [FULL], "2026-03-01", "nppes")  # a weekly file without further places takes none away
    assert [p["address"] for p in provider(market.home.live(), NPI).places] == ["1 Elm St", "2 Oak Ave"]


def test_a_provider_of_the_team_is_known_without_the_registry(market: Market) -> None:
    market.keep("practices", [{"practice_id": "P-1", "name": "Elm St", "zip": "37203", "city": "Nashville"}])
    market.keep("providers", [{"npi": OTHER, "name": "Dr Noether", "practice_id": "P-1"}])
    market.recount()
    found = provider(market.home.live(), OTHER)
    assert (found.name, found.zip, found.active) == ("Dr Noether", "37203", True)


@pytest.mark.parametrize(("npi", "says"), [("1234567890", "is not an NPI"), (UNKNOWN, "Nobody here knows")])
def test_what_is_no_npi_or_not_known_is_said(market: Market, npi: str, says: str) -> None:
    with pytest.raises(LiaisonError, match=says) as error:
        provider(market.home.live(), npi)
    assert error.value.remedy
