"""The market's map: what is coloured, what is picked, what never leaves the server, and that no host is named."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from liaison.charts.deck import CompactDeck, fitted
from liaison.charts.market_map import BIGGEST, MapArea, MapDot, Scene, market_map, picked_of, radius, stripes
from liaison.charts.place_metrics import PLACE_METRICS, Place, look, nice, sizes
from liaison.charts.practice_scatter import practice_scatter, scatter_rows
from liaison.charts.tokens import DARK, LIGHT, Tokens, mix, rgb, step

SQUARE = [[[[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]]]
ELM = Place("elm", "Elm St", 30, 100, 20, 120)
OAK = Place("oak", "Oak Rd", 2, 8, 1, 9)
HID = Place("hid", "Hidden Ln", None, 9, None, None, suppressed=True)
BLIND = Place("blind", "Blind Aly", None, None, None, 40, observable=False)
LEAKAGE = PLACE_METRICS["leakage"]


def scene(areas: Sequence[Place] = (), dots: Sequence[Place] = ()) -> Scene:
    return Scene(
        ground=[("McDowell", (0.5, 0.5), SQUARE)],
        areas=[MapArea(place, SQUARE) for place in areas],
        dots=[MapDot(place, 0.1 * n, 0.2, place.referrals or 1) for n, place in enumerate(dots)],
        frames=[SQUARE[0][0]],
        urls=["app/static/counties/37.geojson"],
        fit=(0.0, 0.0, 1.0, 1.0),
    )


def drawn(deck: CompactDeck) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def areas(deck: CompactDeck) -> dict[str, dict[str, Any]]:
    return {f["key"]: f for f in drawn(deck)["areas"]["data"]["features"]}


@pytest.mark.parametrize("t", [LIGHT, DARK])
def test_no_other_host_is_named_and_the_text_has_no_blanks(t: Tokens) -> None:
    text = market_map(scene([ELM], [OAK]), t).to_json()
    assert "http" not in text
    assert '"mapStyle":"__MAP_STYLE__"' in text
    assert "mapProvider" not in text
    assert not re.search(r'[,:] "|\n', text.replace('", "', ""))


def test_every_layer_has_an_id_and_colours_are_opaque() -> None:
    layers = json.loads(market_map(scene([ELM], [OAK]), LIGHT, picked=["elm"]).to_json())["layers"]
    assert len({layer["id"] for layer in layers}) == len(layers)
    colours = [v for layer in layers for k, v in layer.items() if k.startswith("get") and "Color" in k]
    assert all(len(c) == 3 for c in colours if isinstance(c, list))


def test_areas_are_coloured_by_the_share_and_few_are_pale() -> None:
    found = areas(market_map(scene([ELM, OAK]), LIGHT))
    assert found["elm"]["properties"]["fill"] == list(rgb(step(LIGHT.leakage, 0.3, 0.7)))
    assert found["oak"]["properties"]["fill"] == list(rgb(mix(step(LIGHT.leakage, 0.25, 0.7), LIGHT.ground, 0.6)))
    assert found["elm"]["says"] == "30 of 100 went out of network, 30%\n20 of 120 unknown"
    assert found["oak"]["says"].endswith("few")


def test_a_hidden_area_is_striped_and_none_of_its_counts_is_sent() -> None:
    deck = market_map(scene([ELM, HID]), LIGHT)
    assert areas(deck)["hid"]["says"] == "fewer than 11"
    assert len(drawn(deck)["stripes"]["data"]) > 10
    assert "stripes" not in drawn(market_map(scene([ELM]), LIGHT))


def test_what_is_shown_of_a_partly_hidden_place_says_what_is_not() -> None:
    part = Place("p", "Part", 30, 100, None, None, suppressed=True)
    seen = look(part, LEAKAGE, 0.7, LIGHT)
    assert (seen.state, seen.says) == ("shown", "30 of 100 went out of network, 30%\nunknown: fewer than 11")


def test_a_picked_area_has_a_line_round_it_and_others_are_dimmed() -> None:
    deck = market_map(scene([ELM, OAK]), LIGHT, picked=["elm"])
    plain = areas(market_map(scene([ELM, OAK]), LIGHT))
    assert drawn(deck)["picked"]["getColor"] == list(rgb(LIGHT.text))
    assert areas(deck)["elm"]["properties"] == plain["elm"]["properties"]
    assert areas(deck)["oak"]["properties"] != plain["oak"]["properties"]


def test_practices_over_coloured_areas_are_small_marks_that_cannot_be_picked() -> None:
    assert drawn(market_map(scene([ELM], [OAK]), LIGHT))["practices"]["pickable"] is False
    assert drawn(market_map(scene(dots=[OAK]), LIGHT))["practices"]["pickable"] is True


def test_a_picked_practice_is_ringed_on_top_and_named_on_a_plate() -> None:
    layers = drawn(market_map(scene(dots=[ELM, OAK]), LIGHT, picked=["elm"]))
    last = layers["practices"]["data"][-1]
    assert (last["key"], last["width"], last["ring"]) == ("elm", 3, list(rgb(LIGHT.text)))
    assert layers["name"]["data"][0]["text"] == "Elm St  30%"
    several = drawn(market_map(scene(dots=[ELM, OAK]), LIGHT, picked=["elm", "oak"]))
    assert "name" not in several


def test_a_practice_that_is_not_observable_is_hollow_and_has_no_share() -> None:
    layers = drawn(market_map(scene(dots=[ELM, BLIND]), LIGHT, picked=["blind"]))
    blind = next(row for row in layers["practices"]["data"] if row["key"] == "blind")
    assert blind["fill"] == list(rgb(LIGHT.ground))
    assert "not observable" in blind["says"]
    assert layers["name"]["data"][0]["text"] == "Blind Aly"


def test_the_area_of_a_dot_stands_for_its_referrals() -> None:
    assert radius(1000, 1000) == BIGGEST
    assert radius(250, 1000) == pytest.approx(BIGGEST / 2, abs=0.06)


def test_scales_end_at_round_numbers() -> None:
    assert [nice(n) for n in (0, 1, 3, 50, 51, 999)] == [1, 1, 5, 50, 100, 1000]
    assert sizes(500) == [50, 250, 500]
    assert PLACE_METRICS["lost"].end([ELM, OAK]) == 50


def test_names_are_capitals_as_they_are_written() -> None:
    assert drawn(market_map(scene(), LIGHT))["county-names"]["data"][0]["text"] == "McDOWELL"


def test_a_box_fits_the_size_of_its_map() -> None:
    small, large = fitted(-83, 35, -82, 36, 350, 300), fitted(-83, 35, -82, 36, 900, 500)
    assert large["zoom"] > small["zoom"]
    assert (large["latitude"], large["longitude"]) == (35.5, -82.5)


def test_stripes_lie_inside_the_shape_and_not_in_its_holes() -> None:
    hole = [[0.4, 0.4], [0.4, 0.6], [0.6, 0.6], [0.6, 0.4], [0.4, 0.4]]
    found = stripes([[SQUARE[0][0], hole]], apart=0.1)
    across = [line for line in found if 0.4 < line[0][0] < 0.6]
    assert {round(line[1][1] - line[0][1], 3) for line in across} == {0.4}


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ({"areas": [{"key": "37021"}]}, ("areas", "37021")),
        ({"practices": [{"key": "P1"}], "areas": [{"key": "37021"}]}, ("practices", "P1")),
        ({}, None),
        ({"areas": []}, None),
        ({"areas": [{"name": "no key"}]}, None),
        ({"areas": "nonsense"}, None),
    ],
)
def test_a_click_is_read_as_layer_and_key(objects: dict[str, Any], found: tuple[str, str] | None) -> None:
    assert picked_of({"objects": objects}) == found
    assert picked_of(None) is None


def test_the_scatter_leaves_out_what_is_hidden_or_not_known() -> None:
    rows = scatter_rows([ELM, OAK, HID, BLIND], LIGHT)
    assert rows["key"].tolist() == ["elm", "oak"]
    assert rows["value"].tolist() == [0.3, 0.25]


def test_the_scatter_draws_its_rectangle_from_the_start() -> None:
    rows = scatter_rows([ELM, OAK], LIGHT, picked=["elm"])
    spec = practice_scatter(rows, LIGHT, box=(50.0, 120.0, 0.2, 0.9)).spec()
    brush = next(p for p in spec["params"] if p["name"] == "box")
    assert brush["value"] == {"x": [50.0, 120.0], "y": [0.2, 0.9]}
    assert "value" not in next(p for p in practice_scatter(rows, LIGHT).spec()["params"] if p["name"] == "box")
