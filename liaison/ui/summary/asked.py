"""What the page reads beside the estimate: a year of referrals, practices that changed, the next quarter."""

from datetime import date, timedelta

from liaison.fieldwork.due import visits_since
from liaison.fieldwork.one_practice import stamp
from liaison.metrics.filters import Filters
from liaison.metrics.movements import movements
from liaison.models.stored.effects import EffectResult
from liaison.planning.quarter import LATELY, next_quarter, plans_stamp
from liaison.reports.summary import practices
from liaison.reports.summary import quarter as words
from liaison.reports.summary.quarter import Plan
from liaison.reports.summary.trends import YEAR
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, kept
from liaison.ui.clock import today
from liaison.ui.effect.asked import Found
from liaison.ui.next_visits import asked
from liaison.ui.next_visits.asked import Newest, name_of
from liaison.ui.overview.asked import Overview, overview
from liaison.ui.staffing import goals
from liaison.vocabulary import Audience, month_text


def year(of: EffectResult) -> Overview:
    """Volume and leakage of the last twelve whole months, with the year before."""
    return ask(overview, Filters(first=month_text(of.last - YEAR), last=month_text(of.last)))


def changes(now: Newest | None) -> practices.Changes:
    """Wins and risks by name."""
    return practices.changes(ask(movements, Filters()), () if now is None else asked.alerts(now), name_of)


def listed(now: Newest | None) -> str | None:
    """The first of the list, as many as the team visits in a quarter; None where no list has been made."""
    if now is None:
        return None

    def made() -> str:
        first = date.fromisoformat(today()) - timedelta(days=LATELY)
        with reading(homes.home().store) as connection:
            lately = sum(visits_since(connection, first.isoformat()).values())
        return practices.quarter(now.run, asked.visits(now, None).rows, lately, name_of)

    return kept().get(now.key("quarter", now.written, now.chosen), made)


def plan(found: Found, of: EffectResult, now: Newest | None) -> Plan:
    """The next quarter: counted anew when a record, a plan, the list or the estimate changed."""
    live, home = homes.live(), homes.home()
    sentence = listed(now)
    reached = goals.read(live)

    def made() -> Plan:
        with reading(home.store) as connection:
            curve = found.run.beside.get("what_if")
            ahead = next_quarter(connection, home.settings, today(), of.told, curve, reached)
        return words.plan(ahead, sentence, live.label_of, Audience.inside)

    with reading(home.store) as connection:
        stamps = (*stamp(connection), *plans_stamp(connection))
    key = found.key("plan", of.span, today(), live.data_id, stamps, sentence, tuple(reached))
    return kept().get(key, made)
