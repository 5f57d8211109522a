"""From whom an organisation receives which service line: practice group x line, the share of what could have gone."""

from typing import Any

import pandas as pd

from liaison.charts.leakage_heatmap import ALL, SMALL_N, UNKNOWN, heatmap, leakage_heatmap_rows
from liaison.charts.theme import Picture
from liaison.charts.tokens import SMALL, Tokens, ink_on, mix, step
from liaison.charts.words import percent, records, whole

LEAST_TOP = 0.05  # the darkest step stands for this share at least: a map of 1% and 2% is no alarm


def taken_heatmap_rows(cells: pd.DataFrame, t: Tokens, *, name: str, ours: bool, limit: int = 30) -> pd.DataFrame:
    """Cells as they are drawn; columns in and out as in `leakage_heatmap_rows`, worded for the organisation `name`.

    The colour is a ramp from nothing to the largest share of a cell of at least 11 referrals: what we receive in blue,
    what another takes in orange.
    """
    rows = leakage_heatmap_rows(cells, t, limit)
    counted = {(str(c["row_key"]), str(c["line_key"])): c for c in records(cells)}
    ramp = t.volume if ours else t.leakage
    top = max((c["value"] for c in counted.values() if _inner(c)), default=0.0)
    drawn = [_worded(r, counted, ramp, max(top, LEAST_TOP), t, name) for r in records(rows)]
    return pd.DataFrame(drawn, columns=rows.columns)


def _inner(cell: dict[str, Any]) -> bool:
    enough = pd.notna(cell["denominator"]) and cell["denominator"] >= SMALL_N and pd.notna(cell["value"])
    return bool(enough and ALL not in (cell["row_key"], cell["line_key"]))


def _worded(
    row: dict[str, Any],
    counted: dict[tuple[str, str], dict[str, Any]],
    ramp: tuple[str, ...],
    top: float,
    t: Tokens,
    name: str,
) -> dict[str, Any]:
    if row["state"] not in ("shown", "small", "total") or row["line_key"] == UNKNOWN:
        return row
    cell = counted[row["row_key"], row["line_key"]]
    says = f"{whole(cell['numerator'])} of {whole(cell['denominator'])} went to {name}, {percent(cell['value'])}"
    if row["state"] == "total":
        return row | {"says": says}
    fill = step(ramp, cell["value"], top)
    fill = mix(fill, t.ground, SMALL) if row["state"] == "small" else fill
    return row | {"says": says, "fill": fill, "ink": ink_on(fill)}


def taken_heatmap(
    cells: pd.DataFrame,
    t: Tokens,
    *,
    name: str,
    ours: bool,
    first: tuple[str, str] | None = None,
    limit: int = 30,
) -> Picture:
    """A click puts the cell's row_key and line_key into the selection "cell"; `first` is picked from the start."""
    return heatmap(taken_heatmap_rows(cells, t, name=name, ours=ours, limit=limit), t, first)
