"""Who is not to be visited now, and why: declined with a reason and a way back, and what guards keep out."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from liaison.fieldwork.panels import Panels
from liaison.models.stored import LeftOut
from liaison.ui import parts
from liaison.ui.markup import html
from liaison.ui.next_visits import choose, marks
from liaison.ui.next_visits.asked import Cut, Lies, name_of
from liaison.ui.next_visits.marks import Amounts

MOST = 40


def kept(rows: Sequence[LeftOut], by: Cut, lying: Mapping[str, Lies], whose: Panels) -> list[LeftOut]:
    """Those that the cut keeps, declined ones first."""
    found = [row for row in rows if by.keeps(row.row.practice_id, lying.get(row.row.practice_id), whose)]
    return sorted(found, key=lambda row: row.choice is None)


def show(rows: Sequence[LeftOut], write: Amounts) -> None:
    """A line each; a declined one has its way back."""
    declined = sum(row.choice is not None for row in rows)
    if not rows:
        parts.picture("Nobody is left out", "Who is declined, or not to be visited now, stands here with the reason.")
        return
    guarded = len(rows) - declined
    parts.picture(
        f"{declined:,} declined, {guarded:,} not to be visited now",
        "With the rank that they would have. What was declined comes back on its day, or when you take it back.",
    )
    for row in rows[:MOST]:
        _line(row, write)
    if len(rows) > MOST:
        parts.note(f"{len(rows) - MOST:,} more are in the download.")


def _line(row: LeftOut, write: Amounts) -> None:
    key = row.row.practice_id
    by = f", by {row.choice.actor}" if row.choice else ""
    said = f"{marks.sentence(row.why)}{by}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"out-{key}", gap="small"):
        html(
            f'<div class="lz-see who"><h4><span>{row.row.rank}</span>{escape(name_of(key))}</h4>'
            f"<p>{escape(said)} \u00b7 {escape(write.gain(row.row.gain))}</p></div>",
            width="stretch",
        )
        if row.choice is not None:
            st.button("Take back", key=f"undo-{key}", on_click=choose.undo, args=(key,))
