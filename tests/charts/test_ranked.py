"""Ranked bars: what a bar is called, and which one is picked from the start."""

import json

import pandas as pd

from liaison.charts.cause_bars import cause_bars
from liaison.charts.flows import flows
from liaison.charts.tokens import DARK, LIGHT


def bars() -> pd.DataFrame:
    rows = [("north", "Northgate", 30, 0.75, 40, False), ("lake", "Lakeside", 10, 0.25, 40, False)]
    return pd.DataFrame(rows, columns=["key", "label", "numerator", "value", "denominator", "suppressed"])


def test_a_destination_that_was_picked_is_ringed_from_the_start() -> None:
    (param,) = flows(bars(), LIGHT, first="lake").spec()["params"]
    assert param["value"] == [{"key": "lake"}]
    (param,) = flows(bars(), LIGHT).spec()["params"]
    assert "value" not in param


def test_a_tooltip_says_what_a_bar_stands_for() -> None:
    assert '"title": "To"' in json.dumps(flows(bars(), DARK).spec())
    assert '"title": "Reason"' in json.dumps(cause_bars(bars(), DARK).spec())
