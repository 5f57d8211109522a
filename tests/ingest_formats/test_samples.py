"""The public sample files, where somebody has them (`LIAISON_SAMPLES`, a folder): counts equal plain Python's.

The folder holds `nppes`, `nucc` and `hopteam`, as their publishers' files are named in the tests below.
"""

import csv
import gzip
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from liaison.ingest.formats.edges import HopTeaming
from liaison.ingest.formats.nppes import Nppes
from liaison.ingest.formats.nucc import Nucc
from tests.ingest_formats.staging import Staged

SAMPLES = os.environ.get("LIAISON_SAMPLES")
NPPES = ("npidata_10rows_329col.csv", "npidata_5000rows_41col.csv", "npidata_500rows_330col_floatzips.csv")

pytestmark = pytest.mark.skipif(not SAMPLES, reason="LIAISON_SAMPLES names no folder of public sample files")


def text(*path: str) -> str:
    file = Path(SAMPLES or "").joinpath(*path)
    return gzip.open(file, "rt", encoding="utf-8-sig").read() if file.suffix == ".gz" else file.read_text("utf-8-sig")


def plain(*path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text(*path).splitlines(keepends=True)))


def nppes(name: str) -> list[dict[str, Any]]:
    return Staged(Nppes(), {"main": text("nppes", name)}).facts("registry")


@pytest.mark.parametrize("name", NPPES)
def test_every_provider_is_kept_with_its_own_name_and_dates(name: str) -> None:
    kept, given = nppes(name), plain("nppes", name)
    assert [r["npi"] for r in kept] == [r["NPI"] for r in given]
    only_date = [r["NPI"] for r in given if r["NPI Deactivation Date"] and not r["Entity Type Code"]]
    assert [r["npi"] for r in kept if not r["active"]] == only_date
    people = [r["Provider First Name"] + " " + r["Provider Last Name (Legal Name)"] for r in given]
    organisations = [r["Provider Organization Name (Legal Business Name)"] for r in given]
    expected = [o or p.strip() or None for o, p in zip(organisations, people, strict=True)]
    assert [r["name"] for r in kept] == expected


@pytest.mark.parametrize("name", NPPES)
def test_zip_codes_have_their_zeros_again(name: str) -> None:
    given = [
        r["Provider Business Practice Location Address Postal Code"].removesuffix(".0") for r in plain("nppes", name)
    ]
    lengths = Counter(len(code) for code in given)
    kept = Counter(len(r["zip"] or "") for r in nppes(name))
    assert kept[9] == lengths[9] + lengths[8]
    assert kept[5] == lengths[5] + lengths[4]
    assert kept[0] == lengths[0]


def test_the_file_that_went_through_a_data_frame_is_read_as_it_was() -> None:
    rows = nppes("npidata_500rows_330col_floatzips.csv")
    assert {"080511606", "72401", "03904", "03051"} <= {r["zip"] for r in rows}
    assert Counter(r["entity"] for r in rows)[None] == 36
    given = plain("nppes", "npidata_500rows_330col_floatzips.csv")
    primary = [
        next((n for n in range(1, 16) if r[f"Healthcare Provider Primary Taxonomy Switch_{n}"] == "Y"), None)
        for r in given
    ]
    marked = Counter(primary)
    assert (marked[1], marked[2], marked[3], marked[None]) == (367, 76, 10, 42)
    slots = [n or 1 for n in primary]
    codes = [r[f"Healthcare Provider Taxonomy Code_{n}"] or None for r, n in zip(given, slots, strict=True)]
    assert [r["taxonomy_code"] for r in rows] == codes


def test_a_registry_held_to_a_state_is_what_lies_there() -> None:
    name = "npidata_5000rows_41col.csv"
    known = {"states": ["NY"]}
    kept = Staged(Nppes(), {"main": text("nppes", name)}, known).facts("registry")
    given = plain("nppes", name)
    there = {
        r["NPI"] for r in given if r["Provider Business Practice Location Address State Name"] in ("NY", "NEW YORK")
    }
    gone = {r["NPI"] for r in given if r["NPI Deactivation Date"] and not r["Entity Type Code"]}
    assert {r["npi"] for r in kept} == there | gone


def test_the_taxonomy_has_every_code_once() -> None:
    kept, given = (
        Staged(Nucc(), {"main": text("nucc", "nucc_taxonomy_251.csv")}).facts("taxonomy"),
        plain("nucc", "nucc_taxonomy_251.csv"),
    )
    assert [r["code"] for r in kept] == [r["Code"] for r in given]
    assert len(kept) == 883
    assert [r["specialization"] for r in kept] == [r["Specialization"] or None for r in given]


def test_nashville_adds_up_as_the_file_does() -> None:
    name = "hopteam_nashville_2018_joined.csv.gz"
    kept, given = Staged(HopTeaming(), {"main": text("hopteam", name)}).facts("edge"), plain("hopteam", name)
    assert len(kept) == len(given) == 2_785
    assert sum(r["patients"] for r in kept) == sum(int(r["patient_count"]) for r in given)
    assert sum(r["transactions"] for r in kept) == sum(int(r["transaction_count"]) for r in given)
    assert len({r["to_npi"] for r in kept}) == 60
    assert len({r["from_npi"] for r in kept}) == 1_383
