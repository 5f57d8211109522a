"""What the executive summary says of single practices, and of the quarter to come."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from liaison.charts.amount_intervals import signed
from liaison.charts.words import signed_whole
from liaison.metrics.figure import Figure, date_words, formatted
from liaison.metrics.findings.moves import leakage_move
from liaison.metrics.findings.overview import volume_change
from liaison.metrics.findings.words import listed

LONG = 28  # days: beyond four weeks fewer patients come to their appointment
MANY = 3  # wins, and risks
WAITS = 4  # that are named
VOLUME, LEAKAGE = "Referrals by month, {}", "Of known destinations, out of network, {}"
NO_WIN, NO_RISK = "No practice rose or began.", "No practice fell or stopped."
LEAKAGE_MEANS = (
    "**Leakage.** Of referrals with a known destination, the share that went out of network. Referrals of unknown "
    "destination are in neither part; a change is told where chance could not have made it."
)
QUARTER = "Next quarter"
QUARTER_MEANS = (
    "**Next quarter.** Visits needed: as often as practices' records wish. That can be made: by working hours. Visits "
    "are made where the list says that they bring most. What more of them would bring is told by what visits brought "
    "so far, on average, to practices that are measured, and for no more and no fewer than a quarter ever held."
)
NO_LIST = ("No list has been made yet", "The page Next visits makes one, and says whom to see first.")
OLD_LIST = "This list is older than the data: the page Next visits makes it anew."
CHANGED = {"decline": "fell", "lapse": "stopped", "new_source": "is new", "return": "came back"}


def wins_title(wins: Sequence[str]) -> str:
    return "Three wins" if len(wins) == MANY else "Wins"


def risks_title(risks: Sequence[str]) -> str:
    return "Three risks" if len(risks) == MANY else "Risks"


def volume_says(now: Figure, before: int | None) -> str:
    """'Volume rose by 12% on the year before', or how many there were."""
    if now.suppressed or now.value is None:
        return f"{now} referrals"
    moved = volume_change(before, int(now.value)) if before is not None else None
    return f"{moved.rstrip('.')} on the year before" if moved else f"{now.value:,.0f} referrals"


def leakage_says(now: Figure, before: Figure | None) -> str:
    """'Leakage is 34%, up 2 points on the year before', or the share alone."""
    if now.suppressed:
        return "Leakage is not shown: small numbers are hidden"
    share = formatted(now.value, now.unit)
    move = leakage_move(before, now) if before else None
    if move is None or move.way == "off":
        return f"Leakage is {share}"
    return f"Leakage is {share}, {move.way} {move.words} on the year before"


def changed(name: str, kind: str, change: float | None, odds: float) -> str:
    """'**Elm Street** came back: +4.2 referrals a month, 93% likely to be real'; None: too small to be told."""
    likely = f"{'over 99%' if odds > 0.99 else f'{odds:.0%}'} likely to be real"
    by = "" if change is None else f": {signed(change)} referrals a month"
    return f"**{name}** {CHANGED[kind]}{by}, {likely}"


def began(name: str, referrals: int | None) -> str:
    """A practice that is new, or came back; how likely chance is was not asked. None: too few to be told."""
    return f"**{name}** began: {_many(referrals)} in three months"


def lapsed(name: str, referrals: int | None) -> str:
    return f"**{name}** sent none for three months: {_many(referrals)} in the twelve before"


def _many(referrals: int | None) -> str:
    return "fewer than 11 referrals" if referrals is None else f"{referrals:,} referrals"


def quarter_title(when: str, visits: tuple[float, float] | None) -> str:
    """'Next quarter, Jan 2027 to Mar 2027: 812 of the 1,356 visits needed can be made'. `visits`: needed, available;
    None where nobody has practices."""
    if visits is None:
        return f"{QUARTER}, {when}"
    needed, available = visits
    if round(available) >= round(needed):
        return f"{QUARTER}, {when}: there is time for the {needed:,.0f} visits needed"
    return f"{QUARTER}, {when}: {available:,.0f} of the {needed:,.0f} visits needed can be made"


def quarter_said(liaisons: int, lately: int, planned: int, weeks: int) -> str:
    """What stands on record beside the arithmetic."""
    made = f"{lately:,} visits were made in the last three months"
    plans = f"{planned:,} stand in plans of {weeks:,} weeks" if planned else "none is planned yet"
    if not liaisons:
        return f"Nobody is in charge of a practice. {made}, {plans}."
    team = "one liaison" if liaisons == 1 else f"{liaisons:,} liaisons"
    return f"By the working hours of {team}: arithmetic, not a forecast. {made}, {plans}."


def more_says(measured: int, asked: int, usual: int, held: tuple[int, int], total: Mapping[str, float]) -> str:
    """What the curve says of next quarter's visits. `measured`: that would go to measured practices; `asked`: of these
    the number that the curve holds, between the ends `held`; `total`: referrals by `asked` in place of `usual`."""
    many = f"{measured:,} of these visits would go to measured practices"
    if asked != measured:
        word, end = ("more", held[1]) if measured > asked else ("fewer", held[0])
        many += f", {word} than any quarter in the data held ({end:,}); of {word} nothing is known. {asked:,} are"
    else:
        many += "; that is"
    if asked == usual:
        return f"{many} as many as in the last quarter: nothing changes by them."
    many += f" {abs(asked - usual):,} {'more' if asked > usual else 'fewer'} than in the last quarter"
    ends = f"{signed_whole(total['low'])} to {signed_whole(total['high'])}"
    if total["low"] <= 0 <= total["high"]:
        return f"{many}: these data cannot tell what that changes, {ends} referrals."
    return f"{many} and would bring **{signed_whole(total['value'])} referrals**, {ends}."


def plan_sentence(
    visits: int, gain: str, low: str, high: str, names: list[str], *, shown: bool, at_pace: bool = False
) -> str:
    """What the first of the list should bring in a quarter, and whom to begin with; `at_pace`: they are as many as the
    team saw in the last one."""
    begin = f", beginning with {listed(names)}" if names else ""
    pace = ", as many as in the last three months" if at_pace else ""
    see = f"See the first {visits:,} of the list{pace}{begin}."
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
