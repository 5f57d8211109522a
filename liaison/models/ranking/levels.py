"""How much a practice is expected to send, before and after a look at what it sent, and how the market moves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.models.panel import Panel

Numbers = npt.NDArray[np.float64]
FEWEST = 0.02  # referrals a month: a practice that never sent any may still send one
RARE = 8  # practices of a kind: kinds with fewer are not told apart


@dataclass(frozen=True)
class Levels:
    """A month's referrals. `expected` (practice): by size, kind and distance; `own`: shrunk to what it did send;
    `market` (month): factors of mean 1; `between`: variance of own / expected between practices."""

    expected: Numbers
    own: Numbers
    market: Numbers
    between: float


def levels(panel: Panel) -> Levels:
    """Levels of a panel, seen from its last month."""
    sent = panel.referrals_in
    market = sent.mean(axis=0) / max(sent.mean(), 1e-9)
    market = np.maximum(market, 0.05)
    exposure = market.sum()
    raw = sent.sum(axis=1) / exposure
    expected = _by_covariates(panel.covariates, raw)
    ratio, sampling = raw / expected, 1 / (expected * exposure)
    weight = expected / expected.sum()
    # Moment estimate: the spread of the ratio beyond what counting alone would give.
    between = float(np.clip(weight @ ((ratio - 1) ** 2 - sampling), 0.02, 2.0))
    held = between / (between + sampling)
    own = np.maximum(expected * (1 + held * (ratio - 1)), FEWEST)
    return Levels(expected, own, market, between)


def _by_covariates(covariates: pd.DataFrame, raw: Numbers) -> Numbers:
    """Poisson regression of the monthly mean on what is known of a practice without its referrals."""
    design = design_of(covariates)
    if not design.shape[1] or len(raw) < 10 or raw.sum() <= 0:
        return np.full(len(raw), max(float(raw.mean()), FEWEST))
    from sklearn.linear_model import PoissonRegressor

    fitted = PoissonRegressor(alpha=0.01, max_iter=300).fit(design, raw)
    return np.asarray(np.maximum(fitted.predict(design), FEWEST))


def design_of(covariates: pd.DataFrame) -> Numbers:
    """Standardised columns: log size, log distance (unknown: their mean) and kinds of practice that are not rare."""
    columns: list[npt.NDArray[np.float64]] = []
    for name in ("size", "distance"):
        if name in covariates:
            value = np.log1p(covariates[name].to_numpy(dtype=float))
            columns.append(np.where(np.isfinite(value), value, np.nanmean(value) if np.isfinite(value).any() else 0.0))
    if "specialty" in covariates:
        kinds = covariates["specialty"].value_counts().sort_index()
        columns += [(covariates["specialty"] == kind).to_numpy(float) for kind in kinds[kinds >= RARE].index[1:]]
    if not columns:
        return np.zeros((len(covariates), 0))
    design = np.column_stack(columns)
    spread = design.std(axis=0)
    return np.asarray((design - design.mean(axis=0))[:, spread > 0] / spread[spread > 0])
