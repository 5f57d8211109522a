"""What was brought by anything else than visits: the same estimate over other exposures, with the same refusals.

An exposure is a (practice, month) pair. Who was never exposed, or not yet, is the comparison; a kind that names its own
comparison is held against that alone. Visits go on meanwhile: where most of those exposed were visited in the same
half year, the sentence says that the two cannot be told apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from liaison.fieldwork.exposures import Exposures
from liaison.models.effect import Effect, Interval, effect
from liaison.models.effect.checks import LEAST_PEERS, LEAST_SHARE, LEAST_VISITED
from liaison.models.effect.question import COLD, Asked
from liaison.models.panel import Panel

Flags = npt.NDArray[np.bool_]
TOGETHER = 0.5  # of those exposed, visited in the same half year: from here on the two are not told apart


@dataclass(frozen=True, eq=False)
class Beyond:
    """`of`: the estimate of one kind; `visited`: share of those exposed that were visited in the half year around."""

    exposures: Exposures
    of: Effect
    visited: float

    @property
    def interval(self) -> tuple[Interval, Interval, float] | None:
        """Incremental, lift and expected; None where refused."""
        return None if self.of.verdict == "refused" else self.of.interval()

    @property
    def says(self) -> str:
        done, found = self.exposures.done, self.interval
        if found is None:
            return f"There is no number for practices that {done}: {'; '.join(self.reasons)}."
        incremental, lift, _ = found
        ends = f"between {incremental.low:+,.0f} and {incremental.high:+,.0f}"
        if incremental.covers_zero:
            return f"These data cannot tell what practices that {done} sent beyond others: {ends} referrals."
        word = "more" if incremental.value > 0 else "fewer"
        much = f"{abs(incremental.value):,.0f} referrals {word} than expected, {ends} ({lift.value:+.0%})"
        return f"Practices that {done} sent {much}.{self._with_visits}"

    @property
    def _with_visits(self) -> str:
        if self.visited < TOGETHER:
            return ""
        return f" {self.visited:.0%} of them were visited in the same half year: the two cannot be told apart."

    @property
    def reasons(self) -> list[str]:
        """Why there is no number, each decisive check that failed in the words of this kind."""
        of, done = self.of.measured, self.exposures.done
        words = {
            "already_growing": "they were growing before it",
            "common_range": f"{self.of.share:.0%} of what they send comes from practices with peers, and "
            f"{LEAST_SHARE:.0%} are needed",
            "visited_practices": f"{int(of.covered.sum()):,} of them have peers and months after it, and "
            f"{LEAST_VISITED} are needed",
            "comparison_practices": f"{of.peers:,} practices are there to compare with, and {LEAST_PEERS} are needed",
            "months_before": f"none that {done} has six months of referrals before it",
        }
        return [words[check.name] for check in self.of.checks if check.refuses]

    @property
    def compared(self) -> str:
        many, peers = len(self.of.covered), self.of.measured.peers
        if self.of.asked is Asked.one_more:
            against = "practices that had it as often and then none for half a year"
        elif self.exposures.against is None:
            against = "practices of the same size, recent path and market without it"
        else:
            against = "practices that were held aside"
        return f"{many:,} practices that {self.exposures.done} are compared with {peers:,} {against}."

    def as_json(self) -> dict[str, Any]:
        found = self.interval
        incremental, lift, expected = found or (None, None, None)
        return {
            "kind": self.exposures.kind,
            "title": self.exposures.title,
            "verdict": self.of.verdict,
            "says": self.says,
            "reasons": self.reasons,
            "incremental": incremental.as_json() if incremental else None,
            "lift": lift.as_json() if lift else None,
            "baseline": round(expected, 4) if expected is not None else None,
            "practices": len({practice for practice, _ in self.exposures.months}),
            "covered": len(self.of.covered),
            "compared": self.compared if found else None,
            "visited_too": round(self.visited, 4),
            "without_practice": self.exposures.nowhere,
            "checks": [{"name": check.name, "state": check.state.value} for check in self.of.checks],
        }


def beyond(
    panel: Panel, kinds: Iterable[Exposures], level: float = 0.95, cluster: npt.NDArray[np.int64] | None = None
) -> tuple[Beyond, ...]:
    """One estimate a kind that happened in the panel's months to one of its practices."""
    found = []
    for kind in kinds:
        exposed, places = exposed_panel(panel, kind)
        if exposed.visited.any():
            groups = None if cluster is None else np.unique(cluster[places], return_inverse=True)[1]
            found.append(
                Beyond(kind, effect(exposed, level=level, cluster=groups), _visited_too(panel, exposed, places))
            )
    return tuple(found)


def exposed_panel(panel: Panel, kind: Exposures) -> tuple[Panel, npt.NDArray[np.int64]]:
    """The panel with a kind's exposures in the place of visits, and which of its practices are in it: all, or those
    exposed and the kind's own comparison."""
    counts = _counts(panel, kind.months)
    kept = np.ones(len(panel), dtype=bool)
    if kind.against is not None:
        kept = counts.any(axis=1) | np.array([name in kind.against for name in panel.practices])
    places = np.flatnonzero(kept)
    return (
        replace(
            panel,
            practices=tuple(panel.practices[place] for place in places),
            referrals_in=panel.referrals_in[places],
            referrals_out=panel.referrals_out[places],
            visits=counts[places],
            visit_randomised=np.zeros_like(counts[places]),
            covariates=panel.covariates.iloc[places],
        ),
        places,
    )


def _counts(panel: Panel, months: Mapping[tuple[str, int], int]) -> npt.NDArray[np.float64]:
    cells = {name: place for place, name in enumerate(panel.practices)}
    counts = np.zeros(panel.visits.shape)
    for (practice, month), many in months.items():
        if practice in cells and panel.months[0] <= month <= panel.months[-1]:
            counts[cells[practice], month - panel.months[0]] += many
    return counts


def _visited_too(panel: Panel, exposed: Panel, places: npt.NDArray[np.int64]) -> float:
    """Of exposed practices, the share that was visited within half a year of its first exposure."""
    visited = panel.visited[places]
    first = np.where(exposed.visited.any(axis=1), exposed.visited.argmax(axis=1), -1)
    own = np.flatnonzero(first >= 0)
    near = [bool(visited[at, max(first[at] - COLD, 0) : first[at] + COLD + 1].any()) for at in own]
    return float(np.mean(near)) if near else 0.0
