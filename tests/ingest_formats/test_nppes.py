"""The registry: one row a provider as it stands, wherever in the file that is said."""

import csv
import io
from typing import Any

import pytest

from liaison.errors import LiaisonError
from liaison.ingest.formats.nppes import FURTHER, PRACTICE, Nppes
from tests.ingest_formats.luhn import npi
from tests.ingest_formats.staging import Staged, day

NAMES = {
    "npi": "NPI",
    "entity": "Entity Type Code",
    "instead": "Replacement NPI",
    "org": "Provider Organization Name (Legal Business Name)",
    "last": "Provider Last Name (Legal Name)",
    "first": "Provider First Name",
    "street": "Provider First Line Business Practice Location Address",
    "city": f"{PRACTICE} City Name",
    "state": f"{PRACTICE} State Name",
    "zip": f"{PRACTICE} Postal Code",
    "country": f"{PRACTICE} Country Code (If outside U.S.)",
    "off": "NPI Deactivation Date",
    "on": "NPI Reactivation Date",
    **{f"code{n}": f"Healthcare Provider Taxonomy Code_{n}" for n in range(1, 16)},
    **{f"y{n}": f"Healthcare Provider Primary Taxonomy Switch_{n}" for n in range(1, 16)},
}
PLACES = {
    "npi": "NPI",
    "street": f"{FURTHER}- Address Line 1",
    "city": f"{FURTHER} - City Name",
    "state": f"{FURTHER} - State Name",
    "zip": f"{FURTHER} - Postal Code",
}
GONE = {"npi": "NPI", "off": "NPPES Deactivation Date"}


def file(names: dict[str, str], *rows: dict[str, str]) -> str:
    """A file with the headers of those names, quoted as CMS does."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(names.values())
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue()


def read(*rows: dict[str, str], known: dict[str, Any] | None = None, **parts: str) -> list[dict[str, Any]]:
    return Staged(Nppes(), {"main": file(NAMES, *rows), **parts}, known).facts("registry")


def test_a_person_and_an_organisation_are_named_as_people_say_them() -> None:
    person = {"npi": npi(1), "entity": "1.0", "last": "ROE", "first": "JANE"}
    clinic = {"npi": npi(2), "entity": "2", "org": "ELM CLINIC"}
    assert [(r["name"], r["entity"]) for r in read(person, clinic)] == [("JANE ROE", "1"), ("ELM CLINIC", "2")]


def test_the_primary_specialty_is_the_slot_marked_so_else_the_first_given() -> None:
    third = {"npi": npi(1), "code1": "207R00000X", "y1": "N", "code3": "207RC0000X", "y3": "Y"}
    none = {"npi": npi(2), "code2": "208000000X", "code4": "207Q00000X"}
    nothing = {"npi": npi(3)}
    assert [r["taxonomy_code"] for r in read(third, none, nothing)] == ["207RC0000X", "208000000X", None]


@pytest.mark.parametrize(
    ("given", "country", "read_as"),
    [
        ("688482168", "", "688482168"),
        ("688482168.0", "US", "688482168"),
        ("80511606.0", "US", "080511606"),
        ("3904.0", "", "03904"),
        ("37203", "US", "37203"),
        ("37203-1234", "US", "372031234"),
        ("1010", "AT", "1010"),  # Vienna's codes have four digits
        ("CB2 1TN", "GB", "CB2 1TN"),
        ("37131649373", "US", "37131649373"),
        ("", "", None),
    ],
)
def test_zeros_that_a_spreadsheet_took_are_put_back(given: str, country: str, read_as: str | None) -> None:
    assert [r["zip"] for r in read({"npi": npi(1), "zip": given, "country": country})] == [read_as]


def test_a_date_alone_means_deactivated_and_data_beside_it_reactivated() -> None:
    active = {"npi": npi(1), "entity": "1"}
    gone = {"npi": npi(2), "off": "03/05/2024"}
    back = {"npi": npi(3), "entity": "1", "off": "03/05/2024", "on": "06/01/2024"}
    undated = {"npi": npi(4), "entity": "1", "off": "03/05/2024"}
    again = {"npi": npi(5), "entity": "1", "off": "03/05/2025", "on": "06/01/2024"}
    rows = read(active, gone, back, undated, again)
    assert [r["active"] for r in rows] == [True, False, True, True, False]
    assert (rows[2]["deactivated_day"], rows[2]["reactivated_day"]) == (day("2024-03-05"), day("2024-06-01"))


def test_a_replaced_npi_names_the_one_that_counts_instead() -> None:
    assert read({"npi": npi(1), "instead": npi(2)})[0]["replacement_npi"] == npi(2)


def test_the_list_of_deactivations_switches_off_known_and_unknown_providers() -> None:
    listed = file(GONE, {"npi": npi(1), "off": "02/01/2026"}, {"npi": npi(9), "off": "02/02/2026"})
    main = [{"npi": npi(1), "entity": "1", "last": "ROE"}, {"npi": npi(2), "entity": "1"}]
    rows = {r["npi"]: r for r in read(*main, deactivations=listed)}
    assert {n: r["active"] for n, r in rows.items()} == {npi(1): False, npi(2): True, npi(9): False}
    assert (rows[npi(1)]["name"], rows[npi(1)]["deactivated_day"]) == ("ROE", day("2026-02-01"))
    assert (rows[npi(9)]["name"], rows[npi(9)]["deactivated_day"]) == (None, day("2026-02-02"))


def test_the_list_of_deactivations_may_come_alone() -> None:
    staged = Staged(Nppes(), {"deactivations": file(GONE, {"npi": npi(9), "off": "02/02/2026"})})
    assert [(r["npi"], r["active"]) for r in staged.facts("registry")] == [(npi(9), False)]
    assert staged.notes() == []


def test_further_places_are_kept_beside_the_provider() -> None:
    places = file(
        PLACES,
        {"npi": npi(1), "street": "1 ELM ST", "city": "NASHVILLE", "state": "TN", "zip": "372031234"},
        {"npi": npi(1), "street": "2 OAK ST", "city": "ROCKPORT", "state": "ME", "zip": "4856"},
    )
    staged = Staged(Nppes(), {"main": file(NAMES, {"npi": npi(1)}), "further_places": places})
    found = [(r["npi"], r["address"], r["zip"]) for r in staged.facts("registry_place")]
    assert found == [(npi(1), "1 ELM ST", "372031234"), (npi(1), "2 OAK ST", "04856")]


NASHVILLE = {"npi": npi(1), "entity": "1", "city": "NASHVILLE", "state": "TN", "zip": "372031234"}
SPELLED_OUT = {"npi": npi(2), "entity": "1", "city": "FRANKLIN", "state": "TENNESSEE", "zip": "37064"}
BOSTON = {"npi": npi(3), "entity": "1", "city": "BOSTON", "state": "MA", "zip": "021141234"}
SWITCHED_OFF = {"npi": npi(4), "off": "03/05/2024"}
ALSO_HERE = file(PLACES, {"npi": npi(3), "street": "1 ELM ST", "city": "NASHVILLE", "state": "TN", "zip": "37203"})


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ({"states": ["TN"]}, {1, 2, 4}),
        ({"states": "tn, ma"}, {1, 2, 3, 4}),
        ({"counties": ["47037"]}, {1, 4}),
        ({"counties": ["47187"], "states": ["MA"]}, {2, 3, 4}),
        ({}, {1, 2, 3, 4}),
    ],
)
def test_an_import_held_to_states_or_counties_keeps_only_those(known: dict[str, Any], kept: set[int]) -> None:
    rows = read(NASHVILLE, SPELLED_OUT, BOSTON, SWITCHED_OFF, known=known)
    assert {r["npi"] for r in rows} == {npi(n) for n in kept}


def test_a_further_place_in_the_area_keeps_the_provider() -> None:
    rows = read(NASHVILLE, BOSTON, known={"states": ["TN"]}, further_places=ALSO_HERE)
    assert {r["npi"] for r in rows} == {npi(1), npi(3)}


def test_what_an_area_leaves_out_is_counted() -> None:
    staged = Staged(Nppes(), {"main": file(NAMES, NASHVILLE, BOSTON, SWITCHED_OFF)}, {"states": ["TN"]})
    assert staged.remarks() == [
        "1 providers are deactivated.",
        "1 providers have no place in the area asked for and were left out.",
    ]


def test_an_unknown_state_is_refused_by_name() -> None:
    with pytest.raises(LiaisonError, match="TX2: no such state or county"):
        read(NASHVILLE, known={"states": ["TN", "TX2"]})


def test_a_file_of_npis_alone_is_read_and_says_what_it_lacks() -> None:
    staged = Staged(Nppes(), {"main": f"NPI\n{npi(1)}\n"})
    assert [(r["npi"], r["name"], r["active"]) for r in staged.facts("registry")] == [(npi(1), None, True)]
    assert staged.notes()[0].startswith("This file has no names, no addresses, no states, no ZIP codes")


@pytest.mark.parametrize(
    ("header", "taken_for"),
    [
        (list(NAMES.values()), "main"),
        (["NPI"], "main"),
        (list(PLACES.values()), "further_places"),
        (list(GONE.values()), "deactivations"),
        (["NPI", "Provider Other Organization Name", "Provider Other Organization Name Type Code"], None),
        (["NPI", "Endpoint Type", "Endpoint Type Description", "Endpoint"], None),
        (["NPI", "Entity Type Code", "Provider Other Organization Name", *list(NAMES.values())[3:]], "main"),
    ],
)
def test_the_files_of_the_zip_are_told_apart_by_their_headers(header: list[str], taken_for: str | None) -> None:
    assert Nppes().takes(header) == taken_for
