"""A line in the size of a word. It starts at zero: scaled to its data, noise looks like news."""

from collections.abc import Sequence
from urllib.parse import quote

WIDTH, HEIGHT, EDGE = 200, 30, 2


def spark(values: Sequence[float | None], colour: str, *, last_open: bool = False) -> str:
    """A data URI of an SVG line from zero, one point a value; None leaves a gap.

    `last_open`: the last value is of a month that is not over, and its step is dotted. Empty without values.
    """
    known = [v for v in values if v is not None]
    if not known:
        return ""
    at = _places(values, max(max(known) * 1.05, 1e-9))
    closed = at[:-1] if last_open else at
    parts = [_run(run, colour) for run in _runs(closed)]
    if last_open and len(at) > 1 and at[-1] and at[-2]:
        parts.append(_line([at[-2], at[-1]], colour, ' stroke-dasharray="2 3"'))
    body = "".join(parts)
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    svg = f"<svg {box}>{body}</svg>"
    return f"data:image/svg+xml,{quote(svg)}"


def _places(values: Sequence[float | None], top: float) -> list[tuple[float, float] | None]:
    last, floor = max(len(values) - 1, 1), HEIGHT - EDGE
    return [
        None if v is None else (i / last * (WIDTH - 2 * EDGE) + EDGE, floor - max(v, 0.0) / top * (floor - EDGE))
        for i, v in enumerate(values)
    ]


def _runs(at: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in at:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _run(run: list[tuple[float, float]], colour: str) -> str:
    if len(run) == 1:
        (x, y) = run[0]
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{colour}"/>'
    floor = HEIGHT - EDGE
    area = f"{run[0][0]:.1f},{floor} {_points(run)} {run[-1][0]:.1f},{floor}"
    return f'<polygon points="{area}" fill="{colour}" opacity=".13"/>{_line(run, colour)}'


def _line(run: Sequence[tuple[float, float]], colour: str, dash: str = "") -> str:
    return (
        f'<polyline points="{_points(run)}" fill="none" stroke="{colour}" stroke-width="1.8"{dash} '
        'vector-effect="non-scaling-stroke"/>'
    )


def _points(run: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
