"""Ways into the map that a person already uses. Nothing is fetched: an address is made, and opened by a click alone."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

Point = tuple[float, float]  # latitude, longitude

ON_PHONE, ELSEWHERE = 3, 9  # stops between start and end that one Google address may name


def google(to: Point) -> str:
    """From where one is."""
    return "https://www.google.com/maps/dir/?" + urlencode(
        {"api": "1", "destination": _at(to), "travelmode": "driving"}
    )


def apple(to: Point) -> str:
    return f"https://maps.apple.com/?daddr={quote(_at(to), safe=',')}&dirflg=d"


def waze(to: Point) -> str:
    return f"https://waze.com/ul?ll={quote(_at(to), safe=',')}&navigate=yes"


def google_day(points: Sequence[Point], *, phone: bool) -> list[str]:
    """The whole way through these points in order, in as many addresses as it takes."""
    most = (ON_PHONE if phone else ELSEWHERE) + 1
    parts = [points[first : first + most + 1] for first in range(0, max(len(points) - 1, 0), most)]
    return [_google_way(part) for part in parts if len(part) > 1]


def _google_way(points: Sequence[Point]) -> str:
    asked = {"api": "1", "origin": _at(points[0]), "destination": _at(points[-1])}
    if len(points) > 2:
        asked["waypoints"] = "|".join(_at(point) for point in points[1:-1])
    return "https://www.google.com/maps/dir/?" + urlencode({**asked, "travelmode": "driving"})


def _at(point: Point) -> str:
    return f"{point[0]:.6f},{point[1]:.6f}"
