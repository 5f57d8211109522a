"""How likely a practice was to stay unvisited, given its past: what the comparison must be weighed by.

A practice is compared with only while it stays unvisited. Where teams visit those that do well (or badly), those that
stay are the unlucky (or lucky) ones among them, and comparing with them invents an effect. Each is therefore counted
for all that were like it and did not stay (inverse probability of censoring, Robins and Finkelstein 2000, Biometrics
56: 779-788). Without it the worlds of `benchmarks` had biases of +5 points where the big ones are visited, and -4
where those in decline are.
"""

import numpy as np
import numpy.typing as npt

from liaison.models.effect.path import HALF, LEVEL, Sums
from liaison.models.effect.poisson import logistic, probability
from liaison.models.effect.question import Question

Numbers = npt.NDArray[np.float64]
MOST = 10.0  # a practice counts for at most so many
SUREST = 0.9  # chance of a visit in a month, at most


def log_weights(question: Question, path: Numbers, sums: Sums, expected: Numbers) -> Numbers:
    """(practice, month + 1): running sums of -log(chance to stay unvisited in a month); the difference of two months
    is the log of the weight for having stayed from one to the other."""
    practices, months = question.begins.shape
    held = np.zeros((practices, months + 1))
    month, practice = np.nonzero(question.could.T)
    visited = question.begins[practice, month].astype(float)
    if not question.weighed or not visited.any():
        return held
    listed = level_before(question.start, sums, expected)[practice]
    ago = np.maximum(month - HALF, 0)
    came = sums.sent[practice, month] - sums.sent[practice, ago]
    should = sums.index[practice, month] - sums.index[practice, ago]
    half_year = np.log((came + 1.5) / np.maximum(should, 1e-9))
    years = (month - question.start) / 12
    rows = path[month, practice]
    design = np.column_stack([rows, listed, listed**2, half_year, years, years * listed, rows[:, LEVEL] ** 2])
    chance = probability(design, logistic(design, visited).coefficients)
    stayed = np.zeros((practices, months))
    stayed[practice, month] = -np.log1p(-np.minimum(chance, SUREST))
    held[:, 1:] = stayed.cumsum(axis=1)
    return held


def level_before(start: int, sums: Sums, expected: Numbers) -> Numbers:
    """(practice): log level of the half year before the programme: what a target list would have been made from."""
    came, should = sums.between(max(0, start - HALF), start)
    return np.asarray(np.log((came + 1.0) / (should + 1.0 / expected)))
