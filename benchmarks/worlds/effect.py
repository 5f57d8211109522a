"""What a visit does: nothing in its month, most three months on, gone after six; two at once do not add up."""

import numpy as np

from benchmarks.worlds.practices import Numbers

LAGS = np.array([0.45, 0.80, 1.00, 0.85, 0.60, 0.30])  # share of the peak, one to six months after a visit
REACH = len(LAGS)


def dose(visited: Numbers, month: int) -> Numbers:
    """(practice): 0-1, how much of the peak is felt in a month, from visits in the months before. It saturates at 1."""
    felt = np.zeros(len(visited))
    for lag in range(1, min(REACH, month) + 1):
        felt += LAGS[lag - 1] * (visited[:, month - lag] > 0)
    return np.minimum(felt, 1.0)


def extra(rate: Numbers, lift: Numbers, visited: Numbers, month: int) -> Numbers:
    """(practice): referrals that one visit in `month` brings in all, beside the visits that were made before.

    `rate` (practice, month) without visits, up to six months past `month`.
    """
    without = np.zeros((len(visited), month + REACH + 1))
    without[:, :month] = visited[:, :month] > 0
    with_one = without.copy()
    with_one[:, month] = 1
    gained = np.zeros(len(visited))
    for ahead in range(month + 1, month + REACH + 1):
        gained += rate[:, ahead] * lift * (dose(with_one, ahead) - dose(without, ahead))
    return gained
