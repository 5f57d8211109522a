"""The sentence of the page Next visits: what the first of the list should bring, and what the data do not show."""

from dataclasses import dataclass

from liaison.metrics.findings.words import listed


@dataclass(frozen=True)
class Expected:
    """What the first `many` of a list should bring together: in words, as the page writes amounts.

    `shown`: whether the data show an effect of visits; `told`: whether they tell anything of it at all; `between`: the
    interval of the measured effect in words, None where there is none.
    """

    many: int
    gain: str
    low: str
    high: str
    noun: str
    shown: bool
    told: bool
    between: str | None = None


def next_visits_headline(expected: Expected, first: list[str]) -> str:
    """'See Table Rock and Laurel Fork first: ten visits should bring about 60 more referrals, 20 to 100'."""
    if not expected.many:
        return "Nobody is left to be seen under these filters"
    see = f"See {listed(first)} first" if first else "Whom to see first"
    visits = "one visit" if expected.many == 1 else f"{number(expected.many)} visits"
    ends = f"between {expected.low} and {expected.high}"
    brought = f"about {expected.gain} more {expected.noun}"
    if expected.told and expected.shown:
        return f"{see}: {visits} should bring {brought}, {ends}"
    if expected.told and expected.between:
        return (
            f"These data do not show an effect of visits: {expected.between}. If there is one, {visits} bring {brought}"
        )
    return f"{see}: if visits do what is usually believed, {visits} bring {brought}, {ends}"


def number(many: int) -> str:
    """Small numbers as words."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[many] if many < len(words) else f"{many:,}"
