"""What more or fewer visits would be worth: their referrals at what one is worth, less what the visits cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liaison.models.effect.interval import Interval
from liaison.models.effect.money import Cost, Line, margin_of
from liaison.models.effect.what_if import WhatIf

LINE = ("name", "share", "margin", "seen", "n", "low", "high", "source", "dated")  # what a stored line is read by


@dataclass(frozen=True)
class WhatIfMoney:
    """Dollars of the `visits` more (negative: fewer) than in the last quarter. `margin`: of their referrals, with the
    uncertainty of the curve, of the shares seen and of the margins; `each`: what a visit costs on average."""

    visits: int
    margin: Interval
    each: float

    @property
    def cost(self) -> float:
        return self.visits * self.each

    @property
    def net(self) -> Interval:
        of, cost = self.margin, self.cost
        return Interval(of.value - cost, of.low - cost, of.high - cost, of.level)

    def as_json(self) -> dict[str, Any]:
        return {
            "visits": self.visits,
            "margin": self.margin.as_json(2),
            "cost_each": round(self.each, 2),
            "cost": round(self.cost, 2),
            "net": self.net.as_json(2),
        }


def what_if_money(asked: WhatIf, lines: Sequence[Line], cost: Cost) -> WhatIfMoney | None:
    """A visit more costs what one did on average over the months that `cost` is of. None where none was made then."""
    if not cost.visits:
        return None
    more = asked.visits - asked.curve.usual
    margin, _ = margin_of(asked.total, abs(more) * asked.curve.error, lines)
    return WhatIfMoney(more, margin, cost.total / cost.visits)


def lines_and_cost(told: Mapping[str, Any]) -> tuple[list[Line], Cost]:
    """`told`: `Money.as_json`, as it was stored."""
    lines = [Line(**{name: line[name] for name in LINE if name in line}) for line in told["inputs"]["lines"]]
    return lines, Cost(**told["inputs"]["cost"])
