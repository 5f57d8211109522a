"""An alert's evidence as sentences: what was seen, what it was compared with, and how likely chance explains it."""

from typing import TYPE_CHECKING

from liaison.models.outlook.yardstick import WINDOW
from liaison.vocabulary import month_words

if TYPE_CHECKING:
    from liaison.models.outlook.alerts import Alert

RAREST = 10_000


def evidence(alert: "Alert") -> str:
    """All that an alert knows, for the person who decides whether it is real."""
    parts = {"decline": _fall, "lapse": _fall, "new_source": _new, "return": _return}[alert.kind.value](alert)
    return " ".join([*parts, _since(alert)])


def _fall(alert: "Alert") -> list[str]:
    seen = f"{alert.seen:,} referral{'' if alert.seen == 1 else 's'}" if alert.seen else "nothing"
    together = f"{len(alert.members):,} practices under 3 a month together: " if alert.practice is None else ""
    first, last = (month_words(month) for month in alert.history)
    told = f"{together}{seen} in {_window(alert)}, where {alert.expected:,.0f} were to be expected:"
    basis = (
        f"{_rate(alert.usual)} a month from {first} to {last}, and since then other practices {_market(alert.market)}."
    )
    stopped = f"{alert.stopped:,} of them sent in the year before and nothing in these months."
    few = "as few as that" if alert.seen else "none"
    chance = f"If nothing had changed, {few} would come {_odds(alert.chance)}."
    return [told[:1].upper() + told[1:], basis, *([stopped] if alert.stopped else []), chance]


def _new(alert: "Alert") -> list[str]:
    return [
        f"{_came(alert)} in {_window(alert)}, after none in the {alert.silent} months before.",
        f"From a practice that hardly ever sends, as many would come {_odds(alert.chance)}.",
    ]


def _return(alert: "Alert") -> list[str]:
    return [
        f"{_came(alert)} in {_window(alert)}, after none in the {alert.silent} months before;",
        f"until then it sent {_rate(alert.usual)} a month.",
        f"That the silence or what came now is chance: {_odds(alert.chance)}.",
    ]


def _since(alert: "Alert") -> str:
    if alert.since == alert.window[1]:
        return "It was beyond the limit a month earlier, too; told for the first time now."
    return f"Told since {month_words(alert.since)}."


def _window(alert: "Alert") -> str:
    first, last = alert.window
    from_year = "" if first // 12 == last // 12 else f" {first // 12}"
    return f"{month_words(first).split()[0]}{from_year} to {month_words(last)}"


def _came(alert: "Alert") -> str:
    return "1 referral" if alert.seen == 1 else f"{alert.seen:,} referrals"


def _market(market: float) -> str:
    """'sent 3% more than before'."""
    apart = market - 1
    if abs(apart) < 0.005:
        return "sent as much as before"
    return f"sent {abs(apart):.0%} {'more' if apart > 0 else 'less'} than before"


def _odds(chance: float) -> str:
    """'1 time in 140'."""
    if chance * RAREST < 1:
        return f"less than 1 time in {RAREST:,}"
    return f"1 time in {1 / chance:,.0f}"


def _rate(rate: float) -> str:
    return f"{rate:,.1f}" if rate < WINDOW * 10 else f"{rate:,.0f}"
