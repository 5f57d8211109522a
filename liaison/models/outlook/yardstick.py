"""What the last three months of each practice are measured by: its own history and what the others did.

One month's yardstick sees that month and those before it, nothing later. What is pooled over practices is a value of
its own (`Pool`), so that the same practices can be measured again with counts that were changed on purpose.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.outlook.market import others
from liaison.models.outlook.rates import Array, Usual, relative_variance, steadied, usual

WINDOW = 3
LEAST_BEFORE = 12  # months of history below which nothing is tested
LATE_START = 6  # a silence that long at the start of the panel is taken as "was not there yet"

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pool:
    """What is shared. `path` (practice, month): the other practices' month against their mean month of the history;
    `scatter`: variance of three months beyond chance as a share of their mean squared; `unsure` (practice): that of
    the path.
    """

    path: Array
    usual: Usual
    scatter: float
    unsure: Array


@dataclass(frozen=True)
class Measured:
    """(practice) arrays. `seen`, `expected`: referrals of the last three months; `before`: referrals of the history;
    `months`: its months, each weighed by the market; `relative`: variance of `seen` beyond chance as a share of
    expected squared; `market`: the others' last three months against their history, 1: as much.
    """

    seen: Array
    expected: Array
    before: Array
    months: Array
    relative: Array
    market: Array


def pool(counts: Array) -> Pool:
    """counts: (practice, month), the last three of which are to be measured."""
    around = others(counts)
    path = around / around[:, :-WINDOW].mean(axis=1, keepdims=True)
    base = counts[:, :-WINDOW]
    weights = _weights(base, path)
    like = usual(base.sum(axis=1), weights.sum(axis=1))
    scatter = _scatter(base, weights)
    rate = like.rate(base.sum(axis=1), weights.sum(axis=1))
    return Pool(path, like, scatter, _unsure(rate, around[:, -WINDOW:].sum(axis=1), scatter))


def measure(counts: Array, shared: Pool) -> Measured:
    """counts: (practice, month), of the practices and months that the pool was made from."""
    base = counts[:, :-WINDOW]
    weights = _weights(base, shared.path)
    before, months = base.sum(axis=1), weights.sum(axis=1)
    recent = shared.path[:, -WINDOW:].sum(axis=1)
    blocks = np.maximum((weights > 0).sum(axis=1) / WINDOW, 1)
    return Measured(
        seen=counts[:, -WINDOW:].sum(axis=1),
        expected=shared.usual.rate(before, months) * recent,
        before=before,
        months=months,
        relative=1 / (before + shared.usual.shape) + shared.scatter * (1 + 1 / blocks) + shared.unsure,
        market=recent / WINDOW,
    )


def there(base: Array) -> Flags:
    """(practice, month): from its first referral on, for practices that were silent for the first half year."""
    first = np.where(base.any(axis=1), (base > 0).argmax(axis=1), 0)
    first = np.where(first >= LATE_START, first, 0)
    return np.asarray(np.arange(base.shape[1]) >= first[:, None])


def _weights(base: Array, path: Array) -> Array:
    return np.where(there(base), path[:, : base.shape[1]], 0.0)


def _scatter(base: Array, weights: Array) -> float:
    """About each practice's mean, in blocks of three months counted back from the window."""
    blocks = base.shape[1] // WINDOW
    kept, cut = slice(base.shape[1] - blocks * WINDOW, None), (len(base), blocks, WINDOW)
    seen, weighed = base[:, kept].reshape(cut).sum(axis=2), weights[:, kept].reshape(cut).sum(axis=2)
    share = weighed / np.maximum(weighed.sum(axis=1, keepdims=True), 1e-9)
    found = relative_variance(seen, seen.sum(axis=1, keepdims=True) * share, free=1 - share)
    return steadied(found, len(base) * (blocks - 1))


def _unsure(rate: Array, sent: Array, scatter: float) -> Array:
    """Few others, or a few large ones, are a poor yardstick. `sent`: the others' referrals of the window."""
    share = rate / rate.sum()
    rest = np.maximum(1 - share, 1e-9)
    concentrated = np.clip(((share**2).sum() - share**2) / rest**2, 0.0, 1.0)
    return np.asarray(1 / sent + scatter * concentrated, dtype=float)
