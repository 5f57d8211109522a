"""A practice's barriers and introductions: what is open and for how long, what was done, who met whom."""

from html import escape

import streamlit as st

from liaison.fieldwork.barrier_board import OfPractice, barriers_at
from liaison.fieldwork.bridging import Introduced, introductions
from liaison.metrics.findings.barriers import of_practice, plural
from liaison.metrics.followed import Followed, followed, pairs_of
from liaison.ui import entries, homes, links, parts
from liaison.ui.ask import ask, ask_records
from liaison.ui.barriers.asked import EVERYTHING
from liaison.ui.barriers.met import NOT_CAUSED
from liaison.ui.clock import today
from liaison.ui.markup import html

MOST = 3  # open barriers in the head


def at(practice_id: str) -> OfPractice:
    """The barriers of a practice as they stand."""
    return ask_records(barriers_at, practice_id, today(), homes.home().settings.barrier_escalate_days)[0]


def head(practice_id: str, known: bool) -> None:
    """How many are open and since when, whose they are, and the ways to them; nothing for a name off the record."""
    found = at(practice_id).open
    if not known:
        return
    if found:
        html('<p class="lz-say">' + f"<strong>{escape(of_practice([row.days for row in found]))}.</strong></p>")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="practice-barriers"):
        for row in found[:MOST]:
            late = f", {plural(row.late, 'day')} overdue" if row.late else ""
            words = f"{row.kind.label}, {plural(row.days, 'day')}{late}, {row.owner or 'no owner'}"
            links.link(entries.BARRIERS, words, barrier=row.key, icon=":material/report:")
        if len(found) > MOST:
            links.link(entries.BARRIERS, f"{len(found) - MOST:,} more", practice=practice_id)
        links.link(entries.BARRIERS, "Report a barrier", new="1", practice=practice_id, icon=":material/add:")


def met(practice_id: str) -> None:
    """Who of the practice was introduced to whom; nothing where nobody was."""
    found = tuple(one for one in ask_records(introductions)[0] if one.practice_id == practice_id)
    if not found:
        return
    after = ask(followed, EVERYTHING, pairs=pairs_of(found))
    parts.picture(plural(len(found), "introduction"), NOT_CAUSED)
    html('<div role="list">' + "".join(_line(one, after.get(one.key)) for one in found) + "</div>")


def _line(one: Introduced, after: Followed | None) -> str:
    more = "; ".join(each for each in (one.note or "", after.says if after else "") if each)
    by = f"{one.came}, by {one.by}" if one.by else one.came
    return (
        f'<div class="lz-lose" role="listitem"><span><strong>{escape(one.to)}</strong> '
        f'<span class="q">{escape(by)}</span><br><span class="q">{escape(more)}</span></span>'
        f'<span class="q">{escape(one.met_on or one.asked_on)}</span></div>'
    )
