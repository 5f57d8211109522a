"""What is said of the worth of a source, and of what it took to win one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liaison.charts.forecast_tenths import amount
from liaison.charts.words import percent
from liaison.metrics.figure import date_words, money
from liaison.vocabulary import month_id, month_words

PUBLISHED = "Elsewhere 5 to 8 calls and 6.5 weeks are reported, by vendors."


def worth_finding(value: float, low: float, high: float, first: str) -> str:
    """'Worth about $852,000 in the twelve months from Nov 2026, $485,000 to $1.3M in 8 of 10 cases'."""
    ends = f"{money(low)} to {money(high)} in 8 of 10 cases"
    return f"Worth about {money(value)} in the twelve months from {first}, {ends}"


def made_of(referrals: float, low: int, high: int, each: float) -> str:
    """What the worth is a product of, in a line."""
    return (
        f"Contribution margin if it goes on as it does: {amount(referrals)} referrals to us ({low:,} to {high:,}) x "
        f"{money(each)} a referral, seen or not. No effect of a visit is in it."
    )


def line_words(label: str, own: Mapping[str, Any], of_all: Mapping[str, Any], window: str) -> str:
    """'Cardiology: 208 referrals x 84% seen (173 of 205; all practices 82%, ...) x $1,508 (...)'."""
    share = of_all["seen"] / of_all["of"] if of_all["of"] else 0.0
    seen = f"{percent(own['share'])} seen ({own['seen']:,} of {own['of']:,} here, {percent(share)} of all, {window})"
    return f"{label}: {amount(own['referrals'])} referrals x {seen} x {_margin(of_all)}"


def _margin(of_line: Mapping[str, Any]) -> str:
    if of_line["margin"] is None:
        return "no margin on record, counted as nothing"
    low, high = of_line["low"], of_line["high"]
    told = [] if low is None or high is None else [f"{money(low)} to {money(high)}"]
    told += [f"since {date_words(date.fromisoformat(of_line['starts']))}"] if of_line["starts"] else []
    told += [of_line["source"] or "no source given"]
    return f"{money(of_line['margin'])} ({', '.join(told)})"


def window_words(first: str, last: str) -> str:
    """'Nov 2024 to Oct 2025', of YYYY-MM."""
    return f"{month_words(month_id(first))} to {month_words(month_id(last))}"


def won_sentence(touches: int, weeks: float) -> str:
    """What it took to win this one."""
    return f"Its first referral came after {_touches(touches)}, {weeks:.0f} weeks from the first."


def not_won_sentence(touches: int, sent: bool) -> str:
    """Why nothing was won here, or not yet."""
    if sent:
        return (
            "It was a source before its first touch, or in the first year of the files: there is no winning to count."
        )
    return f"No referral yet after {_touches(touches)}." if touches else "No touch and no referral on record."


def usual_sentence(many: int, middle: float | None, low: float | None, high: float | None, weeks: float | None) -> str:
    """What sources usually take, where enough were won to say so."""
    if middle is None or low is None or high is None or weeks is None:
        few = (
            f"{many:,} {'source was' if many == 1 else 'sources were'} won while the files look: too few to say what it"
        )
        return f"{few} usually takes. {PUBLISHED}"
    return (
        f"The {many:,} sources won so far took {middle:g} touches (half of them {low:g} to {high:g}) and "
        f"{weeks:.0f} weeks, by the median. {PUBLISHED}"
    )


def _touches(many: int) -> str:
    return "1 touch" if many == 1 else f"{many:,} touches"
