"""What the Overview says of volume and of what is stuck."""

from typing import Any

from liaison.metrics.figure import percent
from liaison.metrics.findings.changes import Change, Kind
from liaison.metrics.intervals import ratio
from liaison.metrics.stuck import Stuck
from liaison.vocabulary import Stage


def volume_change(before: int, now: int) -> str | None:
    """'Volume rose by 12%' between two windows of the same length; None where chance could have done it."""
    if min(before, now) < 1:
        return None
    step = ratio(before, now)
    if step.low <= 1 <= step.high:
        return None
    return f"Volume {'rose' if now > before else 'fell'} by {percent(abs(now / before - 1))}."


def stuck_sentence(found: Stuck) -> str:
    """How many wait too long, and where most of them do."""
    now = found.total.value
    if now is None:
        return "Fewer than 11 open referrals are stuck, or too few to show how many."
    if not now:
        return "No open referral has waited longer than is usual."
    first = next((r for r in found.rows if r.stuck), None)
    count = _count(now)
    if first is None or not first.stuck:
        return f"{count}."
    where = f"{first.label}, {WAITING_FOR[first.stage]}"
    if first.stuck == now:
        return f"{count}: {where}."
    return f"{count}, {first.stuck:,} of them in {where}."


def _count(now: float) -> str:
    return f"{now:,.0f} open referral{'' if now == 1 else 's'} {'is' if now == 1 else 'are'} stuck"


def stuck_change(found: Stuck) -> Change | None:
    """The same as a sentence of the Overview, with its numbers; None where nothing is stuck.

    How many were stuck a month ago is not known, so nothing is said of more or fewer.
    """
    now = found.total.value
    if not now:
        return None
    first = next((r for r in found.rows if r.stuck), None)
    figures: dict[str, Any] = {"stuck": int(now), "open": found.total.denominator}
    if first is not None:
        figures |= {"most_in": first.key, "stage": first.stage.value, "there": first.stuck}
    return Change(Kind.stuck, stuck_sentence(found), _count(now), figures, True, now)


WAITING_FOR = {
    Stage.created: "not yet received",
    Stage.received: "waiting for authorisation or a date",
    Stage.authorised: "waiting for a date",
    Stage.scheduled: "waiting to be seen",
    Stage.seen: "waiting for the report back",
    Stage.loop_closed: "closed",
}
