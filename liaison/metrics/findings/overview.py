"""What the Overview says, a sentence a tile."""

from math import sqrt

from liaison.metrics.breakdown import Breakdown
from liaison.metrics.figure import Figure, percent
from liaison.metrics.intervals import change
from liaison.metrics.findings.leakage import change_in_leakage, leakage_headline
from liaison.metrics.stuck import Stuck
from liaison.vocabulary import Stage

Z = 1.959964  # the normal quantile of a 95% interval


def volume_change(before: int, now: int) -> str | None:
    """'Volume rose by 12%' between two windows of the same length; None where chance could have done it.

    Two Poisson counts: the square roots of counts differ by more than 1.96 / sqrt(2). Source: Anscombe 1948,
    The transformation of Poisson data, Biometrika 35:246-254.
    """
    if min(before, now) < 1 or abs(sqrt(now + 3 / 8) - sqrt(before + 3 / 8)) <= Z / sqrt(2):
        return None
    return f"Volume {'rose' if now > before else 'fell'} by {percent(abs(now / before - 1))}."


def unknown_share(total: Figure) -> str | None:
    """What part of the picture is missing; None where nothing is."""
    unknown, known = total.beside.get("unknown"), total.denominator
    if not unknown or known is None:
        return None
    return f"Of {percent(unknown / (unknown + known))} of referrals the destination is not known."


def unknown_change(before: Figure, now: Figure) -> str | None:
    """Whether more or fewer destinations are known than before, where the interval carries it."""
    parts = []
    for figure in (before, now):
        unknown, known = figure.beside.get("unknown"), figure.denominator
        if unknown is None or not known:
            return None
        parts.append((unknown, unknown + known))
    step = change(parts[0], parts[1])
    if step.above_zero:
        return "Fewer destinations are known than before."
    return "More destinations are known than before." if step.below_zero else None


def stuck_sentence(found: Stuck) -> str:
    """How many wait too long, and where most of them do."""
    now = found.total.value
    if now is None:
        return "Fewer than 11 open referrals are stuck, or too few to show how many."
    if not now:
        return "No open referral has waited longer than is usual."
    first = next((r for r in found.rows if r.stuck), None)
    count = f"{now:,.0f} open referral{'' if now == 1 else 's'} {'is' if now == 1 else 'are'} stuck"
    if first is None or not first.stuck:
        return f"{count}."
    where = f"{first.label}, {WAITING_FOR[first.stage]}"
    if first.stuck == now:
        return f"{count}: {where}."
    return f"{count}, {first.stuck:,} of them in {where}."


WAITING_FOR = {
    Stage.created: "not yet received",
    Stage.received: "waiting for authorisation or a date",
    Stage.authorised: "waiting for a date",
    Stage.scheduled: "waiting to be seen",
    Stage.seen: "waiting for the report back",
    Stage.loop_closed: "closed",
}


def overview(leakage: Breakdown, before: Breakdown | None, stuck: Stuck) -> list[str]:
    """The sentences at the top: leakage, what changed, what needs a person."""
    said = [leakage_headline(leakage)]
    if before is not None and (moved := change_in_leakage(before.total, leakage.total)):
        said.append(moved)
    said.append(stuck_sentence(stuck))
    return said
