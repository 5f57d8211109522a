"""Barriers that stuck referrals propose: one press opens one, another puts it away until it grows."""

from html import escape
from math import ceil

import streamlit as st

from liaison.fieldwork.barrier_proposals import GROWN, Cell, Proposed, accept, decline, take_back
from liaison.metrics.findings.barriers import plural, proposed_words
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import viewer
from liaison.ui.barriers import asked, detail
from liaison.ui.clock import today
from liaison.ui.markup import html
from liaison.ui.states import guarded
from liaison.ui.style import phone

FIRST = 12


def show(found: Proposed) -> None:
    """The proposals, most stuck first, then those that were put away."""
    least = homes.home().settings.barrier_stuck_from
    stuck = asked.stuck()
    papers = f"{stuck.judged}" + (f" \u00b7 extract of {stuck.newest:%d %b %Y}" if stuck.newest else "")
    parts.picture(
        proposed_words(len(found.cells), sum(cell.stuck for cell in found.cells)),
        f"A practice and line with {least} or more stuck referrals. Nothing is opened unless you do. {papers}",
    )
    if found.unknown:
        parts.note(f"{plural(found.unknown, 'practice')} known by name only cannot have a barrier: review names first.")
        links.link(entries.DATA, "Review names", part="merges")
    if not found.cells and not found.put_away:
        states.off("Nothing to propose", "No practice and line without a barrier has so many stuck referrals.")
    for cell in found.cells[:FIRST]:
        _card(cell)
    if len(found.cells) > FIRST:
        parts.note(f"{len(found.cells) - FIRST:,} more come up as these are opened or declined.")
    if found.put_away:
        with st.expander(f"Declined: {len(found.put_away):,}"):
            for cell, then in found.put_away:
                _away(cell, then)


def _key(cell: Cell) -> str:
    return "-".join(cell.at)


def _card(cell: Cell) -> None:
    with st.container(
        border=True, horizontal=not phone(), vertical_alignment="center", gap="small", key=f"found-{_key(cell)}"
    ):
        html(f'<div class="lz-barrier one"><p>{escape(cell.says)}.</p></div>', width="stretch")
        with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
            st.button("Open a barrier", key=f"accept-{_key(cell)}", on_click=open_from, args=(cell,))
            st.button("Decline", key=f"decline-{_key(cell)}", type="tertiary", on_click=_decline, args=(cell,))
            links.link(entries.PRACTICE, "Story", practice=cell.practice_id)


def open_from(cell: Cell) -> None:
    """Opens the barrier and shows it."""
    guarded(_accept, cell)


def _accept(cell: Cell) -> None:
    home = homes.home()
    key = accept(home.store, cell, today(), home.settings.barrier_due_days, actor=viewer().name)
    detail.open_one(key)


def _decline(cell: Cell) -> None:
    guarded(lambda: decline(homes.home().store, cell, actor=viewer().name))


def _away(cell: Cell, then: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        parts.note(f"{cell.says}. Declined at {then:,}; comes back from {ceil(then * GROWN):,} on.")
        st.button("Take back", key=f"back-{_key(cell)}", type="tertiary", on_click=_take_back, args=(cell,))


def _take_back(cell: Cell) -> None:
    guarded(lambda: take_back(homes.home().store, cell, actor=viewer().name))
