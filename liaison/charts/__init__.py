"""A chart a file: a frame in, a picture out. Nothing here asks for data or knows the screen."""

from liaison.charts.cause_bars import cause_bars
from liaison.charts.feeds import feeds_by_month
from liaison.charts.flows import flows
from liaison.charts.leakage_heatmap import leakage_heatmap
from liaison.charts.stage_bars import stage_bars
from liaison.charts.theme import Picture
from liaison.charts.trend import trend

__all__ = [
    "Picture",
    "cause_bars",
    "feeds_by_month",
    "flows",
    "leakage_heatmap",
    "stage_bars",
    "trend",
]
