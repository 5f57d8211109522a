"""Problems drawn at random, of every kind that the format can say, odd ones more often than life has them."""

from typing import Any

import numpy as np

Json = dict[str, Any]
DATES = ("2026-03-02", "2026-03-03", "2026-03-04")
LIAISONS = ("ann", "bob", "cyd")


def drawn(seed: int, stops: int, days: int) -> Json:
    """A bare problem; the same for the same numbers."""
    draw = np.random.default_rng([seed, stops, days])
    places = int(draw.integers(2, 2 + max(stops, 2)))
    asked = [{"date": d, "liaison": who} for d in DATES for who in LIAISONS]
    picked = sorted(draw.choice(len(asked), days, replace=False).tolist())
    return {
        "minutes": _minutes(draw, places),
        "stops": [_stop(draw, number, places) for number in range(stops)],
        "days": [{**asked[number], **_hours(draw, places)} for number in picked],
    }


def _minutes(draw: np.random.Generator, places: int) -> list[list[float]]:
    """Straight lines, or times of no geometry at all, where a detour may be quicker than the direct way."""
    if draw.random() < 0.5:
        spots = draw.uniform(0, 60, (places, 2))
        across, along = (spots[:, None] - spots[None, :]).transpose(2, 0, 1)
        minutes = np.hypot(across, along)
    else:
        minutes = draw.uniform(0, 90, (places, places)) * (1 - np.eye(places))
    digits = int(draw.integers(0, 3))
    return [[round(float(cell), digits) for cell in row] for row in minutes]


def _windows(draw: np.random.Generator) -> list[list[float]]:
    found = []
    for _ in range(int(draw.integers(0, 4))):
        opens = round(float(draw.uniform(380, 1000)), 2)
        found.append([opens, round(opens + float(draw.choice([0, 5, 60, 300])), 2)])
    return found


def _stop(draw: np.random.Generator, number: int, places: int) -> Json:
    stop: Json = {
        "id": f"s{number}",
        "place": int(draw.integers(0, places)),
        "value": float(draw.choice([0, 1, 2.5, 10, round(float(draw.uniform(0, 30)), 3)])),
        "service": float(draw.choice([0, 10, 20.25, 45])),
    }
    kind = draw.random()
    if kind < 0.6:
        stop["windows"] = _windows(draw)
    elif kind < 0.8:
        stop["windows"] = {str(d): _windows(draw) for d in draw.choice(DATES, 2, replace=False)}
    if draw.random() < 0.15:
        stop["required"] = True
    if draw.random() < 0.2:
        stop["liaisons"] = draw.choice(LIAISONS, int(draw.integers(1, 3)), replace=False).tolist()
    if draw.random() < 0.2:
        stop["days"] = draw.choice(DATES, int(draw.integers(1, 3)), replace=False).tolist()
    if draw.random() < 0.3:
        stop["practice"] = f"p{draw.integers(0, 3)}"
    return stop


def _hours(draw: np.random.Generator, places: int) -> Json:
    begins = round(float(draw.uniform(400, 560)), 2)
    ends = round(begins + float(draw.choice([30, 240, 540])), 2)
    start = int(draw.integers(0, places))
    hours: Json = {"start": start, "end": start, "from": begins, "to": ends}
    if draw.random() < 0.3:
        hours["end"] = int(draw.integers(0, places))
    if draw.random() < 0.6:
        opens = round(float(draw.uniform(begins - 40, ends + 20)), 2)
        hours["pause"] = [max(0.0, opens), max(0.0, round(opens + float(draw.choice([0, 30, 60])), 2))]
    if draw.random() < 0.3:
        hours["max_driving"] = float(draw.choice([20, 90, 200]))
    return hours
