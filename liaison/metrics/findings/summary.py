"""What the executive summary says of single practices, and of the quarter to come."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from liaison.charts.amount_intervals import signed
from liaison.metrics.figure import date_words
from liaison.metrics.findings.words import listed

LONG = 28  # days: beyond four weeks fewer patients come to their appointment
MANY = 3  # wins, and risks
CHANGED = {"decline": "fell", "lapse": "stopped", "new_source": "is new", "return": "came back"}


def changed(name: str, kind: str, change: float, odds: float) -> str:
    """'**Elm Street** came back: +4.2 referrals a month, 93% likely to be real'."""
    likely = "over 99%" if odds > 0.99 else f"{odds:.0%}"
    return f"**{name}** {CHANGED[kind]}: {signed(change)} referrals a month, {likely} likely to be real"


def began(name: str, referrals: int) -> str:
    """A practice that is new, or came back; how likely chance is was not asked."""
    return f"**{name}** began: {referrals:,} referrals in three months"


def lapsed(name: str, referrals: int) -> str:
    return f"**{name}** sent none for three months: {referrals:,} in the twelve before"


def plan_sentence(visits: int, gain: str, low: str, high: str, names: list[str], *, shown: bool) -> str:
    """What the first of the list should bring in a quarter at the team's pace, and whom to begin with."""
    begin = f", beginning with {listed(names)}" if names else ""
    see = f"See the first {visits:,} of the list{begin}."
    if shown:
        return f"{see} One visit each should bring about **{gain} referrals**, {low} to {high}."
    return f"{see} These data do not show an effect of visits; if there is one as usually believed, {gain} referrals."


class Waited(Protocol):
    """The newest wait of a service line, in days, measured on an ISO day by `source`."""

    @property
    def line(self) -> str: ...
    @property
    def days(self) -> float: ...
    @property
    def measured_on(self) -> str: ...
    @property
    def source(self) -> str | None: ...


def access(rows: Sequence[Waited], old: Collection[str]) -> str:
    """How many lines make new patients wait long, of those measured lately; `old`: lines that were not."""
    fresh = [each for each in rows if each.line not in old]
    if not fresh:
        return "Access: no wait was measured in the last three months"
    late = sum(each.days > LONG for each in fresh)
    many = f"{len(fresh):,} service line{'' if len(fresh) == 1 else 's'}"
    if not late:
        return f"Access: no new patient waits over {LONG} days in {many} measured lately"
    return f"Access: in {late:,} of {many} new patients wait over {LONG} days"


def waits(rows: Sequence[Waited], old: Collection[str]) -> str:
    """Each line's days to the third next available appointment, with its day and source."""
    said = "; ".join(f"{waited(each)}{', over three months ago' if each.line in old else ''}" for each in rows)
    return f"Days to the third next available appointment, as measured: {said}."


def waited(one: Waited) -> str:
    """'Neurology 41 (2 Nov 2026, access office)'."""
    by = f", {one.source}" if one.source else ", no source given"
    return f"{one.line} {one.days:,.0f} ({date_words(date.fromisoformat(one.measured_on))}{by})"
