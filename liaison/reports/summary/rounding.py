"""Dollars as readers outside the team get them: one rule, for paper, slides and sheets alike.

Margin is made of how many referrals of each service line were seen. With exact dollars a share that is hidden could be
solved from it, so outside the team the margin and the average worth of a referral have two digits, and whatever hangs
on them is worked out from those: net, return and break-even together tell no more than they do. Costs, visits and the
margin of a line are records, made of no referrals: they stay as they are.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from liaison.models.effect.interval import Interval
from liaison.models.effect.money import Line, margin_of, zero_words
from liaison.models.effect.what_if_money import WhatIfMoney, lines_and_cost
from liaison.models.stored.effects import EffectResult
from liaison.vocabulary import Audience

DIGITS = 2


def two_digits(value: float) -> float:
    """1,234,567 becomes 1,200,000."""
    return float(f"{value:.{DIGITS}g}")


def for_audience(of: EffectResult, audience: Audience) -> EffectResult:
    """An estimate with its dollars as `audience` may read them."""
    money = of.told["money"]
    if audience is Audience.inside or money is None:
        return of
    return replace(of, told={**of.told, "money": money | _rounded(of.told, money)})


def worth_for(money: WhatIfMoney, audience: Audience) -> WhatIfMoney:
    """The same for what more visits would be worth."""
    if audience is Audience.inside:
        return money
    of = money.margin
    return replace(money, margin=Interval(two_digits(of.value), two_digits(of.low), two_digits(of.high), of.level))


def _rounded(told: Mapping[str, Any], money: Mapping[str, Any]) -> dict[str, Any]:
    margin, low, high = (two_digits(money[name]) for name in ("margin", "low", "high"))
    cost, covered = money["cost_covered"], money["visits_covered"]
    extra, expected = told["incremental"]["value"], told["baseline"]
    worth = two_digits(_worth(lines_and_cost(money)[0]))
    whole = expected * worth

    def back(of: float) -> float | None:
        return two_digits(of / cost) if cost else None

    return {
        "margin": margin,
        "low": low,
        "high": high,
        "net": two_digits(margin - cost),
        "return": back(margin),
        "return_low": back(low),
        "return_high": back(high),
        "per_visit": two_digits((margin - cost) / covered) if covered else None,
        "break_even_lift": two_digits(cost / whole) if whole > 0 else None,
        "zero": zero_words(cost, extra, expected, worth),
    }


def _worth(lines: list[Line]) -> float:
    return margin_of(Interval(0.0, 0.0, 0.0, 0.95), 0.0, lines)[1]
