"""The list beside others that need no model, where the truth is known: how much each brings of the best one's value."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel

Numbers = npt.NDArray[np.float64]
TOP = 25
WORDS = {
    "ranking": "This list",
    "volume": "Biggest first",
    "overdue": "Most overdue",
    "outside": "Most leakage",
    "random": "By lot",
    "best": "The best possible",
}


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


def beside_others(
    panel: Panel, gains: Mapping[str, float], truth: Mapping[str, float], top: int = TOP
) -> dict[str, float]:
    """Name of a list -> share of the best one's value that its first `top` bring; by `WORDS`, the best itself 1.

    `gains`: the list's own expectation, `truth`: what one visit really brings, by practice.
    """
    extra, ours = (np.array([of.get(practice, 0.0) for practice in panel.practices]) for of in (truth, gains))
    scores = {"ranking": ours, **plain_lists(panel, panel.months[-1]), "best": extra}
    top = min(top, len(panel))
    return {name: captured(scores[name], extra, top) for name in WORDS}
