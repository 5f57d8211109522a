"""What was mentioned: found by words and tag, counted by quarter, and which competitors were named."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.asking import void_mention
from liaison.fieldwork.syntax import LINE
from liaison.metrics.filters import Filters
from liaison.metrics.findings.feedback import themes_headline
from liaison.metrics.themes import Noted, Themes
from liaison.ui import homes, options, parts, states
from liaison.ui.ask import viewer
from liaison.ui.feedback import asked
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import MentionTag

NOTED = {
    "date": Col("Day", 100),
    "tag": Col("About", 130),
    "practice": Col("Practice", 220),
    "organisation": Col("Competitor", 150),
    "text": Col("What was said", 560),
}


def show(question: Filters) -> None:
    """Search, themes, notes."""
    with st.container(horizontal=not phone(), vertical_alignment="bottom", gap="small", key="mentions-find"):
        find = st.text_input(
            "Find", key="mentions-words", placeholder="Words, a practice, a competitor", max_chars=LINE
        )
        words = {tag.value: tag.label for tag in MentionTag}
        tag = options.pills("tag", "About", words)
    found = asked.noted(question, find, tag)
    if not found.noted:
        states.off(
            "Nothing is noted for this choice", "Gaps and competitors that referrers mention are written down here."
        )
        return
    parts.picture(themes_headline(found), f"Mentions by quarter, {found.quarters[0]} to {found.quarters[-1]}.")
    _themes(found)
    if found.rivals:
        parts.note("Competitors named: " + ", ".join(f"{name} {n:,}" for name, n in found.rivals) + ".")
    rows = [{**one.__dict__, "tag": MentionTag(one.tag).label} for one in found.noted]
    shown = {name: NOTED[name] for name in (("tag", "text") if phone() else NOTED)}
    place = table(pd.DataFrame(rows), shown, key="mentions-list", alt="Mentions, newest first", most=12, pick=True)
    download(lambda: pd.DataFrame(rows), "mentions", key="mentions", label="Mentions")
    if place is not None and place < len(found.noted):
        _one(found.noted[place])


def _themes(found: Themes) -> None:
    rows = [
        {
            **{"tag": MentionTag(row.tag).label, "n": row.n, "practices": row.practices},
            **dict(zip(found.quarters, row.counts, strict=True)),
        }
        for row in found.rows
    ]
    columns = {"tag": Col("About", 150), "n": Col("Mentions", 90, "count"), "practices": Col("Practices", 90, "count")}
    if not phone():
        columns |= {quarter: Col(quarter, 85, "count") for quarter in found.quarters}
    table(pd.DataFrame(rows), columns, key="mentions-themes", alt="Mentions by tag and quarter")


def _one(one: Noted) -> None:
    with st.container(border=True, key="mention"):
        parts.say(one.text)
        heard = f"heard by {one.who}" if one.who else ""
        parts.note(" \u00b7 ".join(part for part in (one.date, one.practice, heard) if part))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            why = st.text_input("Why it does not stand", max_chars=LINE, key=f"mention-why-{one.mention_id}")
            st.button("Void", disabled=not why, key="mention-void", on_click=partial(_void, one, why))


def _void(one: Noted, why: str) -> None:
    guarded(lambda: void_mention(homes.home().store, one.mention_id, one.version, why, actor=viewer().name))
