"""Where referrals go: destinations by referrals, largest first."""

import pandas as pd

from liaison.charts.ranked import ranked_bars, ranked_rows
from liaison.charts.theme import Picture
from liaison.charts.tokens import Tokens


def flows_rows(flows: pd.DataFrame, t: Tokens, limit: int = 10) -> pd.DataFrame:
    """Destinations as bars; columns as in `ranked_rows`, with role "us" for our own organisation."""
    return ranked_rows(flows, t, blank="Not named", limit=limit)


def flows(frame: pd.DataFrame, t: Tokens, *, limit: int = 10, first: str | None = None, names: int = 190) -> Picture:
    """Referrals by destination organisation: ours blue, others orange, unnamed grey; `first` begins picked.

    `names`: px for what stands before the bars.
    """
    return ranked_bars(flows_rows(frame, t, limit), t, title="To", first=first, room=names)
