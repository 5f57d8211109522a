"""What the executive summary says of single practices, and of the quarter to come."""

from liaison.charts.amount_intervals import signed
from liaison.metrics.findings.words import listed

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
