"""What is said of practices that began, stopped or came back."""

from collections.abc import Sequence
from typing import Any

from liaison.metrics.findings.changes import Change, Kind
from liaison.metrics.findings.words import listed
from liaison.metrics.movements import Moved, Movements
from liaison.metrics.panel import AWAY, BEFORE_NEW, LAPSED_TO, Movement
from liaison.metrics.window import Window
from liaison.vocabulary import month_words

NAMED = 3
LAPSED_MONTHS, RECENT_MONTHS = 12, 3


def who_moved(found: Movements) -> list[Change]:
    """A sentence each for those that lapsed, are new, or returned; counts by rule, so without an interval."""
    if found.window is None:
        return []
    said = {Movement.lapsed: _lapsed, Movement.new: _new, Movement.returning: _returning}
    return [say(found.of(movement), found.window) for movement, say in said.items() if found.of(movement)]


def named(rows: Sequence[Moved]) -> str:
    """'Elm St, Oak Ave, Pine Rd and 4 others'."""
    names = [r.name for r in rows[:NAMED]]
    more = len(rows) - len(names)
    return listed([*names, f"{more:,} other{'' if more == 1 else 's'}"] if more else names)


def _lapsed(rows: Sequence[Moved], window: Window) -> Change:
    sent = sum(r.referrals for r in rows)
    year = f"{month_words(window.last - LAPSED_TO + 1)} to {month_words(window.first - 1)}"
    short = f"{_practices(rows)} lapsed"
    says = f"{short}: {named(rows)}. {_they(rows)} sent {_referrals(sent)} from {year} and none since."
    return _change(Kind.lapsed, rows, says, short, sent / LAPSED_MONTHS, window, adverse=True)


def _new(rows: Sequence[Moved], window: Window) -> Change:
    sent = sum(r.referrals for r in rows)
    short = f"{_practices(rows, 'new ')} sent {_referrals(sent)} from {_months(window)}"
    says = f"{short}, after none in {BEFORE_NEW} months: {named(rows)}."
    return _change(Kind.new, rows, says, short, sent / RECENT_MONTHS, window)


def _returning(rows: Sequence[Moved], window: Window) -> Change:
    sent = sum(r.referrals for r in rows)
    short = f"{_practices(rows)} returned"
    says = f"{short}: {named(rows)}. {_they(rows)} sent {_referrals(sent)} from {_months(window)}, after none in {AWAY}"
    return _change(Kind.returning, rows, f"{says} months.", short, sent / RECENT_MONTHS, window)


def _change(
    kind: Kind, rows: Sequence[Moved], says: str, short: str, size: float, window: Window, adverse: bool = False
) -> Change:
    first = [{"practice_id": r.practice_id, "name": r.name, "referrals": r.referrals} for r in rows[:NAMED]]
    figures: dict[str, Any] = {"practices": len(rows), "referrals": sum(r.referrals for r in rows), "named": first}
    figures |= {"window": window.as_json()}
    return Change(kind, says, short, figures, adverse, size, about={"movement": kind.value})


def _months(window: Window) -> str:
    return f"{month_words(window.first)} to {month_words(window.last)}"


def _practices(rows: Sequence[Moved], kind: str = "") -> str:
    return f"{len(rows):,} {kind}practice{'' if len(rows) == 1 else 's'}"


def _they(rows: Sequence[Moved]) -> str:
    return "It" if len(rows) == 1 else "They"


def _referrals(count: int) -> str:
    return f"{count:,} referral{'' if count == 1 else 's'}"
