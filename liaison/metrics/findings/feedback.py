"""What referrers think of us, in a sentence: none that its interval does not carry."""

from collections.abc import Sequence

from liaison.charts.words import percent
from liaison.metrics.themes import Themes
from liaison.metrics.voice import QUESTIONS, Mark, Net, Voice
from liaison.vocabulary import MentionTag


def voice_headline(found: Voice) -> str:
    """'42 answers of 31 practices: promoters less detractors +23 (−2 to +45)'."""
    n, net = found.total.n, found.total.recommend
    if not n:
        return "No answers of referrers are in yet"
    of = f"{n:,} {'answer' if n == 1 else 'answers'} of {found.total.practices:,} "
    of += "practice" if found.total.practices == 1 else "practices"
    if net.value is None:
        return f"{of}: too few to say more"
    return f"{of}: promoters less detractors {net_words(net)}"


def net_words(net: Net) -> str:
    """'+23 (−2 to +45)', 'too few'."""
    if net.value is None or net.low is None or net.high is None:
        return "too few"
    return f"{_points(net.value)} ({_points(net.low)} to {_points(net.high)})"


def mark_words(mark: Mark) -> str:
    """'71% good (56% to 83%), mean 3.9, n 42', 'too few, n 3'."""
    if mark.value is None or mark.low is None or mark.high is None or mark.mean is None:
        return f"too few, n {mark.n:,}"
    ends = f"{percent(mark.low)} to {percent(mark.high)}"
    return f"{percent(mark.value)} good ({ends}), mean {mark.mean:.1f}, n {mark.n:,}"


def weakest(found: Voice) -> str:
    """The question that is rated lower than another, where the intervals lie apart; blank where none is."""
    known = {name: mark for name, mark in found.total.marks.items() if mark.value is not None}
    if len(known) < 2:
        return ""
    low, best = (pick(known, key=lambda name: known[name].value or 0.0) for pick in (min, max))
    if (known[low].high or 0) >= (known[best].low or 0):
        return ""
    return (
        f"“{QUESTIONS[low]}” is rated lowest: {percent(known[low].value or 0)} good, against "
        f"{percent(known[best].value or 0)} for “{QUESTIONS[best].lower()}”."
    )


def themes_headline(found: Themes) -> str:
    """'Access comes up most: 12 of 40 mentions, from 9 practices'."""
    if not found.rows:
        return "Nothing is noted yet"
    top, every = found.rows[0], len(found.noted)
    said = f"{MentionTag(top.tag).label} comes up most: {top.n:,} of {every:,} mentions"
    return (
        said if _tied([row.n for row in found.rows]) is False else f"{every:,} mentions, no theme ahead of the others"
    )


def _tied(counts: Sequence[int]) -> bool:
    return len(counts) > 1 and counts[0] == counts[1]


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{points:+d}".replace("-", "\u2212") if points else "0"
