"""What each practice lost, month by month: the small lines of a table, without a figure for every point."""

import numpy as np
import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.counting import Question, count
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import Sums, broken_down, leakage, seen_of, statement
from liaison.metrics.parts import out_of_network
from liaison.vocabulary import Audience

Lost = dict[str, dict[int, int]]  # practice -> month id -> referrals that went out of network


def practices_by_month(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> tuple[Breakdown, Lost]:
    """Leakage by practice, and what each lost month by month: counted once for both.

    Months are empty for an audience that small numbers are hidden from: nearly every point would be one.
    """
    if audience is not Audience.inside:
        return leakage(live, viewer, audience, filters, "practice"), {}
    question = Question(live, viewer, filters)
    counted = count(question, lambda source: statement(source, ("practice", "month_id")), [practice_month])
    seen = seen_of(over_months(counted, "practice"), ("practice",))
    lost: Lost = {}
    held = counted[(counted["vantage"] == seen.vantage) & (counted[out_of_network.name] > 0)]
    columns = (held[name].tolist() for name in ("practice", "month_id", out_of_network.name))
    for practice, month, out in zip(*columns, strict=True):
        lost.setdefault(practice, {})[month] = out
    return broken_down(question, ("practice",), seen, audience), lost


def over_months(counted: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows by `key`, month and vantage added up to rows by `key` and vantage: a group-by for a tenth of its time."""
    keys, names = pd.factorize(counted[key])
    vantages, seen_from = pd.factorize(counted["vantage"])
    places, pairs = pd.factorize(keys * max(len(seen_from), 1) + vantages)
    sums = {m: np.bincount(places, counted[m], len(pairs)).astype("int64") for m in Sums._fields}
    newest = np.zeros(len(pairs), "int64")
    np.maximum.at(newest, places, counted["newest"].to_numpy())
    at, of = np.divmod(pairs, max(len(seen_from), 1))
    return pd.DataFrame({key: names[at], "vantage": seen_from[of], **sums, "newest": newest})
