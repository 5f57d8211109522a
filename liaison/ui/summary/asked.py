"""What the page reads beside the estimate: a year of referrals, practices that changed, the list of whom to see."""

from dataclasses import dataclass
from datetime import date, timedelta

from liaison.fieldwork.due import visits_since
from liaison.metrics.filters import Filters
from liaison.metrics.movements import movements
from liaison.models.stored.effects import EffectResult
from liaison.reports.summary import practices
from liaison.reports.summary.trends import YEAR
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, kept
from liaison.ui.clock import today
from liaison.ui.next_visits import asked
from liaison.ui.next_visits.asked import Newest, name_of
from liaison.ui.overview.asked import Overview, overview
from liaison.vocabulary import month_text


@dataclass(frozen=True)
class Plan:
    """`says`: the sentence; `fresh`: whether its list is of the data as they stand."""

    says: str
    fresh: bool


def year(of: EffectResult) -> Overview:
    """Volume and leakage of the last twelve whole months, with the year before."""
    return ask(overview, Filters(first=month_text(of.last - YEAR), last=month_text(of.last)))


def changes(now: Newest | None) -> practices.Changes:
    """Wins and risks by name."""
    return practices.changes(ask(movements, Filters()), () if now is None else asked.alerts(now), name_of)


def plan(now: Newest | None) -> Plan | None:
    """The first of the list, as many as the team visits in a quarter; None where no list has been made."""
    if now is None:
        return None

    def made() -> str:
        first = date.fromisoformat(today()) - timedelta(days=practices.QUARTER)
        with reading(homes.home().store) as connection:
            lately = sum(visits_since(connection, first.isoformat()).values())
        return practices.quarter(now.run, asked.visits(now, None).rows, lately, name_of)

    return Plan(kept().get(now.key("quarter", now.written, now.chosen), made), now.fresh)
