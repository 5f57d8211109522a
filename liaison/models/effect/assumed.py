"""Arithmetic on what somebody assumes, beside the measured effect and never in its place: it has no interval."""

from dataclasses import asdict, dataclass
from typing import Any

from liaison.models.effect.effect import Effect

TITLE = "If you assume"


@dataclass(frozen=True)
class Assumed:
    """`referrals` that visited practices sent in the months that the `cost` in dollars is of; `lift` and `seen` shares,
    `margin` dollars of a referral that is seen: all of them as typed."""

    referrals: float
    lift: float
    seen: float
    margin: float
    cost: float

    @property
    def more(self) -> float:
        return self.referrals * self.lift

    @property
    def earned(self) -> float:
        return self.more * self.seen * self.margin

    @property
    def net(self) -> float:
        return self.earned - self.cost

    @property
    def break_even_lift(self) -> float | None:
        """None where nothing is earned by any lift."""
        whole = self.referrals * self.seen * self.margin
        return self.cost / whole if whole > 0 else None

    @property
    def says(self) -> str:
        """One sentence that begins with the assumption."""
        earned = f"{self.more:,.0f} more referrals and ${self.earned:,.0f} of margin, for ${self.cost:,.0f} of cost"
        said = f"{TITLE} a lift of {self.lift:.1%} on {self.referrals:,.0f} referrals, it is {earned}"
        if self.break_even_lift is None:
            return f"{said}: without a margin no lift pays for it."
        return f"{said}; it pays from a lift of {self.break_even_lift:.1%} on."

    def as_json(self) -> dict[str, Any]:
        worked = {"more": self.more, "earned": self.earned, "net": self.net, "break_even_lift": self.break_even_lift}
        rounded = {name: None if value is None else round(value, 6) for name, value in worked.items()}
        return {"title": TITLE, **asdict(self), **rounded, "says": self.says}


def sent_by_visited(of: Effect) -> tuple[int, int]:
    """Referrals that visited practices sent in the window, and visits made in it."""
    panel, (first, end) = of.measured.panel, of.in_months
    visited = panel.visited.any(axis=1)
    return int(panel.referrals_in[visited, first:end].sum()), int(panel.visits[:, first:end].sum())
