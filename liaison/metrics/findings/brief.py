"""What is said before a visit: one sentence, what changed by line, and how a conversation may begin.

Every opener is a sentence made from data by a rule; what people wrote stands in it in quotes, as they wrote it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from liaison.metrics.figure import date_words, percent
from liaison.metrics.findings.changes import SURE
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.words import listed, within
from liaison.metrics.intervals import ratio
from liaison.metrics.panel import AWAY, LoyaltyRule, Movement
from liaison.metrics.practice_lines import YEAR, LineOfPractice, PracticeLines
from liaison.metrics.window import Window
from liaison.vocabulary import month_words

FEWEST = LoyaltyRule.minimum  # referrals of a line with a known destination, as for loyalty
MOST = 3  # openers that one can keep in mind on the way to a door
NEWS = 120  # days for which a new name, or a promise that was kept, is news
SHORTER, SHORTER_DAYS = 0.2, 2.0  # of a wait, and days: less is nothing to bring along


NO_LINES = PracticeLines(None, None)


@dataclass(frozen=True)
class Promised:
    """A next step of a touch: days are ISO text; `done_on` None: not kept yet."""

    what: str
    made_on: str
    on: str | None = None
    done_on: str | None = None


@dataclass(frozen=True)
class Solved:
    """A barrier that was resolved and of which the practice has not been told."""

    what: str
    raised_on: str
    resolved_on: str
    how: str = ""


@dataclass(frozen=True)
class Joined:
    """A provider who began to work at the practice on an ISO day."""

    name: str
    since: str


@dataclass(frozen=True)
class Wait:
    """Days that new patients of a line wait: as measured last, and the time before."""

    line: str  # as people read it
    now: float
    now_on: str
    before: float
    before_on: str


@dataclass(frozen=True)
class Known:
    """What openers are made from. `lines`: of this practice; `waits`: of lines that it sends; `video`: service line ->
    names of our specialists who see patients by video."""

    promises: Sequence[Promised] = ()
    solved: Sequence[Solved] = ()
    lines: PracticeLines = NO_LINES
    joined: Sequence[Joined] = ()
    waits: Sequence[Wait] = ()
    video: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Kind(StrEnum):
    """What an opener is about."""

    solved = "solved"
    owed = "owed"
    kept = "kept"
    fell = "fell"
    came_back = "came_back"
    began = "began"
    joined = "joined"
    wait = "wait"
    elsewhere = "elsewhere"
    sent = "sent"


@dataclass(frozen=True)
class Opener:
    """One way to begin."""

    kind: Kind
    says: str

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "says": self.says}


def openers(known: Known, today: str, most: int = MOST) -> tuple[Opener, ...]:
    """At most `most`, one of a kind: first what the team owes, then what changed, then what is new with us."""
    found: dict[Kind, Opener] = {}
    for one in _all(known, today):
        found.setdefault(one.kind, one)
    return tuple(list(found.values())[:most])


def _all(known: Known, today: str) -> Iterator[Opener]:
    for each in sorted(known.solved, key=lambda s: s.resolved_on, reverse=True):
        how = f" ({_quoted(each.how)})" if each.how else ""
        says = f"Tell them that {_quoted(each.what)} of {day_words(each.raised_on)} is resolved{how}: nobody has yet."
        yield Opener(Kind.solved, says)
    yield from _promises(known.promises, today)
    yield from _lines(known.lines)
    for new in sorted(known.joined, key=lambda j: j.since, reverse=True):
        if 0 <= _days(new.since, today) <= NEWS:
            yield Opener(Kind.joined, f"{new.name} works here since {day_words(new.since)}: ask to be introduced.")
    for wait in sorted(known.waits, key=lambda w: w.now - w.before):
        if wait.before - wait.now >= max(SHORTER_DAYS, SHORTER * wait.before):
            then = f"{wait.now:,.0f} days, {wait.before:,.0f} on {day_words(wait.before_on)}"
            says = f"New patients of {within(wait.line)} wait less: {then}."
            yield Opener(Kind.wait, says)
    yield from _sends(known.lines, known.video)


def _sends(found: PracticeLines, video: Mapping[str, Sequence[str]]) -> Iterator[Opener]:
    """Where nothing happened: what leaves most, and what one may thank for."""
    if found.window is None:
        return
    year = Window(found.window.last - YEAR + 1, found.window.last)
    gone = [row for row in found.rows if row.key and row.known >= FEWEST and row.out]
    if gone:
        most = max(gone, key=lambda row: (row.out, row.label))
        of = f"{most.out:,} of {most.known:,} went elsewhere, {year}"
        yield Opener(Kind.elsewhere, f"{most.label}: {of}. Ask what decides it.{_from_afar(video.get(most.key, ()))}")
    every = sum(row.now for row in found.rows)
    if every:
        top = max((row for row in found.rows if row.key and row.now), key=lambda row: row.now, default=None)
        named = f", {top.now:,} of them {within(top.label)}" if top and top.now < every else ""
        yield Opener(Kind.sent, f"{_referrals(every)} from {found.window}{named}. Thank them.")


def _from_afar(names: Sequence[str]) -> str:
    """That a line which leaves can be seen by video here; nothing where nobody is known to."""
    if not names:
        return ""
    more = len(names) - 1
    who = f"{names[0]} and {more:,} other{'' if more == 1 else 's'} of ours see" if more else f"{names[0]} of ours sees"
    return f" {who} patients by video."


def _promises(promises: Sequence[Promised], today: str) -> Iterator[Opener]:
    for each in sorted(promises, key=lambda p: p.made_on, reverse=True):
        if each.done_on is None and each.on is not None and each.on < today:
            when = f"Promised on {day_words(each.made_on)} for {day_words(each.on)}"
            yield Opener(Kind.owed, f"{when}: {_quoted(each.what)}. Say where it stands.")
    for each in sorted(promises, key=lambda p: p.done_on or "", reverse=True):
        if each.done_on and 0 <= _days(each.done_on, today) <= NEWS:
            says = f"Kept on {day_words(each.done_on)}: {_quoted(each.what)}. Ask whether it helped."
            yield Opener(Kind.kept, says)


def _lines(found: PracticeLines) -> Iterator[Opener]:
    """A line that stopped or fell; one that came back; one that began."""
    if found.window is None:
        return
    recent = Window(found.window.last - 2, found.window.last)
    for row in _moved(found.rows, Movement.lapsed):
        says = f"{row.label}: nothing since {month_words(recent.first)}, {_referrals(row.year)} in the year before."
        yield Opener(Kind.fell, f"{says} Ask what changed.")
    for row, step in significant(found.rows):
        if step < 0 and found.before is not None and row.movement is not Movement.lapsed:
            against = f"{_referrals(row.now)} from {found.window}, {row.before:,} from {found.before}"
            yield Opener(Kind.fell, f"{row.label} fell: {against}. Ask what changed.")
    for row in _moved(found.rows, Movement.returning):
        says = f"{row.label} came back: {_referrals(row.recent)} from {recent}, after none in {AWAY} months."
        yield Opener(Kind.came_back, f"{says} Thank them.")
    for row in _moved(found.rows, Movement.new):
        yield Opener(Kind.began, f"{row.label} is new: {_referrals(row.recent)} from {recent}. Ask how it went.")


def _moved(rows: Sequence[LineOfPractice], movement: Movement) -> list[LineOfPractice]:
    """Lines with a name that moved so, the largest first."""
    held = [row for row in rows if row.movement is movement and row.key]
    return sorted(held, key=lambda row: (-max(row.recent, row.year), row.label))


def significant(rows: Sequence[LineOfPractice]) -> list[tuple[LineOfPractice, float]]:
    """Lines whose two counts differ beyond chance, with the share by which; the largest step in referrals first.

    Each of m lines that can be asked (at least 11 referrals before) is held to 1 - 0.05 / m, as `changes` does.
    """
    asked = [row for row in rows if (row.before or 0) >= ENOUGH]
    found = []
    for row in asked:
        step = ratio(row.before or 1, row.now, 1 - SURE / len(asked))
        if not step.low <= 1 <= step.high:
            found.append((row, step.value - 1))
    return sorted(found, key=lambda pair: (-abs(pair[0].now - (pair[0].before or 0)), pair[0].label))


def what_changed(found: PracticeLines) -> tuple[str, ...]:
    """A sentence a line that moved; none where nothing moved beyond chance."""
    if found.window is None:
        return ()
    words = {Movement.lapsed: "stopped", Movement.returning: "came back", Movement.new: "is new"}
    said = [f"{row.label} {words[row.movement]}" for row in found.rows if row.movement in words and row.key]
    told = {row.key for row in found.rows if row.movement in words}
    for row, step in significant(found.rows):
        if row.key not in told:
            way = "rose" if step > 0 else "fell"
            said.append(f"{row.label} {way} by {percent(abs(step))}, to {row.now:,} from {row.before:,}")
    return tuple(f"{each}." for each in said)


def brief_headline(seen: str, late: int | None, barriers: int, solved: int) -> str:
    """'Seen 74 days ago; a promise is 17 days late, 2 barriers are open'. `late`: days of the open promise, if any."""
    owed = []
    if late is not None and late > 0:
        owed.append(f"a promise is {late:,} {'day' if late == 1 else 'days'} late")
    if barriers:
        owed.append(f"{barriers:,} barrier{' is' if barriers == 1 else 's are'} open")
    if solved:
        owed.append(f"{solved:,} solved barrier{' waits' if solved == 1 else 's wait'} to be told")
    first = seen[:1].upper() + seen[1:]
    return f"{first}; {listed(owed)}" if owed else f"{first}; nothing is owed to them"


def _referrals(count: int) -> str:
    return f"{count:,} referral{'' if count == 1 else 's'}"


def _quoted(text: str) -> str:
    return f"“{text.strip().rstrip('.')}”"


def day_words(text: str) -> str:
    """An ISO day as people read it."""
    return date_words(date.fromisoformat(text))


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
