"""What is said of one practice: what it sends, where it splits, what moved; nothing that its intervals do not carry."""

from collections.abc import Sequence

from liaison.metrics.directory import Directory
from liaison.metrics.figure import percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.overview import volume_change
from liaison.metrics.findings.words import listed, of_all, within
from liaison.metrics.intervals import change
from liaison.metrics.one_practice import PracticeStory
from liaison.metrics.panel import Movement
from liaison.metrics.peers import Beside, StageBeside
from liaison.metrics.practices import SpecialtyLoyalty
from liaison.vocabulary import Loyalty, Stage

NAMED = 2  # specialties that a sentence names; the rest are counted
LEVEL = 0.95


def practice_headline(story: PracticeStory) -> str:
    """The sentence of the page."""
    referrals = int(story.volume.value or 0)
    if not story.months:
        return "No referral of it is in these data"
    if story.movement is Movement.lapsed:
        return "It has stopped referring: nothing came in the last three complete months"
    if not referrals:
        return f"No referral came in {story.window}"
    if not story.observable:
        return _with_change(f"Sends us {_referrals(referrals)}; what it sends elsewhere is not observable", story)
    leaning = _leaning(story.loyalty)
    if leaning is None:
        return _with_change(f"Sent {_referrals(referrals)}, too few of any specialty to say where it leans", story)
    return _with_change(leaning, story)


def practice_also(story: PracticeStory) -> list[str]:
    """What else moved, a sentence each."""
    said = []
    if story.movement in (Movement.new, Movement.returning):
        said.append(MOVED[story.movement])
    if moved := leakage_moved(story):
        said.append(moved)
    return said


MOVED = {
    Movement.new: "It is new: its first referral came in the last three complete months.",
    Movement.returning: "It has come back: referrals again, after half a year without.",
}


def leakage_moved(story: PracticeStory) -> str | None:
    """'Its leakage rose from 31% to 38%'; None where the interval of the change holds zero or a part is too small."""
    total, before = story.leakage.total, story.leakage_before
    now = (total.numerator or 0, total.denominator or 0)
    if before is None or min(before[1], now[1]) < ENOUGH:
        return None
    step = change(before, now)
    if not (step.above_zero or step.below_zero):
        return None
    way = "rose" if step.value > 0 else "fell"
    window = f" of {story.before}" if story.before else ""
    return f"Its leakage {way} from the {percent(before[0] / before[1])}{window} to {percent(now[0] / now[1])}."


def _with_change(said: str, story: PracticeStory) -> str:
    before, now = story.volume_before, int(story.volume.value or 0)
    if not before or not story.before or volume_change(before, now) is None:
        return said
    length = story.before.last - story.before.first + 1
    then = {12: "the year", 1: "the month"}.get(length, f"the {length} months")
    return (
        f"{said}; {percent(abs(now / before - 1))} {'more' if now > before else 'fewer'} referrals than {then} before"
    )


def _referrals(count: int) -> str:
    return f"{count:,} referral{'' if count == 1 else 's'}"


def _leaning(loyalty: Sequence[SpecialtyLoyalty]) -> str | None:
    """In which specialties it is loyal, which it splits, which go elsewhere: the classes of `loyalty_sentence`."""
    judged = [s for s in loyalty if s.loyalty not in (None, Loyalty.too_few)]
    parts = []
    for kind, (some, every) in LEANS.items():
        of_kind = [s for s in judged if s.loyalty is kind]
        if len(of_kind) == len(judged) > 1:
            return every
        if of_kind:
            parts.append(some.format(_names(of_kind)))
    said = ", ".join(parts)
    return said[0].upper() + said[1:] if said else None


# Class -> what is said of some specialties, and where all that can be judged are of it.
LEANS = {
    Loyalty.loyalist: ("loyal in {}", "Loyal in every specialty that it refers enough of"),
    Loyalty.splitter: ("splits {}", "Splits every specialty that it refers enough of"),
    Loyalty.dabbler: ("sends most of {} elsewhere", "Sends most of every specialty elsewhere"),
}


def _names(rows: Sequence[SpecialtyLoyalty]) -> str:
    """'cardiology', 'cardiology and neurology', 'cardiology and 4 others': the largest first, as they come."""
    names = [within(r.label) for r in rows]
    return listed(names) if len(names) <= NAMED else f"{names[0]} and {len(names) - 1} others"


def loyalty_sentence(loyalty: Sequence[SpecialtyLoyalty]) -> str:
    """'Loyal in 3 specialties, splitting 6, mostly elsewhere in 1; 2 are too few to say'."""
    counts = {kind: sum(1 for s in loyalty if s.loyalty is kind) for kind in Loyalty}
    words = {
        Loyalty.loyalist: "loyal in {}",
        Loyalty.splitter: "splitting {}",
        Loyalty.dabbler: "mostly elsewhere in {}",
        Loyalty.too_few: "too few to say in {}",
    }
    said = ", ".join(text.format(counts[kind]) for kind, text in words.items() if counts[kind])
    return f"{said[0].upper()}{said[1:]}" if said else "No specialty with a known destination"


def against_peers(found: Beside) -> str:
    """Where the practice's funnel differs from its peers' beyond chance; that it does not, where it does not.

    Of the referrals that did not go out of network: leakage is compared elsewhere.
    """
    if not found.stages or found.stages[0].own.stayed < ENOUGH:
        return "Too few referrals to set beside those of others"
    if found.stages[0].peers.stayed < ENOUGH:
        return "Too few referrals of others to set these beside"
    if apart := _share_apart(found.stages):
        stage, step = apart
        own, peers = percent(stage.own.share_of_stayed or 0), percent(stage.peers.share_of_stayed or 0)
        return f"{'More' if step > 0 else 'Fewer'} of its referrals {REACHED[stage.stage]}: {own} against {peers}"
    slow = [s for s in found.stages if s.slower and s.own.median_days is not None and s.peers.median_days is not None]
    if slow:
        s = max(slow, key=lambda s: abs((s.own.median_days or 0) - (s.peers.median_days or 0)))
        days = f"{s.own.median_days} days at the median against {s.peers.median_days}"
        return f"Its referrals {WAIT[s.stage]} {'longer' if s.slower > 0 else 'shorter'}: {days}"
    return "No stage differs from that of its peers beyond chance"


def _share_apart(stages: Sequence[StageBeside]) -> tuple[StageBeside, float] | None:
    """The stage whose share lies furthest from the peers', of those that lie apart; each is one look of several."""
    looks = [s for s in stages if s.stage is not Stage.created]
    found = []
    for s in looks:
        level = 1 - (1 - LEVEL) / len(looks)
        step = change((s.peers.reached, s.peers.stayed), (s.own.reached, s.own.stayed), level)
        if step.above_zero or step.below_zero:
            found.append((s, step.value))
    return max(found, key=lambda pair: abs(pair[1])) if found else None


REACHED = {
    Stage.received: "are received",
    Stage.authorised: "are authorised",
    Stage.scheduled: "get a date",
    Stage.seen: "are seen",
    Stage.loop_closed: "come back with a report",
}
WAIT = {
    Stage.created: "wait to be received",
    Stage.received: "wait once received",
    Stage.authorised: "wait for a date",
    Stage.scheduled: "wait to be seen",
    Stage.seen: "wait for the report",
}


def directory_headline(found: Directory) -> str:
    """How many practices refer, and how many stopped, began or came back."""
    rows = found.rows
    if found.window is None or not any(r.referrals for r in rows):
        return f"{_practices(len(rows))} on record; none referred in {found.window or 'these data'}"
    counts = {m: sum(1 for r in rows if r.movement == m) for m in Movement}
    moved = [
        f"{counts[kind]} {words}"
        for kind, words in ((Movement.lapsed, "stopped"), (Movement.new, "began"), (Movement.returning, "came back"))
        if counts[kind]
    ]
    said = f"{of_all(sum(1 for r in rows if r.referrals), len(rows), 'practices')} referred in twelve months"
    return f"{said}; of late, {listed(moved)}" if moved else said


def _practices(count: int) -> str:
    return f"{count:,} practice{'' if count == 1 else 's'}"
