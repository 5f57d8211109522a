"""A town small enough to be timed by hand: the office, and three practices around it."""

from typing import Any

DAY = {"date": "2026-03-02", "liaison": "ann", "start": 0, "end": 0, "from": 480, "to": 1020, "pause": [720, 750]}
MINUTES = [
    [0, 10, 20, 30],
    [10, 0, 15, 25],
    [20, 15, 0, 12.5],
    [30, 25, 12.5, 0],
]


def stop(known: str, place: int, value: float = 1, service: float = 30, **more: Any) -> dict[str, Any]:
    return {"id": known, "place": place, "value": value, "service": service, **more}


def town(*stops: dict[str, Any], days: tuple[dict[str, Any], ...] = (DAY,)) -> dict[str, Any]:
    """A bare problem over these places."""
    return {"minutes": MINUTES, "stops": list(stops), "days": list(days)}
