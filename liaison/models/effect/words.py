"""The sentences of an estimate: no cause without a comparison, no figure without its interval."""

from collections.abc import Sequence

from liaison.models.effect.checks import HALF, LEAST_SHARE, Check
from liaison.models.effect.interval import Interval
from liaison.models.effect.naive import BeforeAfter
from liaison.models.effect.question import Asked
from liaison.models.effect.telling import LOOKED_FOR, Telling
from liaison.vocabulary import month_words

ASKED = {
    Asked.first_visit: "What did it bring that practices were visited, from their first visit on?",
    Asked.one_more: "What does one more visit bring in six months, after six months without?",
    Asked.by_lot: "What did visits by lot bring in six months?",
}
COMPARED = {
    Asked.first_visit: "practices of the same size, recent path and market that were not visited",
    Asked.one_more: "practices that had been visited as often, were cold as well and stayed so",
    Asked.by_lot: "practices of the same months that the lot did not fall on",
}


def headline(incremental: Interval, lift: Interval, share: float, told: Telling | None) -> str:
    """What visits brought, how sure it is, and of how much of the programme it speaks. `told`: None of a window, whose
    months alone may be too few."""
    spoken = f", for the {share:.0%} of visited volume that has peers" if LEAST_SHARE <= share < HALF else ""
    ends = f"between {incremental.low:+,.0f} and {incremental.high:+,.0f}"
    if not incremental.covers_zero:
        word = "more" if incremental.value > 0 else "fewer"
        much = f"{abs(incremental.value):,.0f} {word} referrals came than without visits"
        return f"{much}, {ends} ({lift.value:+.0%}){spoken}."
    if told is None:
        return f"These months alone cannot tell: {ends}{spoken}."
    if told.able:
        return f"These data show no effect: {ends}{spoken}; a lift above {lift.high:.0%} is unlikely."
    return f"These data cannot tell yet: {ends}{spoken}. {could(told)}"


def could(told: Telling) -> str:
    """When a lift worth having would show."""
    if told.month is None:
        return (
            f"A lift of {LOOKED_FOR:.0%} would not show within three years at this pace: more practices, or slots by "
            "lot, would."
        )
    return f"If visits bring {LOOKED_FOR:.0%} more, it should show from {month_words(told.month)} on."


def refusal(checks: Sequence[Check]) -> list[str]:
    """Why there is no number, each with what would make it answerable."""
    return [f"{check.says} {check.cure}" if check.cure else check.says for check in checks if check.refuses]


def at_most(incremental: Interval, lift: Interval) -> str:
    return (
        f"At most {max(incremental.high, 0):,.0f} referrals ({max(lift.high, 0):.0%}): practices that grew already "
        "make this too high, never too low."
    )


def naive_says(naive: BeforeAfter, incremental: float | None, expected: float | None) -> str:
    """Two sentences: what a simple chart would have said, and why this says otherwise."""
    share = f" ({naive.value / naive.usual:+.0%})" if naive.usual else ""
    first = f"A chart of six months before against all months after would have said {naive.value:+,.0f}{share}."
    if incremental is None or expected is None:
        return f"{first} It has no comparison: the market alone would have made it {naive.market:+,.0f}."
    gap = naive.value - incremental
    rest = gap - naive.market
    because = (
        "sent more than usual in those six months, and fell back" if rest < 0 else "had a weak half year, and rose"
    )
    return (
        f"{first} Of the {gap:+,.0f} between that and the measured figure the market moved {naive.market:+,.0f}, and "
        f"{rest:+,.0f} is that practices {because} with or without a visit."
    )


def compared(asked: Asked, visited: int, peers: int) -> str:
    """Who is compared with whom."""
    return f"{visited:,} visited practices are compared with {peers:,} {COMPARED[asked]}."
