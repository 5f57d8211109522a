"""Why referrals leave: recorded causes by referrals lost, largest first."""

import pandas as pd

from liaison.charts.ranked import ranked_bars, ranked_rows
from liaison.charts.theme import Picture
from liaison.charts.tokens import Tokens


def cause_rows(causes: pd.DataFrame, t: Tokens, limit: int = 10) -> pd.DataFrame:
    """Causes as bars; columns as in `ranked_rows`."""
    return ranked_rows(causes, t, blank="Not recorded", limit=limit)


def cause_bars(frame: pd.DataFrame, t: Tokens, *, limit: int = 10) -> Picture:
    """Referrals lost by cause; those without a recorded cause are a grey bar at the end, never left out."""
    return ranked_bars(cause_rows(frame, t, limit), t, title="Reason")
