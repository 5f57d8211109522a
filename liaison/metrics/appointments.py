"""How many are seen, by how long they were to wait for their appointment: an association, not a cause."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, Select, and_, case, cast, func, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.rollups import resolved
from liaison.metrics.counting import Question, asked_window, vintage_of
from liaison.metrics.definitions.appointments import seen_by_wait as definition
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters, restricted
from liaison.metrics.intervals import share_interval
from liaison.metrics.stages import left_the_network
from liaison.metrics.window import Window
from liaison.vocabulary import Audience

BANDS: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 14), (15, 30), (31, 60), (61, 90), (91, None))


@dataclass(frozen=True)
class Band:
    """Appointments `first` to `last` days after scheduling (None: and more); the figure is seen of those."""

    first: int
    last: int | None
    figure: Figure

    @property
    def label(self) -> str:
        return f"{self.first} days or more" if self.last is None else f"{self.first} to {self.last} days"

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"from_days": self.first, "to_days": self.last, "seen": self.figure.numerator}
        found |= {"appointments": self.figure.denominator, "share": self.figure.value}
        return found | {"low": self.figure.low, "high": self.figure.high}


@dataclass(frozen=True)
class Appointments:
    """Bands in order, all of them; shares are null below `small_n` appointments."""

    bands: tuple[Band, ...]
    total: Figure
    window: Window | None
    vintage: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            **papers_as_json(self.window, self.vintage, self.total.coverage),
            "association": "Not a cause: patients with late dates differ from those with early ones.",
            "bands": [band.as_json() for band in self.bands],
        }

    def frame(self) -> pd.DataFrame:
        """label: str; seen, appointments: int; share, low, high: 0 to 1, null where too few."""
        rows = [{"label": band.label, **band.as_json()} for band in self.bands]
        return pd.DataFrame(rows)[["label", "seen", "appointments", "share", "low", "high"]]


def appointments(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Appointments:
    """Seen of the appointments that have passed, in bands of days; over the referrals themselves."""
    if audience is not Audience.inside:
        raise LiaisonError(
            "Appointments by days are shown inside the team only.", remedy="Ask for the funnel, which may leave it."
        )
    question = Question(live, viewer, filters)
    statement = restricted(_by_band(), resolved, question.filters, viewer, question.complete)
    counted = live.frame(statement)
    window, vintage, enough = asked_window(question), vintage_of(counted), live.home.settings.small_n
    of = {int(b): (int(s), int(n)) for b, s, n in counted[["band", "seen", "rows"]].itertuples(index=False)}
    every, timed = sum(n for _, n in of.values()), [pair for band, pair in of.items() if band >= 0]

    def figure(seen: int, every: int, coverage: Coverage | None = None) -> Figure:
        found = share_interval(seen, every) if every >= enough else None
        value, low, high = (found.value, found.low, found.high) if found else (None, None, None)
        name = definition.name
        return Figure(name, value, Unit.share, window, seen, every, coverage, vintage, low, high)

    bands = tuple(Band(first, last, figure(*of.get(i, (0, 0)))) for i, (first, last) in enumerate(BANDS))
    seen, passed = sum(s for s, _ in timed), sum(n for _, n in timed)
    total = figure(seen, passed, Coverage(passed, every, "Days to the appointment known"))
    return Appointments(bands, total, window, vintage)


def _by_band() -> Select[Any]:
    """band (place in BANDS; -1: days not known), seen, rows, newest: of appointments that have passed."""
    c = resolved.c
    days = c.appointment_day - c.scheduled_day
    places = [(and_(days >= first, days <= (last or 10**6)), i) for i, (first, last) in enumerate(BANDS)]
    band = case(*places, else_=-1).label("band")
    seen = cast(func.sum(case((c.seen_day.is_not(None), 1), else_=0)), BigInteger).label("seen")
    passed = and_(c.appointment_day < c.as_of, ~left_the_network())
    measures: list[Any] = [seen, func.count().label("rows"), func.max(c.as_of).label("newest")]
    return select(band, *measures).where(passed).group_by(band)
