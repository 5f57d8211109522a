"""Practices that do not change: size, specialty, place, who looks after them, what they send in and elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.worlds.kinds import World

Numbers = npt.NDArray[np.float64]
SPECIALTIES = ("family", "internal", "paediatrics", "gynaecology", "cardiology")
WEIGHT = np.array([1.0, 1.1, 0.7, 0.8, 1.2])  # referrals of a practice of the same size
REGIONS, LIAISONS = 5, 4


@dataclass(frozen=True)
class Practices:
    """`inward`, `outward`: referrals a month in a plain month; `lift`: at the peak of one visit; `region`: a number."""

    covariates: pd.DataFrame
    inward: Numbers
    outward: Numbers
    lift: Numbers
    region: npt.NDArray[np.int64]
    place: Numbers  # (practice, 2): miles


def practices(world: World, count: int, draw: np.random.Generator) -> Practices:
    """So many practices of a world."""
    specialty = draw.choice(len(SPECIALTIES), count, p=[0.35, 0.25, 0.15, 0.15, 0.10])
    known = 0.6 * draw.normal(size=count)  # the part of its volume that size tells
    size = np.maximum(1, np.round(3.0 * np.exp(known))).astype(float)
    place = draw.normal(0, 9, (count, 2))
    distance = np.hypot(*place.T) + 0.5
    own = np.sqrt(max(world.spread**2 - 0.6**2 * 0.5, 0.05))
    log_volume = 0.7 * known + own * draw.normal(size=count) + np.log(WEIGHT[specialty]) - 0.15 * np.log(distance / 9)
    z = (log_volume - log_volume.mean()) / log_volume.std()
    volume = z * world.spread
    inward = np.exp(volume - volume.mean())
    inward *= world.mean / inward.mean()
    odds = np.log(world.outside / (1 - world.outside)) - world.loyalty * z + 0.8 * draw.normal(size=count)
    odds += 0.25 * np.log(distance / 9)
    share = 1 / (1 + np.exp(-odds))
    lift = _lift(world, odds, draw)
    if world.loyal_do_not_respond:
        lift = np.where((share < np.median(share)) & (z > 0), 0.0, lift)
    region = (np.arctan2(*place.T) / (2 * np.pi) * REGIONS % REGIONS).astype(int)
    told = pd.DataFrame(
        {
            "size": size,
            "specialty": [SPECIALTIES[s] for s in specialty],
            "distance": distance.round(1),
            "region": [f"R{r + 1}" for r in region],
            "liaison": [f"L{r % LIAISONS + 1}" for r in region],
        },
        index=pd.Index([f"p{i:04d}" for i in range(count)], name="practice_id"),
    )
    return Practices(told, inward, inward * share / (1 - share), lift, region, place)


def _lift(world: World, odds: Numbers, draw: np.random.Generator) -> Numbers:
    """Between the lowest and the highest; more, by tendency, where more goes elsewhere, but mostly its own."""
    own = draw.normal(size=len(odds))
    ranked = np.argsort(np.argsort(0.6 * (odds - odds.mean()) / odds.std() + 0.8 * own))
    return np.asarray(world.low_lift + (world.high_lift - world.low_lift) * (ranked + 0.5) / len(odds))
