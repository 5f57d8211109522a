"""What must hold before a number is believed, each as a sentence: held, failed, or not testable and why."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from liaison.models.effect.bands import Total
from liaison.models.effect.measured import Measured
from liaison.models.effect.placebo import LIKELY, Placebo
from liaison.models.effect.question import Asked
from liaison.vocabulary import month_words

LEAST_SHARE, HALF = 0.15, 0.50  # of visited volume that is covered: below the first refused, below the second said
LEAST_VISITED, LEAST_PEERS = 10, 30
FEWER_VISITED = 6  # with peers, where ten have a first visit: whether all of these grew already can still be asked
YEAR = 12
APART = 2.0  # joint standard errors at which two methods disagree


class State(StrEnum):
    held = "held"
    failed = "failed"
    not_testable = "not_testable"


@dataclass(frozen=True)
class Check:
    """`decisive`: no headline where it failed. `cure`: what would make the question answerable, where it failed."""

    name: str
    state: State
    says: str
    decisive: bool = False
    cure: str | None = None

    @property
    def refuses(self) -> bool:
        return self.decisive and self.state is State.failed

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Second:
    """A second method's lift of what was expected, with its standard error."""

    name: str
    lift: float
    error: float


def checks(of: Measured, back: Placebo, share: float, lots: int, second: tuple[Second, ...]) -> tuple[Check, ...]:
    """Every check. `share`: of visited volume that is covered; `lots`: slots by lot."""
    return (
        growing(of, back),
        falling(of, back),
        common(share),
        *counts(of),
        history(of),
        one_alone(of),
        by_lot(lots, back.growing),
        *(agrees(of.whole, of.error(of.whole), other) for other in second),
        *([] if second else [Check("second_method", State.not_testable, "No second method was asked for.")]),
        buildings(of),
        Check(
            "spill_over",
            State.not_testable,
            "Whether visits moved referrals from one practice to another cannot be seen here.",
        ),
    )


def growing(of: Measured, back: Placebo) -> Check:
    name = "already_growing"
    if of.question.asked is not Asked.first_visit:
        says = "Whether practices grew before the visit is not asked where they were visited before."
        return Check(name, State.not_testable, says, True)
    if not back.told:
        says = "Too few practices have a year of history before their first visit to see whether they grew already."
        return Check(name, State.not_testable, says, True)
    says = _moved(back)
    if not back.growing:
        return Check(name, State.held, f"{says}: they were not growing already.", True)
    if not back.surely:
        alike = back.alike
        says += (
            f", and {alike.share:.0%} more than practices of the same path that waited, give or take {alike.error:.0%}"
        )
        if not back.plain.above(LIKELY):
            says += "; whom to see first followed what had just come"
    cure = "Let a share of slots fall by lot: 50 such visits answer it whatever the others were chosen by."
    return Check(name, State.failed, f"{says}: they were growing already, and would have sent more anyway.", True, cure)


def falling(of: Measured, back: Placebo) -> Check:
    name = "already_falling"
    if not back.told:
        return Check(name, State.not_testable, "Whether practices fell before the visit cannot be seen.")
    if not back.falling:
        return Check(name, State.held, f"{_moved(back)}: they were not in decline.")
    says = f"{_moved(back)}: they were in decline, and are compared with practices in the same decline."
    return Check(name, State.failed, f"{says} A chart of fixed effects would mislead here.")


def _moved(back: Placebo) -> str:
    rise = back.plain
    word = "more" if rise.share >= 0 else "less"
    sent = f"{abs(rise.share):.0%} {word} than their history and the market let expect"
    return f"In the six months before the visit {rise.practices:,} practices sent {sent}, give or take {rise.error:.0%}"


def common(share: float) -> Check:
    name, says = "common_range", f"{share:.0%} of what visited practices send comes from practices with peers"
    if share < LEAST_SHARE:
        cure = "Leave some practices of every size unvisited for a year, or let slots fall by lot."
        return Check(name, State.failed, f"{says}: too little to speak of the programme.", True, cure)
    rest = "the rest has none of that size and is not measured"
    return Check(name, State.held, f"{says}; {rest}." if share < HALF else f"{says}.", True)


def counts(of: Measured) -> tuple[Check, Check, Check]:
    visited, peers = int(of.covered.sum()), of.peers
    early = of.question.already & of.panel.visited.any(axis=1)
    late = int(early.sum())
    return (
        _at_least(
            "visited_practices",
            visited,
            least_visited(of),
            "visited practices have peers and months after the visit",
            "First visits to more practices, or more months, are needed.",
        ),
        _at_least(
            "comparison_practices",
            peers,
            LEAST_PEERS,
            "practices are there to compare with"
            if of.question.asked is Asked.first_visit
            else "practices that had been visited as often were cold and stayed so for half a year",
            "More practices must stay unvisited for a while; slots by lot name whom.",
        ),
        Check(
            "months_before",
            State.failed if not of.question.begins.any() else State.held,
            _months_before(of, late),
            True,
            None if of.question.begins.any() else "Import referrals from at least six months before the first visits.",
        ),
    )


def least_visited(of: Measured) -> int:
    """Visited practices with peers that a headline needs."""
    first = of.question.asked is Asked.first_visit
    return FEWER_VISITED if first and int(of.question.begins.any(axis=1).sum()) >= LEAST_VISITED else LEAST_VISITED


def _months_before(of: Measured, late: int) -> str:
    if not of.question.begins.any():
        return "No visited practice has six months of referrals before its visit."
    if not late or of.question.asked is not Asked.first_visit:
        return "Every practice that counts has at least six months of referrals before its visit."
    return (
        f"Every practice that counts has six months of referrals before its visit; {late:,} visited earlier do not "
        "and are left out."
    )


def _at_least(name: str, found: int, least: int, noun: str, cure: str) -> Check:
    if found >= least:
        return Check(name, State.held, f"{found:,} {noun}.", True)
    return Check(name, State.failed, f"Only {found:,} {noun}; {least} are needed.", True, cure)


def history(of: Measured) -> Check:
    """Amber: with less than a year before, the season of a practice is not in its path."""
    name = "short_history"
    month = np.nonzero(of.inside)[1]
    if not len(month):
        return Check(name, State.not_testable, "No visit has a history to speak of.")
    short = float((month < YEAR).mean())
    says = f"{1 - short:.0%} of the visits that count have a year of referrals before them"
    if short <= HALF:
        return Check(name, State.held, f"{says}.")
    return Check(name, State.failed, f"{says}: what a practice usually sends is known less well for the others.")


def one_alone(of: Measured) -> Check:
    """Leave-one-out by practice, to first order: the influence of each on the lift."""
    name, whole = "no_practice_alone", of.whole
    if whole.expected <= 0:
        return Check(name, State.not_testable, "There is nothing to leave a practice out of.")
    lift, without = whole.lift, leave_one_out(whole)
    most = int(np.argmax(np.abs(without - lift)))
    who = of.panel.practices[most]
    says = f"Without {who}, the practice that counts most, the lift is {without[most]:+.0%} in place of {lift:+.0%}"
    error = of.error(whole) / whole.expected
    if abs(without[most] - lift) > error:
        return Check(name, State.failed, f"{says}: it hangs on one practice.")
    return Check(name, State.held, f"{says}.")


def without_number(found: tuple[Check, ...]) -> tuple[Check, ...]:
    """The same checks; where one refuses, none of the others prints the lift that is withheld."""
    if not any(check.refuses for check in found):
        return found
    says = "There is no number to leave a practice out of."
    withheld = Check("no_practice_alone", State.not_testable, says)
    return tuple(
        withheld if check.name == withheld.name else check
        for check in found
        if check.name != "second_method" or check.state is State.not_testable
    )


def leave_one_out(whole: Total) -> np.ndarray:
    """(practice): the lift without each practice, to first order."""
    return np.asarray(whole.lift - whole.left / np.maximum(whole.expected - whole.by_practice, 1e-9))


def by_lot(lots: int, needed: bool) -> Check:
    name = "by_lot"
    if lots >= 50:
        return Check(name, State.held, f"{lots:,} visits fell by lot: they are shown as assigned.")
    says = f"{lots:,} visits fell by lot; 50 are needed to show what they brought."
    return Check(name, State.not_testable, says, False, "Let a tenth of the slots fall by lot." if needed else None)


def agrees(whole: Total, error: float, other: Second) -> Check:
    name = "second_method"
    if whole.expected <= 0 or not np.isfinite(other.error):
        return Check(name, State.not_testable, f"{other.name} gives nothing to compare with.")
    joint = float(np.hypot(error / whole.expected, other.error))
    both = f"{other.name} says {other.lift:+.0%} where this says {whole.lift:+.0%}"
    if abs(other.lift - whole.lift) <= APART * joint:
        return Check(name, State.held, f"{both}: within what chance allows.")
    reason = "It starts from the month before the visit, which this does not trust: teams go when that month was odd"
    return Check(name, State.failed, f"{both}, more than chance allows. {reason}. Both are shown, never their mean.")


def buildings(of: Measured) -> Check:
    name = "one_building"
    if of.cluster is None:
        says = "Which practices share a building or a group is not known: each stands for itself."
        return Check(name, State.not_testable, says)
    many = len(np.unique(of.cluster))
    return Check(name, State.held, f"Practices of one building or group vary together: {many:,} groups are counted.")


def late_log(of: Measured, known_from: int | None, volume: float) -> Check:
    """`known_from`: month id from which all visits are known, None where nobody said that some are not."""
    name = "late_log"
    share = f"{volume:.0%} of what visited practices send comes from practices in the programme already"
    if known_from is None or known_from <= of.panel.months[0]:
        return Check(name, State.held, f"Visits are taken as known for every month; {share}.")
    since = month_words(known_from)
    return Check(
        name, State.failed, f"Visits are all on record since {since} only; before it, none known is no none; {share}."
    )
