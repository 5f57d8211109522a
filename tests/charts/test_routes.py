"""The pictures of a day: numbered stops in order with names that do not lie on each other, and a clock to the hour."""

import json

import pandas as pd
import pytest

from liaison.charts.day_timeline import LEFT_ON_PHONE, day_timeline, timeline_rows
from liaison.charts.route_map import RouteScene, RouteStop, Way, route_map
from liaison.charts.tokens import BY_NAME, Tokens

SQUARE = [[[[-83.0, 35.0], [-82.0, 35.0], [-82.0, 36.0], [-83.0, 36.0], [-83.0, 35.0]]]]


def scene(*places: tuple[float, float]) -> RouteScene:
    stops = [
        RouteStop(f"P{n}", f"Practice {n}", str(n), "Tue, 09:00", f"09:00  Practice {n}", lon, lat)
        for n, (lon, lat) in enumerate(places, start=1)
    ]
    return RouteScene([("Buncombe", (-82.5, 35.5), SQUARE)], [], (-82.5, 35.5), [Way(stops)])


def layers(of: RouteScene, t: Tokens) -> dict[str, dict[str, object]]:
    deck = json.loads(route_map(of, t).to_json())
    return {layer["id"]: layer for layer in deck["layers"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_way_goes_from_the_start_through_the_stops_in_order_and_back(theme: str) -> None:
    found = layers(scene((-82.6, 35.6), (-82.4, 35.4)), BY_NAME[theme])
    assert found["way-0"]["data"] == [{"path": [[-82.5, 35.5], [-82.6, 35.6], [-82.4, 35.4], [-82.5, 35.5]]}]
    assert [row["text"] for row in found["numbers"]["data"]] == ["1", "2"]  # type: ignore[attr-defined]
    assert [row["key"] for row in found["practices"]["data"]] == ["P1", "P2"]  # type: ignore[attr-defined]


def test_of_two_stops_next_door_only_one_name_is_written() -> None:
    apart = layers(scene((-82.7, 35.7), (-82.3, 35.3)), BY_NAME["light"])["beside"]["data"]
    near = layers(scene((-82.7, 35.7), (-82.699, 35.7)), BY_NAME["light"])["beside"]["data"]
    assert len(apart) == 2  # type: ignore[arg-type]
    assert len(near) < 2  # type: ignore[arg-type]


def test_nothing_on_the_map_is_fetched_from_elsewhere() -> None:
    assert "http" not in route_map(scene((-82.6, 35.6)), BY_NAME["light"]).to_json()


def spans() -> pd.DataFrame:
    rows = [
        ("1 Elm", "open", 480.0, 1020.0, "", "open"),
        ("1 Elm", "drive", 505.0, 530.0, "", "25 min"),
        ("1 Elm", "visit", 530.0, 560.0, "08:50, 30 min", "Elm: 08:50 to 09:20"),
        ("2 Oak", "visit", 600.0, 640.0, "10:00, 40 min", "Oak: 10:00 to 10:40"),
    ]
    return pd.DataFrame(rows, columns=["row", "part", "from", "to", "label", "says"])


def test_each_stop_has_a_row_with_its_name_and_its_words_beside_the_block() -> None:
    rows = timeline_rows(spans())
    names = rows[rows["part"] == "name"]
    assert list(names["label"]) == ["1 Elm", "2 Oak"]
    assert names["y"].is_monotonic_increasing
    assert list(rows.loc[rows["part"] == "words", "label"]) == ["08:50, 30 min", "10:00, 40 min"]
    one = rows[(rows["part"] == "visit")].iloc[0]
    assert (one["start"], one["end"], one["y"]) == (530, 560, names.iloc[0]["y"])


@pytest.mark.parametrize("small", [False, True])
def test_the_axis_holds_whole_hours_from_the_first_move_to_the_last(small: bool) -> None:
    picture = day_timeline(spans(), BY_NAME["light"], small=small)
    spec = json.dumps(picture.spec())
    assert '"domain": [480, 660]' in spec
    assert ("[480, 600]" if small else "[480, 540, 600, 660]") in spec
    assert (f'"range": [{LEFT_ON_PHONE}' in spec) == small


def test_a_day_without_stops_is_an_empty_clock() -> None:
    empty = pd.DataFrame(columns=["row", "part", "from", "to", "label", "says"])
    assert '"domain": [480, 1020]' in json.dumps(day_timeline(empty, BY_NAME["light"]).spec())
