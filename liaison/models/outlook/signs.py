"""How likely chance alone gives what the last three months show: a fall, a new source, a return. One month's tests."""

from dataclasses import dataclass

import numpy as np

from liaison.models.outlook.rates import Array, at_least, at_most
from liaison.models.outlook.yardstick import WINDOW, Flags, Measured, Pool, there

WATCHED_FROM = 3.0  # expected referrals a month, from which a practice's fall is told alone
LAPSED_FROM, LAPSED_REFERRALS = 12, 3  # to lapse, a practice sent so many in so many months before the window
NONE_BEFORE = 24  # a new source sent nothing in so many months before the window
AWAY = 6  # one that returns sent nothing in at least so many
HALF = 0.5
NEVER = 1.0


@dataclass(frozen=True)
class Signs:
    """Chances, (practice), of what is seen if nothing had changed; 1 where the question does not arise.

    `silent`: months without a referral before the last three; `earlier`: referrals a month before that silence.
    """

    fell: Array
    new: Array
    returned: Array
    silent: Array
    earlier: Array

    @property
    def each(self) -> Array:
        """(3, practice): fell, new, returned."""
        return np.stack([self.fell, self.new, self.returned])


def signs(counts: Array, found: Measured, shared: Pool) -> Signs:
    """counts: (practice, month) up to the month that is tested, as they were measured."""
    returned, silent, earlier = _returned(counts, found, shared)
    return Signs(_fell(counts, found), _new(counts, found, shared), returned, silent, earlier)


def small(found: Measured) -> Flags:
    """Practices that send too little to be watched for a fall alone."""
    return np.asarray(found.expected < WATCHED_FROM * WINDOW)


def _fell(counts: Array, found: Measured) -> Array:
    """A smaller practice is tested alone only for having stopped altogether."""
    lately = counts[:, -WINDOW - LAPSED_FROM : -WINDOW].sum(axis=1)
    stopped = (found.seen == 0) & (lately >= LAPSED_REFERRALS)
    tested = ~small(found) | stopped
    return np.where(tested, at_most(found.seen, found.expected, found.relative), NEVER)


def _new(counts: Array, found: Measured, shared: Pool) -> Array:
    """More than a sparse practice sends now and then, after nothing in two years, or in all the months there are."""
    base = counts[:, -WINDOW - NONE_BEFORE : -WINDOW]
    expected, relative = quiet(np.full(len(counts), float(base.shape[1])), found, shared)
    tested = ~base.any(axis=1) & (found.seen > 0)
    return np.where(tested, at_least(found.seen, expected, relative), NEVER)


def _returned(counts: Array, found: Measured, shared: Pool) -> tuple[Array, Array, Array]:
    """The silence was too long for chance at the earlier rate, and now comes too much from one that has left."""
    base = counts[:, :-WINDOW]
    last_sent = base.shape[1] - 1 - (base[:, ::-1] > 0).argmax(axis=1)
    silent = np.where(base.any(axis=1), base.shape[1] - 1 - last_sent, base.shape[1]).astype(float)
    tested = (silent >= AWAY) & (silent < NONE_BEFORE) & (found.before > 0) & (found.seen > 0)
    earlier = shared.usual.rate(found.before, np.maximum(there(base).sum(axis=1) - silent, 1.0))
    away = at_most(np.zeros(len(counts)), earlier * silent, 1 / (found.before + shared.usual.shape) + shared.scatter)
    back = at_least(found.seen, *quiet(np.maximum(silent, 1.0), found, shared))
    return np.where(tested, np.maximum(away, back), NEVER), silent, earlier


def quiet(silent: Array, found: Measured, shared: Pool) -> tuple[Array, float]:
    """What a practice that sent nothing in so many months sends in three if it goes on so: mean, relative variance.

    As if half a referral had come in those months, whatever is usual among practices that do send.
    Source: Jeffreys 1946, An invariant form for the prior probability, for a Poisson rate.
    """
    return HALF / silent * WINDOW * found.market, 1 / HALF + shared.scatter
