"""The team's own ZIP outlines: what is taken, and what is said of a file that cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.facts.own_outlines import forget, mark, own_outlines
from liaison.ingest.outlines import bring_outlines, read_outlines

SQUARE = [[[-82.5, 35.5], [-82.4, 35.5], [-82.4, 35.6], [-82.5, 35.6], [-82.5, 35.5]]]


def feature(code: str = "28801", name: str = "ZCTA5CE20", **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
        **more,
    }


def ring(points: Any) -> dict[str, Any]:
    return feature(geometry={"type": "Polygon", "coordinates": [points]})


def written(path: Path, *features: Any, **more: Any) -> Path:
    file = path / "zips.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), encoding="utf-8")
    return file


def refused(file: Path) -> LiaisonError:
    with pytest.raises(LiaisonError) as told:
        read_outlines(file)
    assert told.value.remedy
    assert str(told.value.where) == file.name
    return told.value


@pytest.mark.parametrize("name", ["ZCTA5CE20", "zip", "GEOID10", "Postal_Code"])
def test_the_zip_is_found_under_the_names_that_publishers_use(tmp_path: Path, name: str) -> None:
    assert list(read_outlines(written(tmp_path, feature(name=name)))) == ["28801"]


def test_a_number_and_nine_digits_are_read_as_five(tmp_path: Path) -> None:
    found = read_outlines(written(tmp_path, feature("28801-1234"), feature(28715)))  # type: ignore[arg-type]
    assert list(found) == ["28801", "28715"]


def test_parts_of_one_zip_are_put_together(tmp_path: Path) -> None:
    assert len(read_outlines(written(tmp_path, feature(), feature()))["28801"]) == 2


def test_outlines_are_kept_in_the_home_and_taken_away_again(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "own"))
    assert mark(home) == ""
    result = bring_outlines(home, written(tmp_path, feature(), feature("28715")))
    assert (result.file, result.outlines, result.first, result.last) == ("zips.geojson", 2, "28715", "28801")
    held = own_outlines(home)
    assert held is not None
    assert held.zips["28801"] == [SQUARE]
    first = mark(home)
    bring_outlines(home, written(tmp_path, feature()))
    assert mark(home) != first
    assert forget(home)
    assert own_outlines(home) is None
    home.close()


@pytest.mark.parametrize(
    ("features", "what"),
    [
        ([feature(), {**feature(), "properties": {"town": "Asheville"}}], "Feature 2 has no ZIP code."),
        ([{**feature(), "properties": None}], "Feature 1 has no ZIP code."),
        ([feature(geometry=None)], "Feature 1 is without a shape."),
        ([feature(geometry={"type": "Point", "coordinates": [-82.5, 35.5]})], "Feature 1 is a Point."),
        ([ring(SQUARE[0][:-1])], "Feature 1 has a ring that is not closed."),
        ([ring(SQUARE[0][:3])], "Feature 1 has a ring of fewer than four points."),
        ([ring([["a", 1]] * 4)], "Feature 1 has a point that is not two numbers."),
        (
            [ring([[365_000, 1_200_000]] * 4)],
            "Feature 1 has a point at 365000, 1.2e+06, which is nowhere.",
        ),
        ([feature(geometry={"type": "MultiPolygon", "coordinates": []})], "Feature 1 has no coordinates."),
        ([feature(geometry={"type": "Polygon", "coordinates": []})], "Feature 1 has a polygon without a ring."),
        (["text"], "Feature 1 has no ZIP code."),
    ],
)
def test_a_bad_feature_is_named_by_its_number(tmp_path: Path, features: list[Any], what: str) -> None:
    assert refused(written(tmp_path, *features)).what == what


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"type": "Feature"}', '{"type": "FeatureCollection"}'])
def test_a_file_that_is_no_collection_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "zips.geojson"
    file.write_text(text, encoding="utf-8")
    assert "GeoJSON" in refused(file).what


def test_a_projected_file_is_refused_by_the_name_of_its_coordinates(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    assert "3857" in refused(written(tmp_path, feature(), crs=crs)).what
    fine = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read_outlines(written(tmp_path, feature(), crs=fine))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.geojson").what == "There is no such file."
