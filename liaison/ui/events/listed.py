"""All events: those ahead, those that are over, those that were cancelled; and the way to plan one."""

import pandas as pd
import streamlit as st

from liaison.fieldwork.event_words import ahead_of, day_words, events_sentence, past_of
from liaison.fieldwork.one_event import EventRow, kind_words
from liaison.ui import clock, parts
from liaison.ui.events import asked, edit
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

_TURN = "events-turn"
COLUMNS = {
    "title": Col("Event", 270),
    "when": Col("When", 140),
    "kind": Col("Kind", 110),
    "host": Col("Host", 130),
    "invited": Col("Invited", 75, "count", help="Practices"),
    "accepted": Col("Said yes", 80, "count", help="Practices"),
    "came": Col("People came", 105, "count"),
    "practices": Col("Practices came", 115, "count"),
    "each": Col("Cost a practice", 115),
}
ON_PHONE = {"title": Col("Event", 190), "when": Col("When", 100), "practices": Col("Came", 60, "count")}


def show(name: str) -> None:
    """The sentence, a button to plan one, the tables."""
    rows, now = asked.every(), clock.now()
    if not rows:
        parts.head(name, "No events are planned yet")
        parts.note(
            "Grand rounds, lunch-and-learns, CME sessions, meet-ups and webinars: whom you invite, who comes, what "
            "follows. Plan the first one here, or bring an events file in on the page Data."
        )
        edit.plan(opened=True)
        return
    parts.head(name, events_sentence(rows, now))
    edit.plan(opened=False)
    ahead, past = ahead_of(rows, now), past_of(rows, now)
    _table("ahead", "Ahead", "Today and later, the next first. Press a row to open it.", ahead)
    _table("past", "Over", "The last first. Cost is what stands with the event, over the practices that came.", past)
    cancelled = [row for row in rows if row.cancelled]
    _table("cancelled", "Cancelled", "They are no touch of anybody.", cancelled)


def _table(key: str, finding: str, drawn: str, rows: list[EventRow]) -> None:
    if not rows:
        return
    parts.picture(finding, drawn)
    turn = st.session_state.setdefault(_TURN, 0)
    place = table(
        lambda: frame(rows),
        ON_PHONE if phone() else COLUMNS,
        key=f"events-{key}-{turn}",
        alt=f"Events, {finding.lower()}: title, day, who was invited, who came",
        pick=True,
        version=(asked.written(), key, clock.now().date()),
    )
    if place is not None:
        st.session_state[_TURN] = turn + 1  # back on this page, no row is picked
        asked.open_event(rows[place].event_id)
        st.rerun()


def frame(rows: list[EventRow]) -> pd.DataFrame:
    """A row an event, as the table shows them."""
    return pd.DataFrame(
        [
            {
                **row.__dict__,
                "kind": kind_words(row.kind),
                "when": f"{day_words(row.starts)}, {row.starts:%H:%M}",
                "each": "" if row.cost_each is None else f"${row.cost_each:,.0f}",
            }
            for row in rows
        ]
    )
