"""How much of what the best possible list would bring another list brings, and the lists that need no model."""

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel

Numbers = npt.NDArray[np.float64]


def captured(score: Numbers, extra: Numbers, top: int) -> float:
    """What the `top` highest scores bring, as a share of what the `top` best bring. Ties: in the panel's order."""
    chosen = np.argsort(-score, kind="stable")[:top]
    return float(extra[chosen].sum() / np.sort(extra)[-top:].sum())


def plain_lists(panel: Panel, seed: int) -> dict[str, Numbers]:
    """(practice) scores: the year's volume, longest without a visit, volume elsewhere, and a draw."""
    volume = panel.referrals_in[:, -12:].sum(axis=1)
    back = panel.visited[:, ::-1].argmax(axis=1)
    since = np.where(panel.visited.any(axis=1), back, len(panel.months) + 12.0)
    return {
        "volume": volume,
        "overdue": since + volume / 1e6,
        "outside": np.nan_to_num(panel.referrals_out[:, -12:]).sum(axis=1),
        "random": np.random.default_rng(seed).random(len(panel)),
    }
