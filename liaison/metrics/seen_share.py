"""Of the referrals that came to us, how many were seen: by practice and service line, where it could have become known.

A scan of all referrals of a year: for the worker that makes the list, not for a page.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import BigInteger, Select, case, cast, func, select

from liaison.access import Viewer, within_scope
from liaison.facts.live import Live
from liaison.facts.rollups import resolved
from liaison.metrics.stages import reached
from liaison.vocabulary import NONE, NetworkStatus, Stage, Vantage

Numbers = npt.NDArray[np.float64]
YEAR, RIPE = 12, 6  # months looked at; months that must have passed, since many are seen late
BEST_FIRST = (Vantage.ordered.value, Vantage.claims.value, Vantage.received.value)


@dataclass(frozen=True)
class SeenShare:
    """(practice, line) counts over the months `first` to `last` (month ids): referrals to us, and those seen of them.

    Seen: a seen date or a later one is on record. A practice is counted from one vantage: ordered, else claims, else
    received.
    """

    first: int
    last: int
    sent: Numbers
    seen: Numbers


def seen_share(
    live: Live, viewer: Viewer, practices: tuple[str, ...], lines: tuple[str, ...], newest: int
) -> SeenShare:
    """The year that ended half a year before `newest` (month id), in the order of `practices` and `lines`."""
    first, last = newest - RIPE - YEAR + 1, newest - RIPE
    rows = live.frame(within_scope(_statement(first, last), viewer, resolved.c.territory))
    sent, seen = np.zeros((len(practices), len(lines))), np.zeros((len(practices), len(lines)))
    place = pd.Index(practices).get_indexer(pd.Index(rows["practice"]))
    line = pd.Index(lines).get_indexer(pd.Index(rows["line"]))
    rank = rows["vantage"].map({name: at for at, name in enumerate(BEST_FIRST)}).to_numpy(dtype=int)
    best = np.full(len(practices), len(BEST_FIRST))
    known = place >= 0
    np.minimum.at(best, place[known], rank[known])
    counted = known & (line >= 0) & (rank == best[place])
    for held, name in ((sent, "sent"), (seen, "seen")):
        np.add.at(held, (place[counted], line[counted]), rows[name].to_numpy(dtype=float)[counted])
    return SeenShare(first, last, sent, seen)


def _statement(first: int, last: int) -> Select[Any]:
    c = resolved.c
    ours = (c.status == NetworkStatus.inside.value) | (
        (c.vantage == Vantage.received.value) & (c.status != NetworkStatus.out.value)
    )
    keys = [c.practice, c.line, c.vantage]
    seen = cast(func.sum(case((reached(Stage.seen), 1), else_=0)), BigInteger)
    counts = [cast(func.count(), BigInteger).label("sent"), seen.label("seen")]
    wanted = select(*keys, *counts).where(c.month_id.between(first, last), ours, c.practice != NONE)
    return wanted.group_by(*keys)
