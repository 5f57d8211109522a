"""Addresses for the map that a person uses: the documented forms, in parts where an address may name so many."""

from urllib.parse import parse_qs, urlsplit

from liaison.planning.directions import apple, google, google_day, waze

ASHEVILLE = (35.5951, -82.5515)


def test_the_address_of_each_map_is_as_its_maker_documents_it() -> None:
    # developers.google.com/maps/documentation/urls; Apple's Map Links; developers.google.com/waze/deeplinks
    assert google(ASHEVILLE) == (
        "https://www.google.com/maps/dir/?api=1&destination=35.595100%2C-82.551500&travelmode=driving"
    )
    assert apple(ASHEVILLE) == "https://maps.apple.com/?daddr=35.595100,-82.551500&dirflg=d"
    assert waze(ASHEVILLE) == "https://waze.com/ul?ll=35.595100,-82.551500&navigate=yes"


def test_a_day_of_ten_stops_is_three_addresses_on_a_phone_and_two_elsewhere() -> None:
    points = [(35.0 + n / 10, -82.0) for n in range(12)]  # start, ten stops, back
    assert [len(google_day(points, phone=phone)) for phone in (True, False)] == [3, 2]
    for phone, most in ((True, 3), (False, 9)):
        parts = [parse_qs(urlsplit(url).query) for url in google_day(points, phone=phone)]
        assert all(len(part.get("waypoints", [""])[0].split("|")) <= most for part in parts)
        # Each part begins where the one before ended, so that no stop is lost.
        through = [f"{lat:.6f},{lon:.6f}" for lat, lon in points]
        told = [parts[0]["origin"][0]]
        for part in parts:
            assert part["origin"][0] == told[-1]
            told += [*(part["waypoints"][0].split("|") if "waypoints" in part else []), part["destination"][0]]
        assert told == through


def test_nowhere_to_go_is_no_address() -> None:
    assert google_day([], phone=True) == []
    assert google_day([ASHEVILLE], phone=False) == []
