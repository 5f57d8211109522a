"""What was done and said, newest first: touches, changes of the record, merges."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import streamlit as st

from liaison.charts.trend import Event
from liaison.fieldwork.one_practice import PracticeFile, Touch
from liaison.metrics.figure import date_words
from liaison.ui import homes, parts
from liaison.ui.markup import html
from liaison.ui.practice import problems
from liaison.vocabulary import Channel

FIRST = 6  # entries before "all" is asked for
SEEN = (Channel.in_person.value, Channel.virtual.value, Channel.event.value)
TOUCHES, PEOPLE, RECORD = "Touches", "People", "Merges"


@dataclass(frozen=True)
class Entry:
    """One line: ISO day, what, by whom, the rest; struck where it does not count."""

    day: str
    what: str
    who: str
    more: str = ""
    struck: bool = False


def last(kept: PracticeFile) -> None:
    """The newest touches, for somebody who is about to go in."""
    parts.picture(_finding(kept.touches), "")
    _list([_touch(t) for t in kept.touches[:2]])


def show(kept: PracticeFile) -> None:
    """Everything, a few at first."""
    entries = history(kept)
    parts.picture("History" if not kept.touches else _finding(kept.touches), "Touches, changes of the record, merges.")
    if not entries:
        parts.note("No visit, call or change is on record.")
        return
    every = len(entries) > FIRST and st.toggle(f"All {len(entries)} entries", key="history-all")
    _list(entries if every else entries[:FIRST])


def history(kept: PracticeFile) -> list[Entry]:
    """Touches and changes in one list, newest first."""
    zone = homes.home().settings.time_zone
    found = [_touch(t) for t in (*kept.touches, *kept.voided)]
    for change in kept.changes:
        day = datetime.fromisoformat(change.at).astimezone(zone).date().isoformat()
        found.append(Entry(day, change.said, change.actor))
    found += _barriers(kept.practice_id)
    return sorted(found, key=lambda e: e.day, reverse=True)


def _barriers(practice_id: str) -> list[Entry]:
    """What was reported, resolved and told, each on its day; voided ones stand on their own page only."""
    found = problems.at(practice_id)
    return [
        Entry(step.day, f"{step.what}: {row.kind.label.lower()}", step.who or "", step.more or "")
        for row in found.rows
        for step in found.steps(row)
    ]


def _touch(touch: Touch) -> Entry:
    if touch.voided:
        return Entry(touch.date, touch.how, touch.who, f"does not count: {touch.voided}", struck=True)
    more = [f"met {touch.people_met.replace(';', ', ')}" if touch.people_met else None]
    more += [touch.outcome, f"asked: {touch.ask}" if touch.ask else None, touch.notes]
    if touch.next_step:
        due = f" by {_date(touch.next_step_on)}" if touch.next_step_on else ""
        done = f", done {_date(touch.next_step_done_on)}" if touch.next_step_done_on else ""
        more.append(f"next: {touch.next_step}{due}{done}")
    return Entry(touch.date, touch.how, touch.who, "; ".join(m.rstrip(" .;") for m in more if m))


def _finding(touches: Iterable[Touch]) -> str:
    kept = list(touches)
    if not kept:
        return "No touch is on record"
    newest = kept[0]
    return f"Last touch {_date(newest.date)}: {newest.how.lower()}, {newest.who}"


def _date(text: str) -> str:
    return date_words(date.fromisoformat(text))


def _list(entries: Iterable[Entry]) -> None:
    html('<div role="list">' + "".join(_row(e) for e in entries) + "</div>")


def _row(entry: Entry) -> str:
    more = f'<br><span class="q">{escape(entry.more)}</span>' if entry.more else ""
    what = f"<s>{escape(entry.what)}</s>" if entry.struck else f"<strong>{escape(entry.what)}</strong>"
    return (
        f'<div class="lz-lose" role="listitem"><span>{what} '
        f'<span class="q">{escape(entry.who)}</span>{more}</span><span class="q">{_date(entry.day)}</span></div>'
    )


def events(kept: PracticeFile, first: int) -> tuple[Event, ...]:
    """What happened from a month on, as ticks below the line: touches, who joined and left, merges."""
    found = []
    for t in reversed(kept.touches):
        words = f"{_date(t.date)}: {t.how.lower()}, {t.who}"
        found.append(Event(_at(t.date), TOUCHES, words, strong=t.channel in SEEN))
    found += _joined(kept)
    found += [
        Event(_at(c.at[:10]), RECORD, c.said, named=True, strong=False) for c in kept.changes if c.kind == "merge"
    ]
    return tuple(e for e in found if e.at >= first - 0.5)


def _joined(kept: PracticeFile) -> list[Event]:
    """Who came and who went; several of one day share a tick."""
    days: dict[tuple[str, str], list[str]] = {}
    for p in kept.providers:
        if p["starts"]:
            days.setdefault((p["starts"], "+"), []).append(p["name"])
        if p["ends"]:
            days.setdefault((p["ends"], "\u2212"), []).append(p["name"])
    return [
        Event(_at(day), PEOPLE, f"{sign} {names[0] if len(names) == 1 else f'{len(names)} providers'}", True, False)
        for (day, sign), names in sorted(days.items())
    ]


def _at(day: str) -> float:
    """Where a day lies on an axis of months whose points stand in the middle of each."""
    when = date.fromisoformat(day)
    return when.year * 12 + when.month - 1 + (when.day - 15.5) / 31
