"""What a practice sent to a specialist before and after they met: a description with its days, never what it caused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import Select, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.columns import referral
from liaison.facts.live import Live
from liaison.facts.rollups import resolved
from liaison.facts.supersede import is_current
from liaison.metrics.filters import Filters, restricted
from liaison.metrics.stuck import now_asked
from liaison.metrics.window import EPOCH
from liaison.vocabulary import Audience

DAYS = 180  # on either side


@dataclass(frozen=True)
class Pair:
    """Who met: a practice with a specialist (NPI), or where none is named with an organisation, on an ISO day."""

    key: str
    practice_id: str
    specialist_npi: str | None
    organisation_id: str | None
    met_on: str


class Met(Protocol):
    """An introduction, as it is on record."""

    @property
    def key(self) -> str: ...
    @property
    def practice_id(self) -> str | None: ...
    @property
    def specialist_npi(self) -> str | None: ...
    @property
    def organisation_id(self) -> str | None: ...
    @property
    def met_on(self) -> str | None: ...


def pairs_of(found: Iterable[Met]) -> tuple[Pair, ...]:
    """Those whose referrals can be looked up: a practice that met somebody."""
    return tuple(
        Pair(one.key, one.practice_id, one.specialist_npi, one.organisation_id, one.met_on)
        for one in found
        if one.practice_id and one.met_on
    )


@dataclass(frozen=True)
class Followed:
    """Referrals created in so many days before and after; `days_after` reach no further than the extract."""

    before: int
    after: int
    days_before: int
    days_after: int

    @property
    def says(self) -> str:
        """'3 in 180 days before, 7 in 120 days after'."""
        if self.days_after <= 0:
            return f"{self.before:,} in {self.days_before} days before; no extract reaches past the day yet"
        return f"{self.before:,} in {self.days_before} days before, {self.after:,} in {self.days_after} days after"


def followed(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, pairs: tuple[Pair, ...]
) -> dict[str, Followed]:
    """Key -> referrals before and after. Raises LiaisonError for an audience outside the team."""
    if audience is not Audience.inside:
        raise LiaisonError("Single practices are shown inside the team only.", remedy="Ask for figures of the market.")
    if not pairs or live.empty:
        return {}
    rows = _rows(live, viewer, filters, pairs)
    newest, first = (None, None) if rows.empty else (int(rows["as_of"].max()), int(rows["created_day"].min()))
    return {pair.key: _count(pair, rows, first, newest) for pair in pairs}


def _rows(live: Live, viewer: Viewer, filters: Filters, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Every referral of these practices, with the organisation and the specialist it went to."""
    asked = now_asked(live, viewer, filters)
    names = ("source", "referral_id", "practice", "organisation", "created_day", "as_of")
    places = sorted({pair.practice_id for pair in pairs})
    every: Select[Any] = select(*(resolved.c[name] for name in names)).where(resolved.c.practice.in_(places))
    here = live.frame(restricted(every, resolved, asked.filters, viewer, asked.complete))
    wanted = sorted({pair.specialist_npi for pair in pairs if pair.specialist_npi})
    if not wanted:
        return here.assign(referred_to_npi=None)
    r = referral.c
    named = select(r.source, r.referral_id, r.referred_to_npi).where(
        r.referred_to_npi.in_(wanted), is_current(referral)
    )
    with live.facts_lock:
        to = live.facts.frame(named)
    return here.merge(to, on=["source", "referral_id"], how="left")


def _count(pair: Pair, rows: pd.DataFrame, first: int | None, newest: int | None) -> Followed:
    met = (date.fromisoformat(pair.met_on) - EPOCH).days
    if newest is None or first is None:
        return Followed(0, 0, 0, 0)
    theirs = rows[rows["practice"] == pair.practice_id]
    to = "referred_to_npi" if pair.specialist_npi else "organisation"
    days = theirs.loc[theirs[to] == (pair.specialist_npi or pair.organisation_id), "created_day"] - met
    back, on = max(min(DAYS, met - first), 0), max(min(DAYS, newest - met), 0)
    before, after = ((days < 0) & (days >= -back)).sum(), ((days >= 0) & (days < on)).sum()
    return Followed(int(before), int(after), back, on)
