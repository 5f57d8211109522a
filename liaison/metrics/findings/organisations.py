"""What is said about organisations: who takes what, from whom, since when, how far, why; only what intervals carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from liaison.metrics.behind import Behind
from liaison.metrics.figure import percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.words import listed, within
from liaison.metrics.intervals import apart, change, ratio, ratio_of_clusters, share_interval
from liaison.metrics.organisation import LineSince, Organisation
from liaison.metrics.organisations import Destination, Organisations
from liaison.vocabulary import NONE, month_words

UNCLEAR, TOO_FEW, NO_DATA = "no clear change", "too few to say", ""
NEARLY_ALL = 0.995  # rounded, it would read as 100%


class Part(NamedTuple):
    """Some of a whole, by its label."""

    label: str
    part: int
    whole: int

    @property
    def share(self) -> float:
        return self.part / self.whole


def organisations_headline(found: Organisations) -> str:
    """Who takes what is lost: the first alone, or with the next where the two cannot be told apart."""
    lost = found.total.numerator
    takers = [r for r in found.rows if r.role == "out" and r.figure.numerator]
    if not found.rows:
        return "No referral here says where it went"
    if not lost or not takers:
        return "No referral is known to have gone to another organisation"
    first = takers[0]
    part = first.figure.numerator or 0
    if lost < ENOUGH:
        return f"{lost:,} referral{' is' if lost == 1 else 's are'} known to have gone elsewhere"
    if len(takers) == 1:
        return f"{first.label} takes {percent(part / lost)} of what is lost"
    second = takers[1]
    following = second.figure.numerator or 0
    if share_interval(part, part + following).low <= 0.5:
        return f"{first.label} and {second.label} take {percent((part + following) / lost)} of what is lost"
    return f"{first.label} takes {percent(part / lost)} of what is lost, more than any other"


def change_words(row: Destination) -> str:
    """'+15% (12 to 18)' against the window before; says so where chance could have done it."""
    return count_change(row.before, row.figure.numerator)


def count_change(before: int | None, now: int | None) -> str:
    """The same of two counts; nothing where one of them is not known."""
    if before is None or now is None:
        return NO_DATA
    if before < ENOUGH and now < ENOUGH:
        return TOO_FEW
    if not before:
        return "new"
    step = ratio(before, now)
    if step.low <= 1 <= step.high:
        return UNCLEAR
    low, high = sorted((abs(step.low - 1), abs(step.high - 1)))
    sign = "+" if step.value > 1 else "\u2212"
    return f"{sign}{_points(abs(step.value - 1))}% ({_points(low)} to {_points(high)})"


def _points(share: float) -> str:
    return f"{share * 100:.0f}" if share >= 0.0995 or share == 0 else f"{share * 100:.1f}"


def headline(found: Organisation) -> str:
    """What it takes of what is lost; what ours receives of what stays."""
    who, taken, side = found.who.label, found.taken, found.of_side.denominator or 0
    if not taken:
        return f"{who}: no referral of these months is known to have gone there"
    many = f"{taken:,} referral{'' if taken == 1 else 's'}"
    if found.who.ours:
        share = "all" if taken == side else "nearly all" if taken / side >= NEARLY_ALL else percent(taken / side)
        return f"{who} received {many}, {share} of what stayed in network"
    said = f"{who} took {many}"
    return f"{said}, {percent(taken / side)} of what was lost" if side >= ENOUGH else said


def where_most(found: Organisation) -> str | None:
    """The line of which it takes the largest share, where that is larger than in the others beyond chance."""
    rows: dict[str, Part] = {}
    for cell in found.cells:
        old = rows.get(cell.line, Part(cell.line_label, 0, 0))
        rows[cell.line] = Part(old.label, old.part + cell.taken, old.whole + cell.known)
    best = _highest(list(rows.values()))
    if best is None:
        return None
    first, rest, ties = best
    said = f"Of {first.label} it {_takes(found)} {percent(first.share)}, of all other lines {percent(rest)}"
    return f"{said}{_alike(ties)}."


def from_whom(found: Organisation) -> str | None:
    """The practice group that sends it the largest share, where that is beyond chance; its own are named so."""
    rows: dict[str, Part] = {}
    for cell in found.cells:
        old = rows.get(cell.group, Part(cell.group_label, 0, 0))
        rows[cell.group] = Part(old.label, old.part + cell.taken, old.whole + cell.known)
    best = _highest(list(rows.values()))
    if best is None:
        return None
    first, rest, ties = best
    own = found.who.key in rows and rows[found.who.key] is first
    name = "Its own practices send" if own else f"{first.label} sends"
    return f"{name} it {percent(first.share)} of what they refer, all others {percent(rest)}{_alike(ties)}."


def _takes(found: Organisation) -> str:
    return "receives" if found.who.ours else "takes"


def _alike(ties: Sequence[Part]) -> str:
    if not ties:
        return ""
    names = listed([t.label for t in ties]) if len(ties) <= 2 else f"{len(ties)} others"
    return f"; {names} about as much"


def _highest(rows: Sequence[Part]) -> tuple[Part, float, list[Part]] | None:
    """The row with the largest share, the share of all others, and those that cannot be told apart from it.

    None where no row lies above the rest beyond chance: the highest of many is high more often than one picked
    beforehand, so the level is Bonferroni's.
    """
    enough = [r for r in rows if r.whole >= ENOUGH]
    if len(enough) < 2:
        return None
    first = max(enough, key=lambda r: (r.share, r.whole))
    others = [r for r in enough if r is not first]
    rest = (sum(r.part for r in others), sum(r.whole for r in others))
    level = 1 - 0.05 / len(enough)
    if not change(rest, (first.part, first.whole), level).above_zero:
        return None
    ties = [r for r in others if not change((r.part, r.whole), (first.part, first.whole), level).above_zero]
    return first, rest[0] / rest[1], ties


def since(found: Organisation) -> str | None:
    """When it was first seen: a data set that begins with it cannot say since when."""
    if found.first is None:
        return None
    verb = "received" if found.who.ours else "taken"
    if found.first == found.spans.first:
        return f"It has {verb} referrals since these data begin, {month_words(found.first)}."
    begin = month_words(found.spans.first)
    return f"The first referral there was in {month_words(found.first)}; these data begin {begin}."


@dataclass(frozen=True)
class Rise:
    """How one line moved: `words` for a table; `way` up, down or off (chance could have done it, or too few)."""

    key: str
    label: str
    words: str
    way: str
    sentence: str = ""


def moves(lines: Sequence[LineSince]) -> dict[str, Rise]:
    """Line -> how its share that goes there moved from the year before (or 6 months before) to the last one.

    Newcombe's interval of the change, at a level widened for the number of lines that are looked at; where months
    scatter more than chance would have it, each referral weighs that much less.
    """
    able = [r for r in lines if r.early and r.late and min(r.early[1], r.late[1]) >= ENOUGH]
    level = 1 - 0.05 / max(len(able), 1)
    return {r.key: _move(r, r in able, level) for r in lines}


def _move(line: LineSince, able: bool, level: float) -> Rise:
    if not able or line.early is None or line.late is None:
        return Rise(line.key, line.label, TOO_FEW if line.early else NO_DATA, "off")
    thin = [(part / line.spread, whole / line.spread) for part, whole in (line.early, line.late)]
    step = change(thin[0], thin[1], level)
    if not (step.above_zero or step.below_zero):
        return Rise(line.key, line.label, UNCLEAR, "off")
    old, new = (pair[0] / pair[1] for pair in (line.early, line.late))
    low, high = sorted((abs(step.low), abs(step.high)))
    words = f"{percent(old)} \u2192 {percent(new)}"
    said = f"{line.label} ({percent(old)} before, {percent(new)} now; {_points(low)} to {_points(high)} points)"
    return Rise(line.key, line.label, words, "up" if step.above_zero else "down", said)


def moved_sentence(found: Organisation) -> str | None:
    """The lines that rose, then those that fell, over `Spans.halves`; None where none did."""
    every = moves(found.lines)
    parts = []
    for way, word in (("up", "more"), ("down", "less")):
        said = [rise.sentence for rise in every.values() if rise.way == way]
        if said:
            parts.append(f"In the last {found.spans.half} months it {_takes(found)} {word} of {listed(said[:3])}.")
    return " ".join(parts) or None


def newcomers(found: Organisation) -> str | None:
    """Lines in which it began within these data, where none of many before cannot be chance."""
    said = []
    for line in found.lines:
        if line.first is None or line.first == found.spans.first:
            continue
        known = sum(k for m, (_, k) in line.months.items() if m < line.first)
        after = [pair for m, pair in line.months.items() if m >= line.first]
        now = (sum(t for t, _ in after), sum(k for _, k in after))
        if known >= ENOUGH and change((0, known), now, 1 - 0.05 / len(found.lines)).above_zero:
            said.append(f"{line.label} since {month_words(line.first)} (none of {known:,} before)")
    return f"New: {listed(said[:3])}." if said else None


def reason(found: Organisation) -> str | None:
    """The reason recorded most, of those with one; how many have none."""
    recorded = [(label, n) for key, label, n in found.causes if key != NONE]
    blank = sum(n for key, _, n in found.causes if key == NONE)
    known = sum(n for _, n in recorded)
    if known < ENOUGH:
        return None
    (first, most), *others = recorded
    following = others[0][1] if others else 0
    missing = f"; for {percent(blank / (blank + known))} of all no reason is recorded" if blank else ""
    if share_interval(most, most + following).low > 0.5:
        return f"The reason given most is {within(first)}: {percent(most / known)} of those with one{missing}."
    both = percent((most + following) / known)
    return f"{first} and {within(others[0][0])} are given most: {both} of those with a reason{missing}."


def distance(found: Behind) -> str | None:
    """Whether it takes more where it is nearer than we are. Practices are the clusters: one's referrals are alike."""
    if found.who.ours:
        return None
    groups = {
        side: [(s.taken, s.known) for s in found.senders if s.nearer is side and s.known] for side in (True, False)
    }
    if any(len(rows) < 2 or sum(k for _, k in rows) < ENOUGH for rows in groups.values()):
        return None
    near, far = (ratio_of_clusters([t for t, _ in groups[s]], [k for _, k in groups[s]]) for s in (True, False))
    step = apart(near, far)
    said = f"Where {found.who.label} is nearer than we are it takes {percent(near.value)} of what is referred"
    said = f"{said}, where we are nearer {percent(far.value)}"
    if step.above_zero:
        return f"{said}: distance is part of it."
    if step.below_zero:
        return f"{said}: distance does not explain it."
    return f"{said}: no clear difference."


def concentration(found: Behind) -> str | None:
    """How few practices make up half of what goes there."""
    rows = [s.taken for s in found.senders if s.taken]
    total, carried = sum(rows), 0
    if total < ENOUGH or len(rows) < 4:
        return None
    needed = 0
    for taken in sorted(rows, reverse=True):
        needed, carried = needed + 1, carried + taken
        if 2 * carried >= total:
            break
    if needed * 2 >= len(rows):
        return None
    return f"{needed:,} of {len(rows):,} practices {'sends' if needed == 1 else 'send'} half of it."


def otherwise(found: Organisation) -> str | None:
    """Referrals whose file contradicts what the organisation is: counted where the file says, so not here."""
    if not found.otherwise:
        return None
    many = f"{found.otherwise:,} referral{' there is' if found.otherwise == 1 else 's there are'}"
    as_what = "out of network, though it is ours" if found.who.ours else "in network"
    return f"{many} recorded as {as_what}, and not counted here."
