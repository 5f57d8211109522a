"""What a visit is taken to do over time: the lag curve, how much of it is felt, and what one more visit would add."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

# Share of the peak, one to six months after a visit: rises to the third month, gone after the sixth. Taken where no
# curve has been measured; wrong by a factor of two it costs a ranking little.
LAGS = (1 / 3, 2 / 3, 1.0, 3 / 4, 1 / 2, 1 / 4)


def felt(visited: npt.NDArray[np.bool_], lags: Sequence[float] = LAGS) -> Numbers:
    """(practice, month): 0-1, how much of a visit's peak is felt from the visits of the months before.

    Several visits at once add up to the peak and no further.
    """
    out = np.zeros(visited.shape)
    for lag, share in enumerate(lags, start=1):
        out[:, lag:] += share * visited[:, : visited.shape[1] - lag]
    return np.asarray(np.minimum(out, 1.0))


def left_over(visited: npt.NDArray[np.bool_], lags: Sequence[float] = LAGS) -> Numbers:
    """(practice, month ahead): what is still felt of the visits made, from the second month after the last on."""
    return np.asarray(_ahead(visited, False, lags))


def added(visited: npt.NDArray[np.bool_], lags: Sequence[float] = LAGS) -> Numbers:
    """(practice, month ahead): what a visit in the month after the last adds to what is felt, from a month on."""
    return np.asarray(_ahead(visited, True, lags) - _ahead(visited, False, lags))


def _ahead(visited: npt.NDArray[np.bool_], one_more: bool, lags: Sequence[float]) -> Numbers:
    count, months = visited.shape
    made = np.zeros((count, months + len(lags) + 1), dtype=bool)
    made[:, :months] = visited
    made[:, months] = one_more
    return felt(made, lags)[:, months + 1 :]


def months_since(visited: npt.NDArray[np.bool_]) -> Numbers:
    """(practice): months from the last visit to the month after the last; nan where there was none."""
    back = visited[:, ::-1].argmax(axis=1) + 1.0
    return np.asarray(np.where(visited.any(axis=1), back, np.nan))
