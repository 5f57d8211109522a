"""One box of small multiples: a figure by month on a scale that all boxes share."""

from collections.abc import Sequence
from urllib.parse import quote

from liaison.charts.tokens import SMALL, Tokens, mix

WIDTH, HEIGHT, EDGE = 200, 56, 3
Point = tuple[float, float]


def month_line(
    values: Sequence[float | None],
    role: str,
    t: Tokens,
    *,
    top: float,
    last_open: bool = False,
    small: Sequence[bool] = (),
) -> str:
    """A data URI of an SVG line from zero to `top`, one point a month; None leaves a gap. Empty without values.

    `last_open`: the last month is not over, its step is dotted, and the one before carries the dot. `small`: months of
    few referrals, pale.
    """
    if not any(v is not None for v in values):
        return ""
    at = [_place(i, v, len(values), top) for i, v in enumerate(values)]
    pale = list(small) or [False] * len(at)
    colour = t.role(role)
    steps = []
    for i in range(1, len(at)):
        first, last = at[i - 1], at[i]
        if first is None or last is None:
            continue
        open_ = last_open and i == len(at) - 1
        ink = mix(colour, t.ground, SMALL) if pale[i - 1] or pale[i] else colour
        steps.append(("" if open_ else _area(first, last, ink)) + _step(first, last, ink, dotted=open_))
    lines = "".join(_rule(y, t.line) for y in (EDGE, HEIGHT - EDGE))
    dots = "".join(_dot(p, mix(colour, t.ground, SMALL) if pale[i] else colour) for i, p in _dots(at, last_open))
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    drawn = lines + "".join(steps) + dots
    return f"data:image/svg+xml,{quote(f'<svg {box}>{drawn}</svg>')}"


def _place(i: int, value: float | None, count: int, top: float) -> Point | None:
    if value is None:
        return None
    high = HEIGHT - 2 * EDGE
    share = min(max(value, 0.0) / top, 1.0) if top > 0 else 0.0
    return i / max(count - 1, 1) * (WIDTH - 2 * EDGE) + EDGE, HEIGHT - EDGE - share * high


def _dots(at: Sequence[Point | None], last_open: bool) -> list[tuple[int, Point]]:
    """The last month that is over, and months that stand alone."""
    end = len(at) - 2 if last_open and len(at) > 1 else len(at) - 1
    alone = [i for i in range(len(at)) if _gap(at, i - 1) and _gap(at, i + 1)]
    return [(i, p) for i in sorted({end, *alone}) if (p := at[i]) is not None]


def _gap(at: Sequence[Point | None], i: int) -> bool:
    return not 0 <= i < len(at) or at[i] is None


def _rule(y: float, colour: str) -> str:
    place = f'x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"'
    return f'<line {place} stroke="{colour}" stroke-width="1" vector-effect="non-scaling-stroke"/>'


def _area(first: Point, last: Point, colour: str) -> str:
    floor = HEIGHT - EDGE
    corners = f"{first[0]:.1f},{floor} {_point(first)} {_point(last)} {last[0]:.1f},{floor}"
    return f'<polygon points="{corners}" fill="{colour}" opacity=".13"/>'


def _step(first: Point, last: Point, colour: str, *, dotted: bool) -> str:
    dash = ' stroke-dasharray="2 3"' if dotted else ""
    return (
        f'<polyline points="{_point(first)} {_point(last)}" fill="none" stroke="{colour}" stroke-width="1.8"{dash} '
        'stroke-linecap="round" vector-effect="non-scaling-stroke"/>'
    )


def _dot(at: Point, colour: str) -> str:
    """A line without length and with round ends: it stays round however the picture is stretched."""
    return (
        f'<path d="M{_point(at)}h0" stroke="{colour}" stroke-width="5" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/>'
    )


def _point(at: Point) -> str:
    return f"{at[0]:.1f},{at[1]:.1f}"
