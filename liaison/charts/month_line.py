"""A line by month as a picture in the text: in a box on a scale that all boxes share, or in the size of a word."""

import itertools
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from liaison.charts.tokens import SMALL, Tokens, mix

WIDTH, HEIGHT, LOW, EDGE = 200, 56, 30, 3  # LOW: the height of a line in the size of a word
PLAIN = " =:/',;.-"  # two dozen of these stand on a page: what an attribute can hold as it is stays as it is
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
    few referrals; steps to and from them are pale.
    """
    if not any(v is not None for v in values):
        return ""
    at = [_place(i, v, len(values), top, HEIGHT) for i, v in enumerate(values)]
    few = list(small) or [False] * len(at)
    full, pale = t.role(role), mix(t.role(role), t.ground, SMALL)
    over = at[:-1] if last_open else at
    drawn = [_rule(y, t.line) for y in (EDGE, HEIGHT - EDGE)]
    drawn += [_run(points, pale if thin else full, HEIGHT) for points, thin in _runs(over, few)]
    drawn += _open_step(at, pale if few[-1] else full) if last_open else []
    drawn += [_dot(at[i], pale if few[i] else full) for i in sorted({len(over) - 1, *_alone(over)}) if i >= 0]
    return _uri(drawn, HEIGHT)


def spark(values: Sequence[float | None], role: str, t: Tokens, *, last_open: bool = False) -> str:
    """As `month_line`, in the size of a word and by itself: from zero, else noise looks like news; no rules, no dot."""
    known = [v for v in values if v is not None]
    if not known:
        return ""
    at = [_place(i, v, len(values), max(known) * 1.05, LOW) for i, v in enumerate(values)]
    over, ink = at[:-1] if last_open else at, t.role(role)
    drawn = [_run(points, ink, LOW) for points, _ in _runs(over, [False] * len(at))]
    drawn += _open_step(at, ink) if last_open else []
    return _uri([*drawn, *(_dot(at[i], ink) for i in _alone(over))], LOW)


def _uri(drawn: Sequence[str], height: int) -> str:
    box = f"xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' preserveAspectRatio='none'"
    svg = f"<svg {box}>{''.join(drawn)}</svg>"
    return f"data:image/svg+xml,{quote(svg, safe=PLAIN)}"


def _place(i: int, value: float | None, count: int, top: float, height: int) -> Point | None:
    if value is None:
        return None
    share = min(max(value, 0.0) / top, 1.0) if top > 0 else 0.0
    return i / max(count - 1, 1) * (WIDTH - 2 * EDGE) + EDGE, height - EDGE - share * (height - 2 * EDGE)


def _open_step(at: Sequence[Point | None], colour: str) -> list[str]:
    """The dotted step to the month that is not over."""
    if len(at) > 1 and (before := at[-2]) and (now := at[-1]):
        return [_line([before, now], colour, " stroke-dasharray='2 3'")]
    return []


def _runs(at: Sequence[Point | None], few: Sequence[bool]) -> Iterator[tuple[list[Point], bool]]:
    """Neighbouring months that are drawn in one go, and whether they are pale."""
    run: list[Point] = []
    pale = False
    for i, (first, last) in enumerate(itertools.pairwise(at)):
        if first is None or last is None or (run and pale != (few[i] or few[i + 1])):
            if run:
                yield run, pale
            run = []
        if first is not None and last is not None:
            pale = few[i] or few[i + 1]
            run = [*(run or [first]), last]
    if run:
        yield run, pale


def _alone(at: Sequence[Point | None]) -> list[int]:
    """Months without a neighbour: no line would show them."""
    return [i for i in range(len(at)) if at[i] and _gap(at, i - 1) and _gap(at, i + 1)]


def _gap(at: Sequence[Point | None], i: int) -> bool:
    return not 0 <= i < len(at) or at[i] is None


def _rule(y: float, colour: str) -> str:
    place = f"x1='0' x2='{WIDTH}' y1='{y}' y2='{y}'"
    return f"<line {place} stroke='{colour}' vector-effect='non-scaling-stroke'/>"


def _run(points: Sequence[Point], colour: str, height: int) -> str:
    floor = height - EDGE
    area = f"{points[0][0]:.0f},{floor} {_path(points)} {points[-1][0]:.0f},{floor}"
    return f"<polygon points='{area}' fill='{colour}' opacity='.13'/>{_line(points, colour)}"


def _line(points: Sequence[Point], colour: str, dash: str = "") -> str:
    return (
        f"<polyline points='{_path(points)}' fill='none' stroke='{colour}' stroke-width='1.8'{dash} "
        "vector-effect='non-scaling-stroke'/>"
    )


def _dot(at: Point | None, colour: str) -> str:
    """A line without length and with round ends: it stays round however the picture is stretched."""
    if at is None:
        return ""
    return (
        f"<path d='M{_path([at])}h0' stroke='{colour}' stroke-width='5' stroke-linecap='round' "
        "vector-effect='non-scaling-stroke'/>"
    )


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
