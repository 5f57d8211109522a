"""What organisations receive, and over which months: what the list of them and the page of one have in common."""

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from sqlalchemy import and_, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, group_destination_month
from liaison.metrics.counting import Question, asked_window
from liaison.metrics.filters import Filters
from liaison.metrics.parts import Part
from liaison.metrics.window import Window
from liaison.store import reading
from liaison.store.tables import organisation
from liaison.vocabulary import NONE, NetworkStatus, Vantage, month_text

Role = Literal["us", "out", "unknown"]
# The rollups that know organisations, the smaller first.
ROLLUPS = [group_destination_month, destination_month]
NOT_NAMED = "Not named"


@dataclass(frozen=True)
class Spans:
    """The months of a question: `window` asked for, `before` of the same length (None where the data begin later),
    `first` month of the data, `last` that is counted.
    """

    window: Window
    before: tuple[int, int] | None
    first: int
    last: int

    @property
    def half(self) -> int:
        """How many months are compared with as many before: 12, so that seasons are alike, else 6, else none."""
        return next((n for n in (12, 6) if self._whole - 2 * n + 1 >= self.first), 0)

    @property
    def halves(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The window's last complete year (or 6 months) and the one before; None where the data begin later."""
        end, n = self._whole, self.half
        return ((end - 2 * n + 1, end - n), (end - n + 1, end)) if n else None

    @property
    def _whole(self) -> int:
        """The last complete month."""
        return min(self.window.incomplete, default=self.window.last + 1) - 1

    def history(self, filters: Filters) -> Filters:
        """The same question over every month from the data's first to the window's last."""
        return replace(filters, first=month_text(self.first))


def spans(live: Live, viewer: Viewer, filters: Filters) -> Spans | None:
    """None where there are no referrals at all."""
    window = asked_window(Question(live, viewer, filters))
    every = asked_window(Question(live, viewer, Filters(source=filters.source)))
    if window is None or every is None:
        return None
    first = min(every.first, window.first)
    length = window.last - window.first + 1
    whole = window.first - length >= every.first
    before = (window.first - length, window.first - 1) if whole else None
    return Spans(window, before, first, max(window.last, first))


@dataclass(frozen=True)
class Named:
    """An organisation: ours receives, others take; `(none)` is the destination that no file names."""

    key: str
    label: str
    ours: bool

    @property
    def role(self) -> Role:
        return "us" if self.ours else "unknown" if self.key == NONE else "out"

    def received(self) -> Part:
        """Referrals that it received: in network for ours, out of network for others."""
        status = NetworkStatus.inside if self.ours else NetworkStatus.out
        return Part(
            "taken",
            f"went to {self.label}",
            lambda c: and_(c.organisation == self.key, c.status == status.value),
        )

    def otherwise(self) -> Part:
        """Referrals to it whose file says the opposite of what it is: in network at another's, out of it at ours."""
        status = NetworkStatus.out if self.ours else NetworkStatus.inside
        return Part(
            "otherwise",
            f"went to {self.label} against what it is",
            lambda c: and_(c.organisation == self.key, c.status == status.value),
        )


def our_ids(live: Live) -> frozenset[str]:
    """Ids of the organisations that are ours. A change of them is followed by a recount, and so by another version."""
    with reading(live.home.store) as connection:
        return frozenset(connection.scalars(select(organisation.c.organisation_id).where(organisation.c.ours)))


def named(live: Live, key: str) -> Named:
    """The organisation with this id; LiaisonError where these data do not know it."""
    label = NOT_NAMED if key == NONE else live.label_of.get(("organisation", key))
    if label is None:
        raise LiaisonError(
            f"No organisation is called {key}.",
            remedy="The command organisations lists the keys that can be given.",
        )
    return Named(key, label, key in our_ids(live))


def vantage_counted(counted: pd.DataFrame) -> str | None:
    """Ordered where there is any, else claims; what we only received says nothing of where else it could have gone."""
    there = set(counted["vantage"])
    return next((v.value for v in (Vantage.ordered, Vantage.claims) if v.value in there), None)
