"""The estimate as people get it: verdict, figure, checks, comparison, curve and months, each in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from liaison.models.effect.bands import cells
from liaison.models.effect.checks import Check, Second, checks, late_log, without_number
from liaison.models.effect.interval import Interval
from liaison.models.effect.lots import Lots, drawn, lots
from liaison.models.effect.measured import Flags, Measured, Whole, measure
from liaison.models.effect.money import Cost, Line, Money, money
from liaison.models.effect.naive import BeforeAfter, before_after
from liaison.models.effect.parts import Part, parts, parts_of_lines
from liaison.models.effect.placebo import Placebo, placebo
from liaison.models.effect.question import MATURE, Asked, one_more, since_first, volume_already
from liaison.models.effect.telling import Telling, telling
from liaison.models.effect.words import at_most, headline, refusal
from liaison.models.panel import Counts, Panel

Window = tuple[int, int]  # month ids, first and last


@dataclass(frozen=True, eq=False)
class Effect:
    """What visits caused, over the covered practices and the window.

    `measured` holds all totals; `checks` decide whether one is shown. `shown` False: no number in the headline.
    """

    measured: Measured
    level: float
    window: Window
    checks: tuple[Check, ...]
    back: Placebo
    naive: BeforeAfter | None
    lots: Lots | None
    parts: tuple[Part, ...]
    volume_already: float
    told: Telling

    @property
    def by_lot(self) -> bool:
        """Practices grew already, but visits by lot answer what the others cannot."""
        fired = [check.name for check in self.checks if check.refuses]
        return fired == ["already_growing"] and self.lots is not None

    @property
    def verdict(self) -> Literal["estimate", "refused"]:
        refused = any(check.refuses for check in self.checks)
        return "refused" if refused and not self.by_lot else "estimate"

    @property
    def asked(self) -> Asked:
        return Asked.by_lot if self.by_lot else self.measured.question.asked

    @property
    def of(self) -> Measured:
        """What the headline is summed from."""
        return self.lots.measured if self.by_lot and self.lots else self.measured

    @property
    def kept(self) -> Flags:
        """(practice, month): visits that the headline counts."""
        return self.of.question.begins if self.by_lot else self.of.inside

    @property
    def in_months(self) -> tuple[int, int]:
        first = self.measured.panel.months[0]
        return self.window[0] - first, self.window[1] - first + 1

    def interval(self) -> tuple[Interval, Interval, float]:
        """Incremental, lift and expected of the headline's visits in the window, shown or not."""
        whole = self.of.over(self.kept, self.in_months)
        error = self.of.error(whole)
        lift = Interval.of(whole.lift, error / whole.expected if whole.expected else 0.0, self.level)
        return Interval.of(whole.incremental, error, self.level), lift, whole.expected

    @property
    def incremental(self) -> Interval | None:
        """None where refused."""
        return None if self.verdict == "refused" else self.interval()[0]

    @property
    def bound(self) -> Interval | None:
        """The refused estimate where it is only too high: its upper end is what one may say."""
        fired = [check.name for check in self.checks if check.refuses]
        return self.interval()[0] if fired == ["already_growing"] and not self.by_lot else None

    @property
    def cells(self) -> Flags:
        """(practice, month): what the headline is summed over, in all months."""
        return cells(self.of.fits, self.kept)

    @property
    def covered(self) -> tuple[str, ...]:
        return tuple(self.of.panel.practices[place] for place in np.flatnonzero(self.cells.any(axis=1)))

    @property
    def share(self) -> float:
        """Of what visited practices sent over all months, the part of covered ones."""
        return covered_share(self.measured)

    @property
    def says(self) -> str:
        """The headline."""
        if self.verdict == "refused":
            incremental, lift, _ = self.interval()
            return at_most(incremental, lift) if self.bound else "There is no number: " + self.reasons[0]
        incremental, lift, _ = self.interval()
        told = self.told if self.every_month else None
        return self.lots.says if self.by_lot and self.lots else headline(incremental, lift, self.share, told)

    @property
    def every_month(self) -> bool:
        """Whether the window is all that the panel holds."""
        months = self.measured.panel.months
        return self.window == (months[0], months[-1])

    @property
    def reasons(self) -> list[str]:
        return refusal(self.checks)

    def worth(self, lines: Sequence[Line], total: float, source: str = "typed in") -> Money | None:
        """Money of the headline; `total`: programme cost over the window. None where refused."""
        if self.verdict == "refused":
            return None
        first, end = self.in_months
        visits = self.measured.panel.visits[:, first:end]
        asked = self.kept.copy()
        asked[:, -1] = False  # no month after it: nothing of it is measured
        covered = (self.cells | asked)[:, first:end]  # the visits asked about and those that followed them
        cost = Cost(total, int(visits.sum()), int(visits[covered].sum()), source)
        incremental, _, expected = self.interval()
        whole = self.of.over(self.kept, self.in_months)
        return money(incremental, self.of.error(whole), expected, lines, cost)


def effect(
    panel: Panel,
    known_from: int | Whole | None = None,
    window: Window | None = None,
    level: float = 0.95,
    by: Mapping[str, Sequence[str]] | None = None,
    cluster: Whole | None = None,
    second: tuple[Second, ...] = (),
    lines: Mapping[str, Counts] | None = None,
) -> Effect:
    """Estimate what visits caused.

    `known_from`: month id from which all visits are known, for all or (practice); None: from the panel's start.
    `by`: what practices are parted by -> each one's part. `cluster` (practice): codes of buildings or groups. `lines`:
    service line -> (practice, month) referrals of it.
    """
    since = _since(panel, known_from)
    question = since_first(panel, since)
    already = volume_already(panel, question)
    if already > MATURE:
        question = one_more(panel, since)
    of = measure(panel, question, cluster)
    back, by_lots = placebo(of), lots(panel, level, cluster)
    late = int(np.max(known_from)) if known_from is not None else None
    found = checks(of, back, covered_share(of), drawn(panel), second)
    counted = of.covered if of.covered.sum() > 1 else np.asarray(panel.visited.any(axis=1))
    return Effect(
        of,
        level,
        window or (panel.months[0], panel.months[-1]),
        (*without_number(found), late_log(of, late, already)),
        back,
        before_after(panel, counted, np.diff(of.sums.index, axis=1)),
        by_lots,
        (*parts(of, by or {}, level), *parts_of_lines(of, lines or {}, level)),
        already,
        telling(of, level),
    )


def covered_share(of: Measured) -> float:
    sent, visited = of.panel.referrals_in.sum(axis=1), of.panel.visited.any(axis=1)
    whole = float(sent[visited].sum())
    return float(sent[of.covered].sum()) / whole if whole else 0.0


def _since(panel: Panel, known_from: int | Whole | None) -> Whole:
    """(practice): months from the panel's first until its visits are known."""
    from_month = np.full(len(panel), panel.months[0] if known_from is None else known_from)
    return np.asarray(np.maximum(from_month - panel.months[0], 0), dtype=np.int64)
