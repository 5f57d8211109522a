"""Visits by lot, as the lot assigned them: what they brought in six months, against practices that it passed over."""

from dataclasses import dataclass
from typing import Any

from liaison.models.effect.interval import Interval
from liaison.models.effect.measured import Measured, measure
from liaison.models.effect.question import LOTS, Whole, by_lot
from liaison.models.panel import Panel


@dataclass(frozen=True, eq=False)
class Lots:
    """`incremental`: referrals of six months after the slots; `lift`: of what was expected there."""

    slots: int
    incremental: Interval
    expected: float
    lift: Interval
    measured: Measured

    @property
    def says(self) -> str:
        ends = f"between {self.incremental.low:+,.0f} and {self.incremental.high:+,.0f}"
        return (
            f"{self.slots:,} visits by lot brought {self.incremental.value:+,.0f} referrals in six months, {ends}, "
            "compared as assigned with practices of the same months that the lot did not fall on."
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "slots": self.slots,
            "says": self.says,
            "incremental": self.incremental.as_json(),
            "baseline": round(self.expected, 4),
            "lift": self.lift.as_json(),
        }


def drawn(panel: Panel) -> int:
    """How many slots fell by lot and have months after them."""
    return int((panel.visit_randomised[:, :-1] > 0).sum())


def lots(panel: Panel, level: float, cluster: Whole | None = None) -> Lots | None:
    """None where fewer than fifty fell."""
    if drawn(panel) < LOTS:
        return None
    question = by_lot(panel)
    of = measure(panel, question, cluster)
    whole = of.over(question.begins)  # the lot chose: every slot counts, with peers of its size or without
    if whole.expected <= 0:
        return None
    error = of.error(whole)
    return Lots(
        int(question.begins[:, :-1].sum()),
        Interval.of(whole.incremental, error, level),
        whole.expected,
        Interval.of(whole.lift, error / whole.expected, level),
        of,
    )
