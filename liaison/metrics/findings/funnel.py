"""What is said about the funnel: how far referrals get, where they wait, where they are stuck, what changed."""

from statistics import NormalDist

from liaison.metrics.appointments import Appointments
from liaison.metrics.breakdown import Row
from liaison.metrics.figure import Unit, formatted, percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.words import among
from liaison.metrics.funnel import Funnel, StageFigure
from liaison.metrics.funnel_change import WITHIN, FunnelChange
from liaison.metrics.intervals import Interval, change, share_interval
from liaison.metrics.stuck_by import StuckBy
from liaison.vocabulary import NONE, Exit, Stage

# What somebody in this stage waits for.
WAITS = {
    Stage.created: "to be received",
    Stage.received: "for authorisation or a date",
    Stage.authorised: "for a date",
    Stage.scheduled: "to be seen",
    Stage.seen: "for the report back",
}
ENDS = {
    Exit.declined: "are declined",
    Exit.cancelled: "are cancelled",
    Exit.no_show: "end as a no-show",
    Exit.expired: "expire",
    Exit.out_of_network: "leave for another network",
}
# How a row of each dimension is spoken of, and what its blank key is called.
OPEN_WHERE = {
    "service_line": ("in", "no service line"),
    "payer": ("under", "no payer"),
    "practice": ("from", "no practice"),
    "organisation": ("at", "no named destination"),
}
CONTRASTS = 10  # five steps, each in share and in days: as many chances for one to differ by luck


def funnel_headline(found: Funnel) -> str:
    """How many are seen, and for what they wait longest where one wait is longer beyond chance."""
    created, seen = found.reached(Stage.created), found.reached(Stage.seen)
    if created is None or seen is None:
        return "No referral was created in these months."
    if created.reached is None or seen.share is None:
        return "Too few referrals to show how far they get."
    if created.reached < ENOUGH:
        return f"{created.reached} referral{'' if created.reached == 1 else 's'}: too few to say how far they get."
    said = f"{percent(seen.share)} of referrals have been seen so far"
    longest = longest_wait(found)
    if longest is None:
        return f"{said}."
    return f"{said}; the longest wait is {WAITS[longest.stage]}, {_days(longest.median_days or 0)} at the median."


def longest_wait(found: Funnel) -> StageFigure | None:
    """The stage whose median days lie above those of every other, interval against interval."""
    timed = [s for s in found.stages if s.median_days is not None and s.median_low is not None]
    if len(timed) < 2:
        return None
    first, *others = sorted(timed, key=lambda s: -(s.median_days or 0))
    clear = all((first.median_low or 0) > (s.median_high or 0) for s in others)
    return first if clear else None


def main_exit(found: Funnel) -> str | None:
    """How most of those who leave do so; None where no exit is larger than the next beyond chance."""
    exits = [e for e in found.exits if e.count]
    if not exits or any(e.suppressed for e in found.exits):
        return None
    first, second = exits[0], exits[1].count or 0 if len(exits) > 1 else 0
    count = first.count or 0
    if count < ENOUGH or first.share is None or share_interval(count, count + second).low <= 0.5:
        return None
    said = f"{percent(first.share)} {ENDS[first.exit]}"
    return f"{said}, more than leave in any other way." if second else f"{said}; nobody leaves in another way."


def what_is_stuck_most(found: StuckBy) -> str | None:
    """Which row has the largest share of its open referrals stuck; None where none stands out beyond chance."""
    rows = [r for r in found.rows if r.figure.value is not None and r.figure.numerator is not None]
    if len(rows) < 2:
        return None
    worst = max(rows, key=lambda r: (r.figure.value or 0.0, r.figure.denominator or 0))
    stuck, open_ = _counts(worst)
    others = [_counts(r) for r in rows if r is not worst]
    rest = (sum(s for s, _ in others), sum(o for _, o in others))
    level = 1 - 0.05 / len(rows)  # the highest of many is high by chance more often than one picked beforehand
    if not change(rest, (stuck, open_), level).above_zero:
        return None
    ties = [r for r in rows if r is not worst and not change(_counts(r), (stuck, open_), level).above_zero]
    if len(ties) * 2 >= len(rows):
        return None  # where most are alike, none stands out
    at, blank = OPEN_WHERE[found.by]
    said = f"{percent(stuck / open_)} of what is open {at} {blank if worst.label == NONE else worst.label} is stuck"
    if ties:
        return f"{said}, against {percent(rest[0] / rest[1])} of all others; {among(ties, 'wait')}."
    return f"{said}, more than of any other; of all others it is {percent(rest[0] / rest[1])}."


def _counts(row: Row) -> tuple[int, int]:
    return row.figure.numerator or 0, row.figure.denominator or 0


def what_changed(found: FunnelChange) -> list[str]:
    """A sentence for each step whose share or days changed beyond chance, the largest change of shares first."""
    shares = []
    for step in found.steps:
        moved = step.moved_on
        if moved is None or step.before.moved_on is None or step.now.moved_on is None or not _carried(moved):
            continue
        was, now = percent(step.before.moved_on.value), percent(step.now.moved_on.value)
        more = "More" if moved.value > 0 else "Fewer"
        said_of = f"{more} of those who wait {WAITS[step.stage]} move on within {WITHIN} days"
        shares.append((abs(moved.value), f"{said_of}: {now}, before {was}."))
    said = [sentence for _, sentence in sorted(shares, key=lambda pair: -pair[0])]
    return said + [sentence for step in found.steps if (sentence := _slower(step.stage, step.days, step.now.days))]


def _slower(stage: Stage, step: Interval | None, now: Interval | None) -> str | None:
    if step is None or now is None or not _carried(step):
        return None
    was, way = now.value - step.value, "longer" if step.value > 0 else "shorter"
    return f"The wait {WAITS[stage]} is {way}: {_days(now.value)} at the median, before {_days(was)}."


def _carried(step: Interval) -> bool:
    """Whether a change holds though several were looked at: its interval widened to Bonferroni's bound."""
    normal = NormalDist()
    wider = normal.inv_cdf(1 - 0.025 / CONTRASTS) / normal.inv_cdf(0.975)
    low = step.value - wider * (step.value - step.low)
    high = step.value + wider * (step.high - step.value)
    return low > 0 or high < 0


def _days(number: float) -> str:
    return formatted(number, Unit.days)


def late_appointments(found: Appointments) -> str | None:
    """Early appointments (within a week) against late ones (after a month): a contrast chosen before looking.

    None where one of them has too few appointments.
    """
    early, late = _pooled(found, 0, 7), _pooled(found, 31, None)
    if min(early[1], late[1]) < ENOUGH:
        return None
    step = change(early, late)
    shares = f"{percent(early[0] / early[1])} within a week, {percent(late[0] / late[1])} after more than a month"
    if step.below_zero:
        return f"Fewer are seen where the appointment is far off: {shares}."
    if step.above_zero:
        return f"More are seen where the appointment is far off: {shares}."
    return f"Seen as often with early as with late appointments, as far as these numbers tell: {shares}."


def _pooled(found: Appointments, first: int, last: int | None) -> tuple[int, int]:
    bands = [b for b in found.bands if b.first >= first and (last is None or (b.last or last + 1) <= last)]
    return sum(b.figure.numerator or 0 for b in bands), sum(b.figure.denominator or 0 for b in bands)
