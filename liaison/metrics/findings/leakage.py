"""What is said about leakage."""

from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Figure, percent
from liaison.metrics.findings.words import among, listed, of_all, within
from liaison.metrics.intervals import change, share_interval
from liaison.vocabulary import NONE

ENOUGH = 11  # referrals with a known destination, below which a share says nothing
MANY_UNKNOWN = 0.20  # of the destinations: from here on the sentence says so


def leakage_headline(found: Breakdown, what: str = "referrals") -> str:
    """The page's first sentence: the total, and how much of the picture it is; `what`: which referrals they are."""
    total = found.total
    if total.value is None or total.denominator is None or total.numerator is None:
        return _no_share(total)
    if total.denominator < ENOUGH:
        return f"{_referrals(total.denominator)} with a known destination: too few to say what leaks."
    sentence = f"{percent(total.value)} of {what} with a known destination went out of network"
    unknown = total.beside.get("unknown")
    seen = total.denominator + (unknown or 0)
    if unknown and unknown / seen >= MANY_UNKNOWN:
        return f"{sentence}; of {percent(unknown / seen)} the destination is not known."
    return f"{sentence}."


def _no_share(total: Figure) -> str:
    if total.suppressed:
        return "Too few referrals to show what leaks."
    unknown = total.beside.get("unknown")
    if unknown:
        return f"Of {_referrals(unknown)} no destination is known, so nothing can be said of leakage."
    return "No referral here shows where else it could have gone."


def _referrals(count: int) -> str:
    return f"{count:,} referral{'' if count == 1 else 's'}"


def what_leaks_most(found: Breakdown) -> str | None:
    """Which row loses the largest share; None where no row lies above the rest beyond chance.

    The rows are those of a dimension of the referral (service line, practice group, territory).
    """
    rows = [r for r in found.rows if r.figure.value is not None and (r.figure.denominator or 0) >= ENOUGH]
    if len(rows) < 2:
        return None
    worst = max(rows, key=lambda r: (r.figure.value or 0.0, r.figure.denominator or 0))
    out, known = _counts(worst.figure)
    others = [_counts(r.figure) for r in rows if r is not worst]
    rest = (sum(o for o, _ in others), sum(k for _, k in others))
    # The highest of many is high by chance more often than one picked beforehand (Bonferroni's bound).
    level = 1 - 0.05 / len(rows)
    if not change(rest, (out, known), level).above_zero:
        return None
    ties = [r for r in rows if r is not worst and not change(_counts(r.figure), (out, known), level).above_zero]
    share = f"{percent(out / known)} of {worst.label} referrals went out of network"
    if ties:
        return f"{share}, against {percent(rest[0] / rest[1])} of all others; {among(ties, 'leak')}."
    return f"{share}, more than of any other; of all others it was {percent(rest[0] / rest[1])}."


def _counts(figure: Figure) -> tuple[int, int]:
    return figure.numerator or 0, figure.denominator or 0


def largest_loss(found: Breakdown) -> str | None:
    """Which row makes up most of what is lost: for organisations, reasons, or anything whose losses add up."""
    lost = found.total.numerator
    rows = [r for r in found.rows if r.figure.numerator and r.key != NONE]
    if not lost or lost < ENOUGH or len(rows) < 2:
        return None
    first, second = sorted(rows, key=lambda r: -(r.figure.numerator or 0))[:2]
    part, next_part = first.figure.numerator or 0, second.figure.numerator or 0
    # Two counts of one whole: the larger is larger beyond chance where its share of both is above a half.
    if share_interval(part, part + next_part).low <= 0.5:
        return f"{first.label} and {second.label} take {percent((part + next_part) / lost)} of what is lost."
    return f"{first.label} takes {percent(part / lost)} of what is lost."


def main_reason(found: Breakdown) -> str | None:
    """Which reason is given most for what is lost; None where two are given about as often, or nearly none is given."""
    lost = found.total.numerator
    rows = sorted(
        (r for r in found.rows if r.figure.numerator and r.key != NONE), key=lambda r: -(r.figure.numerator or 0)
    )
    if not lost or lost < ENOUGH or not rows or (rows[0].figure.numerator or 0) < ENOUGH:
        return None
    first = rows[0].figure.numerator or 0
    second = rows[1].figure.numerator or 0 if len(rows) > 1 else 0
    if share_interval(first, first + second).low <= 0.5:
        both = f"{rows[0].label} and {within(rows[1].label)}"
        return f"{both} are the reasons given most: {percent((first + second) / lost)} of what is lost."
    return f"{rows[0].label} is the reason given most: {percent(first / lost)} of what is lost."


def concentration(found: Breakdown, noun: str) -> str | None:
    """'5 of 12 practices carry half of the loss': how few rows make up half; None where losses are spread or hidden.

    `noun` in the plural. Rows without a known destination are not counted among them.
    """
    lost = found.total.numerator
    rows = [r for r in found.rows if r.figure.denominator]
    if not lost or lost < ENOUGH or len(rows) < 4 or any(r.figure.suppressed for r in found.rows):
        return None
    needed, carried = 0, 0
    for row in sorted(rows, key=lambda r: -(r.figure.numerator or 0)):
        needed, carried = needed + 1, carried + (row.figure.numerator or 0)
        if 2 * carried >= lost:
            break
    if needed * 2 >= len(rows):
        return None  # half of the rows for half of the loss is no concentration
    return f"{of_all(needed, len(rows), noun)} {'carries' if needed == 1 else 'carry'} half of the loss."


def change_in_leakage(before: Figure, now: Figure) -> str | None:
    """'Leakage rose from 31% to 38%'; None where the interval of the change holds zero or a part is too small."""
    old, new = _counts(before), _counts(now)
    if before.value is None or now.value is None or min(old[1], new[1]) < ENOUGH:
        return None
    step = change(old, new)
    if not (step.above_zero or step.below_zero):
        return None
    since = f" since {before.window}" if before.window else ""
    way = "rose" if step.value > 0 else "fell"
    points = f"{abs(step.low if step.value > 0 else step.high) * 100:.0f} to "
    points += f"{abs(step.high if step.value > 0 else step.low) * 100:.0f} points"
    return f"Leakage {way} from {percent(before.value)} to {percent(now.value)}{since} ({points})."


def not_observable(rows: tuple[Row, ...], noun: str) -> str | None:
    """How many rows are seen only through what they send us."""
    blind = [r for r in rows if r.more.get("observable") is False]
    if not blind:
        return None
    named = f" ({listed([r.label for r in blind])})" if len(blind) <= 3 else ""
    verb = "is" if len(blind) == 1 else "are"
    return f"{of_all(len(blind), len(rows), noun)}{named} {verb} seen only through what we receive: leakage not known."
