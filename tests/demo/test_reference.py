"""Reference data: ZIPs, counties and lines are what anybody can look up."""

import json
from pathlib import Path

import pytest

from liaison.facts.reference import county_of, line_of, service_lines, taxonomy_prefixes, zip_places

COUNTIES = Path(__file__).resolve().parents[2] / "static" / "counties"


@pytest.mark.parametrize(
    ("zip_code", "county"),
    [
        ("28801", "37021"),  # Asheville, Buncombe County
        ("28792", "37089"),  # Hendersonville, Henderson County
        ("37203", "47037"),  # Nashville, Davidson County
        ("37203-1234", "47037"),
        ("20001", "11001"),  # the District is its own county
        ("21201", "24510"),  # Baltimore, the city
        ("21204", "24005"),  # Towson, Baltimore County
        ("24011", "51770"),  # Roanoke, the city
        ("99501", "02020"),  # Anchorage
        ("03855", "33017"),  # New Durham, Strafford County: the leading zero stays
    ],
)
def test_zip_lies_in_its_county(zip_code: str, county: str) -> None:
    assert county_of(zip_code) == county


@pytest.mark.parametrize("zip_code", ["00000", "", "09001", "abc"])
def test_unknown_zip_has_no_county(zip_code: str) -> None:
    assert county_of(zip_code) is None


def test_readme_says_how_many_zips_have_no_county() -> None:
    readme = (Path(__file__).resolve().parents[2] / "data" / "README.md").read_text(encoding="utf-8")
    places = zip_places()
    assert f"{(places['county_fips'] == '').sum()} of the {len(places):,} have an empty `county_fips`" in readme


def test_every_county_of_a_zip_has_an_outline() -> None:
    drawn = set()
    for file in COUNTIES.glob("*.geojson"):
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        assert {f["properties"]["fips"][:2] for f in features} == {file.stem}
        drawn |= {f["properties"]["fips"] for f in features}
    assert set(zip_places()["county_fips"]) - {""} <= drawn


def test_most_zips_lie_in_or_near_the_outline_of_their_county() -> None:
    buncombe = next(
        f
        for f in json.loads((COUNTIES / "37.geojson").read_text(encoding="utf-8"))["features"]
        if f["properties"]["name"] == "Buncombe"
    )
    lons, lats = zip(*buncombe["geometry"]["coordinates"][0], strict=True)
    inside = zip_places()[zip_places()["county_fips"] == "37021"]
    assert inside["lon"].between(min(lons) - 0.05, max(lons) + 0.05).all()
    assert inside["lat"].between(min(lats) - 0.05, max(lats) + 0.05).all()


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("207RC0000X", "cardiology"),
        ("207RI0011X", "cardiology"),
        ("207RE0101X", "endocrinology"),
        ("207RG0100X", "gastroenterology"),
        ("207RH0003X", "oncology"),
        ("207VX0201X", "oncology"),
        ("207RP1001X", "pulmonology"),
        ("2084N0400X", "neurology"),
        ("2084P0800X", "behavioural_health"),
        ("207XS0106X", "orthopaedics"),
        ("208800000X", "urology"),
        ("208600000X", "general_surgery"),
        ("207V00000X", "womens_health"),
        ("207W00000X", "ophthalmology"),
        ("207N00000X", "dermatology"),
        ("207R00000X", "primary_care"),
        ("207q00000x", "primary_care"),
        ("208000000X", "primary_care"),
        ("2080P0202X", "paediatric_specialties"),
        ("207P00000X", "other"),
    ],
)
def test_longest_prefix_gives_the_line(code: str, line: str) -> None:
    assert line_of(code) == line


@pytest.mark.parametrize("code", ["", "cardiology", "207RC0000", "207RC00000X"])
def test_text_that_is_no_taxonomy_code_has_no_line(code: str) -> None:
    assert line_of(code) is None


def test_every_rule_leads_to_a_line_with_a_label() -> None:
    assert set(taxonomy_prefixes().values()) <= set(service_lines())
    assert len(service_lines()) >= 14
