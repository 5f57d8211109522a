"""Which practices changed more than chance explains: one list, worst expected loss first, each with its evidence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from liaison.models.outlook import words
from liaison.models.outlook.belief import Belief, of_fall, of_new, of_return
from liaison.models.outlook.history import History, Month, history
from liaison.models.outlook.odds import Odds, odds
from liaison.models.outlook.signs import small
from liaison.models.outlook.yardstick import LATE_START, WINDOW
from liaison.models.panel import Panel
from liaison.vocabulary import month_text

DIGITS = 4  # of figures in JSON


class Kind(StrEnum):
    """What changed."""

    decline = "decline"
    lapse = "lapse"
    new_source = "new_source"
    returned = "return"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Alert:
    """One practice, or with `practice` None the small ones together (`members`).

    `seen`, `expected`: referrals of the last three months; `usual`: a month, over the months `history` (first, last);
    `market`: the other practices' last three months against the history; `chance`: of this if nothing changed;
    `real`: probability that it is real; `change`: referrals a month, below 0 lost; `since`: month it was first told,
    month id; `silent`: months without a referral before the last three, for a new source or a return; `stopped`: how
    many of the small ones sent in the year before and nothing lately; `says`: all this as a sentence.
    """

    kind: Kind
    practice: str | None
    members: tuple[str, ...]
    window: tuple[int, int]
    history: tuple[int, int]
    seen: int
    expected: float
    usual: float
    market: float
    silent: int
    stopped: int
    chance: float
    real: float
    change: float
    since: int

    @property
    def weight(self) -> float:
        """What the list is ordered by: probability times referrals a month."""
        return self.real * abs(self.change)

    @property
    def says(self) -> str:
        return words.evidence(self)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "practice_id": self.practice,
            **({"members": list(self.members)} if self.practice is None else {}),
            "since": month_text(self.since),
            "seen": self.seen,
            "window": _from_to(self.window),
            **{name: round(getattr(self, name), DIGITS) for name in ("expected", "usual", "market")},
            "history": _from_to(self.history),
            **({"silent": self.silent} if self.kind in (Kind.new_source, Kind.returned) else {}),
            **({"stopped": self.stopped} if self.practice is None else {}),
            **{name: round(getattr(self, name), DIGITS) for name in ("real", "change", "weight")},
            "chance": float(f"{self.chance:.3g}"),
            "says": self.says,
        }


@dataclass(frozen=True)
class Alerts:
    """The list of one month. `alone`, `together`: how many practices are watched for a fall alone, and as a group."""

    month: int
    alerts: tuple[Alert, ...]
    odds: Odds
    threshold: float
    alone: int
    together: int

    def as_json(self) -> dict[str, Any]:
        return {
            "month": month_text(self.month),
            "odds": self.odds.as_json(),
            "threshold": round(self.threshold, DIGITS),
            "watched_alone": self.alone,
            "watched_together": self.together,
            "rows": [alert.as_json() for alert in self.alerts],
        }


def alerts(panel: Panel, month: int | None = None) -> Alerts:
    """The list as of the end of `month` (default: the panel's last), from what was known then.

    Raises LiaisonError with fewer than 16 months up to it.
    """
    known = panel if month is None else panel.until(month)
    counts = known.referrals_in
    told = history(counts)
    found = [*_of_practices(known, told), *_of_group(known, told)]
    ordered = sorted(found, key=lambda alert: (-alert.weight, alert.practice or ""))
    few = small(told.now.measured)
    members = int(few.sum()) if told.now.group else 0
    return Alerts(known.months[-1], tuple(ordered), odds(counts, told), told.threshold, int((~few).sum()), members)


def _of_practices(panel: Panel, told: History) -> list[Alert]:
    now = told.now
    beliefs = (
        of_fall(now.measured.seen, now.measured.expected, now.measured.relative),
        of_new(now.measured, now.shared, now.signs),
        of_return(now.measured, now.shared, now.signs),
    )
    # One alert a practice: of one that has come back, it is no news that it sends less than long ago.
    shown = {int(place): int(which) for which, place in np.argwhere(told.twice[-1] < told.threshold)}
    return [
        _alert(panel, told, which, place, told.since(told.twice[:, which, place]), beliefs[which])
        for place, which in shown.items()
    ]


def _alert(panel: Panel, told: History, which: int, place: int, running: int, belief: Belief) -> Alert:
    now, months = told.now, panel.months
    seen = int(now.measured.seen[place])
    fell = Kind.decline if seen else Kind.lapse
    kind = (fell, Kind.new_source, Kind.returned)[which]
    counts = panel.referrals_in[place]
    first = int((counts > 0).argmax())
    returned = kind is Kind.returned
    return Alert(
        kind=kind,
        practice=panel.practices[place],
        members=(),
        window=(months[-WINDOW], months[-1]),
        history=(months[first if first >= LATE_START and which != 1 else 0], months[-WINDOW - 1]),
        seen=seen,
        expected=float(now.measured.expected[place]),
        usual=float(now.signs.earlier[place] if returned else now.measured.expected[place] / _quarter(now, place)),
        market=float(now.measured.market[place]),
        silent=int(now.signs.silent[place]),
        stopped=0,
        chance=float(now.signs.each[which, place]),
        real=float(belief.real[place]),
        change=float(belief.change[place]),
        since=months[-running],
    )


def _quarter(now: Month, place: int) -> float:
    """Months of the history that the window is worth in this market."""
    return float(WINDOW * now.measured.market[place])


def _of_group(panel: Panel, told: History) -> list[Alert]:
    together, months = told.now.group, panel.months
    if together is None or told.group_twice[-1] >= told.threshold:
        return []
    seen, expected = np.array([together.seen]), np.array([together.expected])
    belief = of_fall(seen, expected, together.relative)
    return [
        Alert(
            kind=Kind.decline,
            practice=None,
            members=tuple(panel.practices[place] for place in np.flatnonzero(together.members)),
            window=(months[-WINDOW], months[-1]),
            history=(months[0], months[-WINDOW - 1]),
            seen=int(together.seen),
            expected=together.expected,
            usual=together.usual,
            market=together.market,
            silent=0,
            stopped=together.silent,
            chance=together.chance,
            real=float(belief.real[0]),
            change=float(belief.change[0]),
            since=months[-told.since(told.group_twice)],
        )
    ]


def _from_to(months: tuple[int, int]) -> dict[str, str]:
    return {"from": month_text(months[0]), "to": month_text(months[1])}
