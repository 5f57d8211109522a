"""What the page reads beside the estimate: a year of referrals, practices that changed, the list of whom to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liaison.fieldwork.due import visits_since
from liaison.metrics.filters import Filters
from liaison.metrics.findings import summary as says
from liaison.metrics.movements import Moved, Movements, movements
from liaison.metrics.panel import Movement
from liaison.models.stored import Standing
from liaison.models.stored.effects import EffectResult
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, kept
from liaison.ui.clock import today
from liaison.ui.next_visits import asked, head
from liaison.ui.next_visits.asked import Newest, name_of
from liaison.ui.next_visits.marks import Amounts
from liaison.ui.overview.asked import Overview, overview
from liaison.vocabulary import month_text

YEAR, QUARTER = 11, 91  # months before the last one; days
FEWEST = 25  # visits of a quarter that the plan is told for, where the team made fewer
NAMED = 4


@dataclass(frozen=True)
class Plan:
    """`says`: the sentence; `fresh`: whether its list is of the data as they stand."""

    says: str
    fresh: bool


def year(of: EffectResult) -> Overview:
    """Volume and leakage of the last twelve whole months, with the year before."""
    return ask(overview, Filters(first=month_text(of.last - YEAR), last=month_text(of.last)))


def changes(now: Newest | None) -> tuple[list[str], list[str]]:
    """Wins and risks by name: what changed beyond chance, then who began and who sent none any more."""
    found: Movements = ask(movements, Filters())
    standing = () if now is None else asked.alerts(now)
    real = [one for one in standing if one.practice_id and one.real is not False]
    named = {one.practice_id for one in real}
    wins = [_told(one) for one in real if one.change > 0]
    risks = [_told(one) for one in real if one.change < 0]
    fresh = (*found.of(Movement.new), *found.of(Movement.returning))
    wins += [says.began(each.name, each.referrals) for each in _others(fresh, named)]
    risks += [says.lapsed(each.name, each.referrals) for each in _others(found.of(Movement.lapsed), named)]
    return wins[: says.MANY], risks[: says.MANY]


def _told(one: Standing) -> str:
    return says.changed(name_of(one.practice_id or ""), one.kind, one.change, one.odds)


def _others(moved: Sequence[Moved], named: set[str | None]) -> list[Moved]:
    """Those of whom nothing is told yet."""
    return sorted((each for each in moved if each.practice_id not in named), key=lambda each: -each.referrals)


def plan(now: Newest | None) -> Plan | None:
    """The first of the list, as many as the team visits in a quarter; None where no list has been made."""
    if now is None:
        return None

    def made() -> str:
        first = date.fromisoformat(today()) - timedelta(days=QUARTER)
        with reading(homes.home().store) as connection:
            lately = sum(visits_since(connection, first.isoformat()).values())
        rows = asked.visits(now, None).rows[: max(lately, FEWEST)]
        expected = head.expected(now.run, rows, Amounts())
        names = [name_of(row.row.practice_id) for row in rows[:NAMED]]
        return says.plan_sentence(len(rows), expected.gain, expected.low, expected.high, names, shown=expected.shown)

    return Plan(kept().get(now.key("quarter", now.written, now.chosen), made), now.fresh)
