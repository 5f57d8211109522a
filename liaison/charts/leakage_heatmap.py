"""Who loses what: rows and columns of a view (group x line, line x month ...), with totals and the unknown band."""

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, PAD, SIZE, WIDE, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import SMALL, Tokens, ink_on, mix, step
from liaison.charts.words import HIDDEN, HIDDEN_LONG, NOTHING, flagged, percent, records, told_apart, whole

ALL = "(all)"  # the key of a total, in rows and in lines
UNKNOWN = "(unknown)"  # the key of the band of unknown destinations
TOP = 0.7  # leakage from here up takes the darkest step
SMALL_N = 11
ROW_HEIGHT = 25
_BAND = "Unknown"
LONG_WORD = 12  # letters; longer ones do not fit over a column at 1280 px
_STEM = re.compile(
    "^(gastro|cardio|neuro|hepato|rheumato|otolaryngo|ophthalmo|electro|physio|anaesthesi|anesthesi)", re.I
)
_NARROW = 1060  # px that the cells have on a screen of 1280
_LETTER = 6.6  # px of a letter in a cell
_WORD = 48  # px that "Unknown" needs over the narrowest column
CROWDED = 11  # columns; more get smaller names
_NEVER = {"numerator": None, "denominator": None, "unknown": None, "value": None}
Counted = dict[tuple[str, str], dict[str, Any]]
_COLUMNS = ["row_key", "row", "line_key", "line", "state", "fill", "ink", "label", "says"]


@dataclass(frozen=True)
class _Look:
    state: str  # shown, small, hidden, total, none, unknown
    fill: str | None
    ink: str
    label: str
    says: str


@dataclass(frozen=True)
class Words:
    """What a view calls things. `went`: what the referrals of a cell did; `top`: the share that is drawn darkest.

    `ordered`: columns stand as the frame has them, instead of by what their totals lost.
    """

    row: str = "From"
    line: str = "Line"
    went: str = "went out of network"
    top: float = TOP
    ordered: bool = False


PLAIN = Words()


def leakage_heatmap_rows(cells: pd.DataFrame, t: Tokens, limit: int = 30, words: Words = PLAIN) -> pd.DataFrame:
    """Cells as they are drawn, rows and lines in drawing order: most referrals lost first, totals last.

    `cells`: row_key, row, line_key, line: str; numerator, denominator, unknown: counts, null where hidden;
    value: 0 to 1, null where hidden or where nothing was counted; suppressed: bool. A total has the key "(all)";
    the totals by row give the band of unknown destinations too. Rows after the first `limit` are left out.
    Gives row_key, row, line_key, line, state, fill, ink, label, says: no count of a hidden cell is among them.
    """
    counted = {(str(c["row_key"]), str(c["line_key"])): c for c in records(cells)}
    hidden = dict(zip(counted, flagged(cells, "suppressed"), strict=True))
    rows, lines = _ranked(counted, by_row=True, limit=limit), _ranked(counted, by_row=False, ordered=words.ordered)
    row_names = _names(rows, counted, by_row=True)
    line_names = _names(lines, counted, by_row=False) | {UNKNOWN: _BAND}
    room = int(_NARROW / (len(lines) + 1) / _LETTER)
    drawn = []
    for row in rows:
        for line in (*lines[:-1], UNKNOWN, ALL):
            counts = counted.get((row, ALL if line == UNKNOWN else line), _NEVER)
            cell = {**counts, "row_key": row, "line_key": line}
            cell["suppressed"] = hidden.get((row, ALL if line == UNKNOWN else line), False)
            place = {"row_key": row, "row": row_names[row], "line_key": line, "line": line_names[line]}
            drawn.append(place | _look(cell, t, words, room).__dict__)
    return pd.DataFrame(drawn, columns=_COLUMNS)


def _ranked(counted: Counted, *, by_row: bool, limit: int | None = None, ordered: bool = False) -> list[str]:
    """Keys of rows or of lines by the referrals that their totals lost, at most `limit`; the total of totals last."""
    lost: dict[str, float] = {}
    for (row, line), cell in counted.items():
        key, other = (row, line) if by_row else (line, row)
        if other == ALL and key != ALL:
            lost[key] = 0.0 if pd.isna(cell["numerator"]) else float(cell["numerator"])
    ranked = list(lost) if ordered else sorted(lost, key=lambda key: (-lost[key], key))
    return [*ranked[:limit], ALL]


def _names(keys: Sequence[str], counted: Counted, *, by_row: bool) -> dict[str, str]:
    """What each key is called; two that share a name carry their keys."""
    found = {(row if by_row else line): str(c["row" if by_row else "line"]) for (row, line), c in counted.items()}
    return told_apart([found[key] for key in keys], keys)


def _look(cell: dict[str, Any], t: Tokens, words: Words, room: int) -> _Look:
    """`room`: how many letters a cell holds on a screen of 1280 px."""
    if cell["line_key"] == UNKNOWN:
        return _band(cell, t)
    if cell["suppressed"]:
        return _hidden(t)
    if pd.isna(cell["value"]):
        return _Look("none", None, t.quiet, NOTHING, "no referral with a known destination")
    value, known = percent(cell["value"]), whole(cell["denominator"])
    says = f"{whole(cell['numerator'])} of {known} {words.went}, {value}"
    if ALL in (cell["row_key"], cell["line_key"]):
        return _Look("total", None, t.text, value, says)
    fill = step(t.leakage, cell["value"], words.top)
    if cell["denominator"] >= SMALL_N:
        return _Look("shown", fill, ink_on(fill), _fitting(room, value), says)
    pale = mix(fill, t.ground, SMALL)
    return _Look("small", pale, ink_on(pale), _fitting(room, f"{value} \u00b7 n {known}", f"n {known}"), says)


def _fitting(room: int, *labels: str) -> str:
    """The first of the labels that a cell holds; nothing where none fits, since the tooltip says it anyway."""
    return next((label for label in labels if len(label) <= room), "")


def _band(cell: dict[str, Any], t: Tokens) -> _Look:
    """The share of a row's referrals whose destination nobody recorded: grey, and in no leakage figure."""
    unknown, known = cell["unknown"], cell["denominator"]
    if pd.isna(unknown) or (cell["suppressed"] and pd.isna(known)):
        return _hidden(t)
    if unknown + known == 0:
        return _Look("none", None, t.quiet, NOTHING, "no referral")
    share = unknown / (unknown + known)
    fill = mix(t.raised, t.unknown, min(share, 1.0) * 0.6)
    return _Look("unknown", fill, ink_on(fill), percent(share), f"{whole(unknown)} of {whole(unknown + known)} unknown")


def _hidden(t: Tokens) -> _Look:
    return _Look("hidden", t.raised, t.quiet, HIDDEN, HIDDEN_LONG)


def leakage_heatmap(
    cells: pd.DataFrame, t: Tokens, *, first: tuple[str, str] | None = None, limit: int = 30, words: Words = PLAIN
) -> Picture:
    """Share lost by row and line, darker for more; `cells` as in `leakage_heatmap_rows`.

    A click puts the cell's row_key and line_key into the selection "cell"; `first` is picked from the start.
    Totals are bold words without a fill, a few referrals are pale with their n, a hidden cell is striped.
    """
    return heatmap(leakage_heatmap_rows(cells, t, limit, words), t, first, words)


def heatmap(rows: pd.DataFrame, t: Tokens, first: tuple[str, str] | None = None, words: Words = PLAIN) -> Picture:
    """Cells that are ready to be drawn: the rows of `leakage_heatmap_rows`, or of a map that words them otherwise."""
    row_names, line_names = rows["row"].unique().tolist(), rows["line"].unique().tolist()
    wide = int(_NARROW / max(len(line_names), 1))  # at 1280 px long names may not run into each other
    lines = _wrapped(line_names, min(12, int(wide / _LETTER)))
    most = max((len(words) for words in lines.values()), default=1)
    values: dict[Slot, Any] = {
        slot("rows"): row_names,
        slot("lines"): line_names,
        slot("last row"): _is(row_names),
        slot("last line"): _is(line_names),
        slot("words"): f"({json.dumps(lines)})[datum.value]",
        slot("row is"): words.row,
        slot("line is"): words.line,
        slot("row"): first[0] if first else "",
        slot("line"): first[1] if first else "",
        PAD: 8 + 14 * (most - 1),
        SIZE: 11 if len(line_names) > CROWDED else 12,
        WIDE: max(wide, _WORD),
        HEIGHT: ROW_HEIGHT * len(row_names),
    }
    return Picture(filled(_template(t, first is not None), values), rows)


def _is(names: Sequence[str]) -> str:
    """Vega's test for the last of the names."""
    return f"datum.value === {json.dumps(names[-1]) if names else 'null'}"


@lru_cache(maxsize=8)
def _template(t: Tokens, picked: bool) -> dict[str, Any]:
    start = [{"row_key": slot("row"), "line_key": slot("line")}] if picked else alt.Undefined
    pick = alt.selection_point(name="cell", fields=["row_key", "line_key"], on="click", empty=False, value=start)
    left = _axis(t, slot("last row"), labelPadding=10, labelLimit=230)
    above = _axis(
        t,
        slot("last line"),
        orient="top",
        labelAngle=0,
        labelPadding=PAD,
        labelExpr=slot("words"),
        labelFontSize=SIZE,
        labelLimit=WIDE,
    )
    base = alt.Chart(ROWS).encode(
        x=alt.X("line:N", title=None, axis=above).scale(domain=[slot("lines")], paddingInner=0.03),
        y=alt.Y("row:N", title=None, axis=left).scale(domain=[slot("rows")], paddingInner=0.08),
        tooltip=[
            alt.Tooltip("row:N", title=slot("row is")),
            alt.Tooltip("line:N", title=slot("line is")),
            alt.Tooltip("says:N", title="Count"),
        ],
    )
    return finish(_layers(base, t, pick), t, HEIGHT)


def _axis(t: Tokens, last: str, **more: Any) -> alt.Axis:
    """Names along a side; the last one is the total, in bold."""
    weight = alt.condition(last, alt.value(600), alt.value(400))
    return alt.Axis(labelColor=t.text, labelFontWeight=weight, labelOverlap=False, **more)


def _parted(name: str) -> str:
    """A name whose long words may be broken after their stem: 'Gastro-enterology'."""
    return " ".join(_STEM.sub(r"\1-", word) if len(word) > LONG_WORD else word for word in name.split())


def _wrapped(names: Sequence[str], width: int) -> dict[str, list[str]]:
    """Names broken at spaces, at most `width` letters a line.

    Vega lets lines grow downwards, so shorter names get empty lines first.
    """
    lines = {name: textwrap.wrap(_parted(name), width, break_long_words=False)[:3] or [name] for name in names}
    most = max((len(words) for words in lines.values()), default=1)
    return {name: [""] * (most - len(words)) + words for name, words in lines.items()}


def _layers(base: alt.Chart, t: Tokens, pick: alt.Parameter) -> list[alt.Chart]:
    ring = {
        "stroke": alt.condition(pick, alt.value(t.text), alt.value("transparent")),
        "strokeWidth": alt.condition(pick, alt.value(3), alt.value(0)),
    }
    fill = alt.Color("fill:N", scale=None)
    clear = base.transform_filter("datum.fill == null").mark_rect(cornerRadius=2, fill="transparent", cursor="pointer")
    filled = base.transform_filter("datum.fill != null").mark_rect(cornerRadius=2, cursor="pointer")
    # A stripe that every renderer draws twice alike: one thick, finely dashed rule across the band.
    stripes = (
        base.transform_filter("datum.state == 'hidden'")
        .mark_rule(aria=False, strokeWidth=21, strokeDash=[1.2, 4.8], color=mix(t.line, t.quiet, 0.12))
        .encode(x=alt.X("line:N", bandPosition=0), x2=alt.X2("line:N", bandPosition=1))
    )
    dots = (
        base.transform_filter("datum.state == 'unknown'")
        .mark_rule(aria=False, strokeWidth=2, strokeDash=[2, 3], color=t.unknown)
        .encode(
            x=alt.X("line:N", bandPosition=0.04),
            x2=alt.X2("line:N", bandPosition=0.96),
            y=alt.Y("row:N", bandPosition=0.94),
        )
    )
    words = base.mark_text(aria=False, fontSize=12.5, cursor="pointer").encode(
        text="label:N", color=alt.Color("ink:N", scale=None)
    )
    plain = words.transform_filter("datum.state != 'total'")
    bold = base.transform_filter("datum.state == 'total'").mark_text(
        aria=False, fontSize=12.5, fontWeight=600, cursor="pointer"
    )
    return [
        clear.encode(**ring),
        filled.encode(color=fill, **ring).add_params(pick),
        stripes,
        dots,
        plain,
        bold.encode(text="label:N"),
    ]


def worst_cells(cells: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """The cells that lose most referrals, largest first: the heat map for a phone.

    Columns as in `cells`; totals, hidden cells and cells that lost nothing are left out.
    """
    hidden = flagged(cells, "suppressed").tolist()
    rows = zip(cells["row_key"], cells["line_key"], cells["numerator"], cells["denominator"], hidden, strict=True)
    lost = [
        (-out, known, row, place)
        for place, (row, line, out, known, gone) in enumerate(rows)
        if ALL not in (row, line) and not gone and pd.notna(out) and out > 0
    ]
    return cells.iloc[[place for *_, place in sorted(lost)[:count]]]
