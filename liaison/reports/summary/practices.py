"""Wins, risks and the next quarter, by name: what changed beyond chance, who began or stopped, whom to see first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liaison.charts.forecast_tenths import amount
from liaison.metrics.disclosure import SMALL, small
from liaison.metrics.findings import summary as says
from liaison.metrics.movements import Moved, Movements
from liaison.metrics.panel import Movement
from liaison.models.stored import Listed, Run, Standing
from liaison.vocabulary import Audience

FEWEST = 25  # visits of a quarter that the plan is told for, where the team made fewer
NAMED = 4
Named = Callable[[str], str]  # practice id -> what people call it


@dataclass(frozen=True)
class Changes:
    wins: tuple[str, ...]
    risks: tuple[str, ...]


def changes(
    found: Movements, standing: Sequence[Standing], name_of: Named, audience: Audience = Audience.inside
) -> Changes:
    """What changed beyond chance first, then who began and who sent none any more; `says.MANY` of each.

    For others than the team a count of 1 to 10 referrals, and a change of so few a month, is not told.
    """
    hides = audience is not Audience.inside
    real = [one for one in standing if one.practice_id and one.real is not False]
    named = {one.practice_id for one in real}

    def told(one: Standing) -> str:
        few = hides and abs(one.change) <= SMALL[-1]
        return says.changed(name_of(one.practice_id or ""), one.kind, None if few else one.change, one.odds)

    def many(each: Moved) -> int | None:
        return None if hides and small(each.referrals) else each.referrals

    fresh = (*found.of(Movement.new), *found.of(Movement.returning))
    wins = [told(one) for one in real if one.change > 0]
    wins += [says.began(name_of(each.practice_id), many(each)) for each in _others(fresh, named)]
    risks = [told(one) for one in real if one.change < 0]
    risks += [says.lapsed(name_of(each.practice_id), many(each)) for each in _others(found.of(Movement.lapsed), named)]
    return Changes(tuple(wins[: says.MANY]), tuple(risks[: says.MANY]))


def _others(moved: Sequence[Moved], named: set[str | None]) -> list[Moved]:
    """Those of whom nothing is told yet."""
    return sorted((each for each in moved if each.practice_id not in named), key=lambda each: -each.referrals)


def quarter(run: Run, rows: Sequence[Listed], lately: int, name_of: Named) -> str:
    """The first of the list, as many as the team visited lately. Ends of gains are added up like the gains: what is not
    known of the lift is the same for all, and never averages out."""
    first = rows[: max(lately, FEWEST)]
    gain, low, high = (amount(sum(getattr(row.row, name) for row in first)) for name in ("gain", "low", "high"))
    names = [name_of(row.row.practice_id) for row in first[:NAMED]]
    at_pace = len(first) == lately
    return says.plan_sentence(len(first), gain, low, high, names, shown=not run.covers_zero, at_pace=at_pace)
