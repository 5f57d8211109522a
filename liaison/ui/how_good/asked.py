"""What the page reads: the newest run's look back, visits by lot so far, and who gets the visits."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

from liaison.fieldwork.due import visits_since
from liaison.metrics.findings.how_good import Amount
from liaison.models.fairness import FIRST, SMALL, Sends, Share, fairness
from liaison.models.ranking.lift import Prior
from liaison.models.stored import Run
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import kept
from liaison.ui.clock import today
from liaison.ui.next_visits import asked
from liaison.ui.next_visits.asked import Newest

YEAR = 365  # days of visits that are looked at


@dataclass(frozen=True)
class Sceptic:
    """`checks` as `rank --checks --json`, None until it has been looked back; `drawn`: visits by lot so far;
    `prior_share`: of the lift used, 0 to 1, None where nothing was measured.
    """

    now: Newest
    checks: dict[str, Any] | None
    slope: float | None
    thirds: tuple[Amount, ...]
    lot: Amount | None
    drawn: int
    prior_share: float | None

    @property
    def run(self) -> Run:
        return self.now.run

    def key(self, name: str) -> tuple[object, ...]:
        return self.now.key(name, self.checks is None)


def sceptic(now: Newest) -> Sceptic:
    """What stands in the run's papers."""
    checks = now.run.checks or {}
    lot = checks.get("by_lot")
    return Sceptic(
        now,
        now.run.checks,
        (checks.get("forecast") or {}).get("slope"),
        tuple(_amount(row) for row in checks.get("thirds", {}).get("rows", ())),
        _amount(lot) if lot else None,
        now.drawn,
        prior_share(now.run.lift),
    )


def _amount(row: dict[str, Any]) -> Amount:
    return Amount(row["label"], int(row["visits"]), row["value"], row["low"], row["high"])


def prior_share(lift: dict[str, Any]) -> float | None:
    """How much of the lift used is the prior: its precision in that of both together."""
    measured = lift.get("lift_measured", {})
    low, high, level = (measured.get(name) for name in ("low", "high", "level"))
    if low is None or high is None or level is None:
        return None
    error = (high - low) / 2 / NormalDist().inv_cdf(0.5 + level / 2)
    own = 1 / Prior().sd ** 2
    return float(own / (own + 1 / error**2)) if error else 0.0


def fair(now: Newest) -> tuple[Share, ...]:
    """Rural, small and safety-net practices: their share of visits against their share of need."""

    def made() -> tuple[Share, ...]:
        first = date.fromisoformat(today()) - timedelta(days=YEAR)
        with reading(homes.home().store) as connection:
            visits = visits_since(connection, first.isoformat())
        sends = {row.practice_id: Sends(row.forecast, row.outside_share) for row in asked.ranked(now).rows}
        lying = asked.lies()
        groups = {
            "rural practices": [p for p, lie in lying.items() if lie.rural],
            "small practices": [p for p, each in sends.items() if each.need < SMALL],
            "safety-net practices": [p for p, lie in lying.items() if lie.safety_net],
        }
        listed = [row.row.practice_id for row in asked.visits(now, None).rows[:FIRST]]
        return fairness(sends, groups, visits, listed)

    return kept().get(fair_key(now), made)


def fair_key(now: Newest) -> tuple[object, ...]:
    """What decides who gets the visits."""
    return now.key("fair", now.written, now.chosen, homes.live().data_id)
