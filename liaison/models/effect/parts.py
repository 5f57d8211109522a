"""The effect part by part (liaison, purpose, line): where enough practices carry it, and held to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from liaison.models.effect.interval import Interval
from liaison.models.effect.measured import Measured, measure

Counts = npt.NDArray[np.float64]
LINE = "service line"
ENOUGH = 30  # covered practices
WARNING = "Differences between parts are mostly chance: they are held to the whole, and are no league table."
FEW = "too few to tell apart"


@dataclass(frozen=True)
class Part:
    """`lift`: measured alone; `held`: shrunk to the whole; both None below thirty covered practices."""

    by: str
    name: str
    practices: int
    lift: Interval | None
    held: Interval | None
    incremental: float | None

    @property
    def says(self) -> str:
        if self.held is None:
            return f"{self.name}: {FEW} ({self.practices:,} practices of {ENOUGH})."
        return f"{self.name}: {self.held.value:+.0%}, between {self.held.low:+.0%} and {self.held.high:+.0%}."

    def as_json(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "name": self.name,
            "practices": self.practices,
            "lift": None if self.lift is None else self.lift.as_json(),
            "shrunk": None if self.held is None else self.held.as_json(),
            "incremental": None if self.incremental is None else round(self.incremental, 4),
            "says": self.says,
        }


def parts(of: Measured, by: Mapping[str, Sequence[str]], level: float) -> tuple[Part, ...]:
    """`by`: what practices are parted by -> each practice's part ("" for none), in the panel's order."""
    return tuple(part for name, labels in by.items() for part in _parts(of, name, np.asarray(labels, dtype=str), level))


def _parts(of: Measured, by: str, labels: np.ndarray, level: float) -> list[Part]:
    names = sorted({str(label) for label in labels if label})
    counted = {name: int((of.covered & (labels == name)).sum()) for name in names}
    carried = [name for name in names if counted[name] >= ENOUGH]
    totals = {name: of.over(of.inside & (labels == name)[:, None]) for name in carried}
    lifts = {name: (t.lift, of.error(t) / t.expected) for name, t in totals.items() if t.expected > 0}
    held = shrink(list(lifts.values()))
    found = dict(zip(lifts, held, strict=True))
    return [
        Part(
            by,
            name,
            counted[name],
            Interval.of(*lifts[name], level) if name in lifts else None,
            Interval.of(*found[name], level) if name in found else None,
            found[name][0] * totals[name].expected if name in found else None,
        )
        for name in names
        if counted[name]
    ]


def parts_of_lines(of: Measured, lines: Mapping[str, Counts], level: float) -> tuple[Part, ...]:
    """`lines`: service line -> (practice, month) referrals of it; the covered visits of the whole, line by line."""
    measured, counted = {}, {}
    for name, sent in lines.items():
        if not sent.any():
            continue
        alone = measure(replace(of.panel, referrals_in=sent), of.question, of.cluster)
        sends = np.asarray(sent.any(axis=1))
        kept = of.inside & sends[:, None]
        counted[name] = int((of.covered & sends).sum())
        total = alone.over(kept)
        if counted[name] >= ENOUGH and total.expected > 0:
            measured[name] = (total, total.error(of.cluster) / total.expected)
    held = shrink([(total.lift, error) for total, error in measured.values()])
    found = dict(zip(measured, held, strict=True))
    return tuple(
        Part(
            LINE,
            name,
            many,
            Interval.of(measured[name][0].lift, measured[name][1], level) if name in measured else None,
            Interval.of(*found[name], level) if name in found else None,
            found[name][0] * measured[name][0].expected if name in found else None,
        )
        for name, many in counted.items()
        if many
    )


def shrink(measured: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """(lift, standard error) of each part, held to their common mean by what they differ beyond chance.

    Moment estimate of the variance between parts (DerSimonian and Laird 1986, Controlled Clinical Trials 7: 177-188).
    """
    if not measured:
        return []
    lift, error = (np.array(column) for column in zip(*measured, strict=True))
    told = 1 / error**2
    mean = float(told @ lift / told.sum())
    spread = float(told @ (lift - mean) ** 2) - (len(lift) - 1)
    scale = float(told.sum() - (told**2).sum() / told.sum())
    between = max(spread / scale, 0.0) if scale > 0 else 0.0
    share = between / (between + error**2)
    centre = float((lift / (between + error**2)).sum() / (1 / (between + error**2)).sum())
    of_centre = 1 / (1 / (between + error**2)).sum()
    variance = share * error**2 + (1 - share) ** 2 * of_centre
    return [(float(c), float(np.sqrt(v))) for c, v in zip(centre + share * (lift - centre), variance, strict=True)]
