"""From whom an organisation receives which service line: practice group x line, the share of what could have gone."""

from dataclasses import replace

import pandas as pd

from liaison.charts.leakage_heatmap import ALL, SMALL_N, Words, heatmap, leakage_heatmap_rows
from liaison.charts.theme import Picture
from liaison.charts.tokens import Tokens

LEAST_TOP = 0.05  # the darkest step stands for this share at least: a map of 1% and 2% is no alarm


def taken_heatmap_rows(cells: pd.DataFrame, t: Tokens, *, name: str, ours: bool, limit: int = 30) -> pd.DataFrame:
    """Cells as they are drawn; columns in and out as in `leakage_heatmap_rows`, worded for the organisation `name`.

    The ramp goes from nothing to the largest share of a cell of at least 11 referrals: what we receive in blue, what
    another takes in orange.
    """
    ramp = replace(t, leakage=t.volume) if ours else t
    return leakage_heatmap_rows(cells, ramp, limit, _words(cells, name))


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
    rows = taken_heatmap_rows(cells, t, name=name, ours=ours, limit=limit)
    return heatmap(rows, t, first, _words(cells, name))


def _words(cells: pd.DataFrame, name: str) -> Words:
    inner = cells[(cells["row_key"] != ALL) & (cells["line_key"] != ALL) & (cells["denominator"] >= SMALL_N)]
    top = inner["value"].max() if len(inner) else 0.0
    return Words(went=f"went to {name}", top=max(float(top), LEAST_TOP))
