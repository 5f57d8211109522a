"""What the week of a whole team comes to, in one sentence: what needs somebody first."""

from collections.abc import Sequence
from typing import NamedTuple


class Told(NamedTuple):
    """Visits planned, of so many practices that could be seen; people with a plan; names of those without; practices
    that two people plan to see; things that cannot be kept."""

    visits: int
    could: int
    planned: int
    unplanned: Sequence[str]
    twice: int
    conflicts: int


def week_headline(week: str, told: Told) -> str:
    """'112 visits by 4 people in the week of Mon 30 Nov; Dan has no plan yet; two things cannot be kept'"""
    if not told.planned:
        return f"Nobody has a plan for the week of {week} yet"
    people = "one person" if told.planned == 1 else f"{told.planned:,} people"
    visits = "1 visit" if told.visits == 1 else f"{told.visits:,} visits"
    said = [f"{visits} by {people} in the week of {week}"]
    if told.could:
        said[0] += f", of {told.could:,} {'practice' if told.could == 1 else 'practices'} that could be seen"
    if told.unplanned:
        said.append(_unplanned(told.unplanned))
    if told.twice:
        said.append("one practice is planned by two" if told.twice == 1 else f"{told.twice:,} are planned by two")
    if told.conflicts:
        said.append("one thing cannot be kept" if told.conflicts == 1 else f"{told.conflicts:,} things cannot be kept")
    return "; ".join(said)


def _unplanned(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} has no plan yet"
    return f"{' and '.join(names) if len(names) == 2 else f'{len(names):,} people'} have no plan yet"
