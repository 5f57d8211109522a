"""How long a drive takes, and where that is from: by hand, from a file, from a server on this machine."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.planning.travel import Leg, Place, Roads, Server, calibrated, configured, read_matrix, travel_times
from tests.planning.roads_server import Answers, roads_server

TODAY = date(2026, 11, 2)
HERE = Place("here", 35.0, -82.0)
NORTH = Place("north", 35.5, -82.0)
EAST = Place("east", 35.0, -81.5)
PLACES = [HERE, NORTH, EAST]
MILE = 1 / 69.0935  # of latitude, in degrees, on a globe of 3,958.8 miles


@pytest.fixture
def server() -> Iterator[Answers]:
    with roads_server() as answers:
        yield answers


@pytest.mark.parametrize(
    ("miles", "minutes"),
    [
        (1.0, 1.5 / 18 * 60 + 3),  # 1.5 miles by road, all of them in town
        (4.0, (2 / 18 + 3.6 / 27) * 60 + 3),  # 5.6 by road
        (8.0, (2 / 18 + 4 / 27 + 5.2 / 36) * 60 + 3),  # 11.2
        (30.0, (2 / 18 + 4 / 27 + 10 / 36 + 23 / 52) * 60 + 3),  # 39
        (10.5, (2 / 18 + 4 / 27 + 8 / 36) * 60 + 3),  # 1.3 x 10.5 is less than ten miles take: 14
        (0.0, 0.0),
    ],
)
def test_an_estimate_by_hand(miles: float, minutes: float) -> None:
    assert Roads().minutes(np.array([miles]))[0] == pytest.approx(minutes)
    there = Place("there", HERE.lat + miles * MILE, HERE.lon)
    assert travel_times([HERE, there], Roads()).travel[0, 1] == pytest.approx(100 * minutes, abs=2)


def test_a_farther_place_is_never_nearer_by_road() -> None:
    minutes = Roads().minutes(np.linspace(0, 60, 6_001))
    assert (np.diff(minutes) >= 0).all()


def test_an_estimate_says_that_it_is_one() -> None:
    told = travel_times(PLACES, Roads())
    assert told.says == "Drive times are estimated from the distance (6 of 6 pairs)."
    assert (np.diag(told.travel) == 0).all()


def test_speeds_roads_and_parking_can_be_set() -> None:
    flat = Roads(circuity=((float("inf"), 1.0),), speeds=((float("inf"), 60.0),), park=0.0)
    assert flat.minutes(np.array([25.0]))[0] == pytest.approx(25.0)


def test_thirty_logged_drives_calibrate_the_estimate() -> None:
    estimate = float(travel_times([HERE, NORTH], Roads()).travel[0, 1]) / 100
    legs = [Leg(HERE.lat, HERE.lon, NORTH.lat, NORTH.lon, estimate * r) for r in [1.2] * 20 + [0.9] * 6 + [2.0] * 6]
    found = calibrated(Roads(), legs)
    assert found.legs == 32
    assert found.factor == pytest.approx(1.2, abs=0.001)
    assert "1.20 times the estimate" in found.says
    again = travel_times([HERE, NORTH], found.applied(Roads()))
    assert again.travel[0, 1] / 100 == pytest.approx(1.2 * estimate, abs=0.02)


def test_too_few_drives_and_errands_calibrate_nothing() -> None:
    legs = [Leg(HERE.lat, HERE.lon, NORTH.lat, NORTH.lon, 60.0)] * 29
    errand = [Leg(HERE.lat, HERE.lon, NORTH.lat, NORTH.lon, 600.0), Leg(HERE.lat, HERE.lon, HERE.lat, HERE.lon, 5.0)]
    found = calibrated(Roads(), [*legs, *errand])
    assert (found.legs, found.odd, found.factor) == (29, 1, None)
    assert found.applied(Roads()) == Roads()
    assert "30 are needed" in found.says


def test_a_matrix_file_comes_before_everything_else(tmp_path: Path, server: Answers) -> None:
    file = tmp_path / "minutes.csv"
    file.write_text("from,to,minutes\nhere,north,41.5\n\nnorth,here,40\n", encoding="utf-8")
    told = travel_times(PLACES, Roads(park=3), read_matrix(file), Server(server.url))
    assert told.travel[0].tolist() == [0, 4150, 3300]  # half a degree is half an hour, and three minutes to park
    assert told.says.startswith("Drive times are from the matrix file (2 of 6 pairs), from OSRM at 127.0.0.1 (4 of 6")


@pytest.mark.parametrize(
    ("content", "says", "row"),
    [
        ("from,to\na,b\n", "no column minutes", 1),
        ("from,to,minutes\na,b,soon\n", "minutes is soon", 2),
        ("from,to,minutes\na,b,-1\n", "minutes is -1", 2),
        ("from,to,minutes\na,b,nan\n", "minutes is nan", 2),
        ("from,to,minutes\na,b,1\n\na,b,2\n", "a to b is there twice", 4),
        ("from,to,minutes\na,b\n", "The row has 2 cells", 2),
        ("", "no column from", 1),
    ],
)
def test_a_wrong_matrix_file_is_refused_by_row(tmp_path: Path, content: str, says: str, row: int) -> None:
    file = tmp_path / "minutes.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LiaisonError) as refused:
        read_matrix(file)
    assert says in refused.value.what
    assert refused.value.where is not None
    assert refused.value.where.row == row


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_a_server_of_ones_own_gives_the_times(server: Answers, kind: str) -> None:
    asked = Server(server.url, kind="osrm" if kind == "osrm" else "valhalla")
    told = travel_times(PLACES, Roads(park=3), server=asked)
    assert told.travel.tolist() == [[0, 3300, 3300], [3300, 0, 6300], [3300, 6300, 0]]
    assert server.pairs == [9]
    assert "(6 of 6 pairs)" in told.says


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_a_pair_without_an_answer_is_estimated(server: Answers, kind: str) -> None:
    server.unknown = {((35.0, -82.0), (35.5, -82.0))}
    told = travel_times(PLACES, Roads(), server=Server(server.url, kind="osrm" if kind == "osrm" else "valhalla"))
    assert told.travel[0, 1] == travel_times(PLACES, Roads()).travel[0, 1]
    assert told.travel[1, 0] == 3300
    assert "estimated from the distance (1 of 6 pairs)" in told.says


def test_more_places_than_a_request_may_name_are_asked_for_in_parts(server: Answers) -> None:
    places = [Place(str(i), 35 + i / 100, -82 + (i % 7) / 50) for i in range(25)]
    told = travel_times(places, Roads(park=0), server=Server(server.url, places=10))
    assert len(server.pairs) == 25
    assert max(server.pairs) == 25
    assert told.travel[3, 20] == round(6000 * (17 / 100 + 3 / 50))
    assert (told.source[~np.eye(25, dtype=bool)] == 1).all()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"wait": 1.0}, "did not answer within 0.2 s"),
        ({"status": 500}, "did not answer: HTTP Error 500"),
        ({"body": b"<html>"}, "is not JSON"),
        ({"body": b'{"durations": null}'}, "answered without times"),
        ({"body": b'{"durations": [[0, 1], [1, 0]]}'}, "for other places"),
        ({"body": b"[]"}, "answered without times"),
    ],
)
def test_a_server_in_trouble_is_named_and_the_drive_estimated(
    server: Answers, fault: dict[str, object], says: str
) -> None:
    vars(server).update(fault)
    told = travel_times(PLACES, Roads(), server=Server(server.url, timeout=0.2))
    assert (told.travel == travel_times(PLACES, Roads()).travel).all()
    assert says in told.says


def test_a_server_that_is_not_there_is_named() -> None:
    with roads_server() as gone:
        address = gone.url
    told = travel_times(PLACES, Roads(), server=Server(address, timeout=1))
    assert "OSRM at 127.0.0.1 did not answer" in told.says
    assert (told.source == 0).all()


def test_what_was_answered_is_kept_and_only_new_places_are_asked_for(server: Answers, tmp_path: Path) -> None:
    asked = Server(server.url, places=4)
    many = [Place(str(i), 35 + i / 100, -82.0) for i in range(6)]
    travel_times(many, Roads(), server=asked, folder=tmp_path, today=TODAY)
    first = len(server.pairs)
    again = travel_times(many, Roads(), server=asked, folder=tmp_path, today=TODAY)
    assert len(server.pairs) == first == 9
    more = travel_times([*many, NORTH], Roads(), server=asked, folder=tmp_path, today=TODAY)
    assert len(server.pairs) == first + 6  # to and from each of the three parts that were there
    assert (more.travel[:6, :6] == again.travel).all()


def test_what_was_answered_long_ago_is_asked_again(server: Answers, tmp_path: Path) -> None:
    asked = Server(server.url)
    travel_times(PLACES, Roads(), server=asked, folder=tmp_path, today=date(2026, 1, 1))
    travel_times(PLACES, Roads(), server=asked, folder=tmp_path, today=date(2026, 3, 1))
    assert len(server.pairs) == 1
    travel_times(PLACES, Roads(), server=asked, folder=tmp_path, today=date(2026, 6, 1))
    assert len(server.pairs) == 2


def test_two_servers_do_not_share_what_they_said(server: Answers, tmp_path: Path) -> None:
    travel_times(PLACES, Roads(), server=Server(server.url), folder=tmp_path, today=TODAY)
    travel_times(PLACES, Roads(), server=Server(server.url, kind="valhalla"), folder=tmp_path, today=TODAY)
    assert len(server.pairs) == 2


@pytest.mark.parametrize("url", ["roads.example", "ftp://roads.example", "file:///etc/hosts"])
def test_only_http_is_spoken(url: str) -> None:
    with pytest.raises(LiaisonError, match="no address of a routing server"):
        Server(url)


def test_an_instance_is_set_up_by_its_variables(
    server: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path))
    assert configured(Settings(), PLACES).says == "Drive times are estimated from the distance (6 of 6 pairs)."
    monkeypatch.setenv("LIAISON_TRAVEL_SPEEDS", "[[1e9, 60]]")
    monkeypatch.setenv("LIAISON_TRAVEL_CIRCUITY", "[[1e9, 1]]")
    monkeypatch.setenv("LIAISON_TRAVEL_PARK", "0")
    assert configured(Settings(), PLACES).travel[0, 1] == pytest.approx(0.5 * 69.0935 * 100, abs=2)
    monkeypatch.setenv("LIAISON_TRAVEL_URL", server.url)
    assert configured(Settings(), PLACES).travel[0, 1] == 3000
    monkeypatch.setenv("LIAISON_TRAVEL_SPEEDS", "[[2, 0]]")
    with pytest.raises(LiaisonError, match="LIAISON_TRAVEL_SPEEDS"):
        Settings()
