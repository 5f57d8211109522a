"""An attacker who adds and subtracts everything that is shown: linear algebra over single groups of referrals.

Written from the rules, not from the code that hides: unknowns are the smallest groups that tables could tell apart,
and every printed number is a sum of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

Vector = npt.NDArray[np.float64]


@dataclass
class Attack:
    """`shown`: sums of groups with their values; `kept`: sums that must stay unknown."""

    groups: int
    shown: list[tuple[Vector, int]] = field(default_factory=list)
    kept: list[tuple[str, Vector]] = field(default_factory=list)
    not_zero: list[Vector] = field(default_factory=list)  # hidden, so more than 0: zeros are shown

    def sees(self, name: str, of: Sequence[int], count: int, printed: int | None, public: bool = True) -> None:
        """A sum of groups: printed, hidden, or (not `public`) in no table but of interest where it is small."""
        vector = np.zeros(self.groups)
        vector[list(of)] = 1
        if public and printed is not None:
            assert printed == count
            self.shown.append((vector, count))
        elif public and count:
            self.kept.append((name, vector))
            self.not_zero.append(vector)
        elif 1 <= count <= 10:
            self.kept.append((name, vector))

    def solves(self) -> list[str]:
        """What linear algebra finds of what must stay unknown."""
        if not self.shown:
            return []
        known = np.array([v for v, _ in self.shown])
        rank = np.linalg.matrix_rank(known)
        return [name for name, v in self.kept if np.linalg.matrix_rank(np.vstack([known, v])) == rank]

    def corners(self) -> list[str]:
        """What is left with one possible value once nothing is negative and a hidden count is at least 1."""
        equal = np.array([v for v, _ in self.shown]) if self.shown else None
        values = [n for _, n in self.shown] if self.shown else None
        least = -np.array(self.not_zero) if self.not_zero else None
        found = []
        for name, vector in self.kept:
            ends = []
            for sign in (1, -1):
                answer = linprog(
                    sign * vector,
                    A_ub=least,
                    b_ub=-np.ones(len(self.not_zero)) if self.not_zero else None,
                    A_eq=equal,
                    b_eq=values,
                )
                ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
            if ends[1] - ends[0] < 1e-6:
                found.append(name)
        return found
