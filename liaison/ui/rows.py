"""Referrals one by one, on demand: each look and each download is written down, the ids stay out of the URL.

`show(filters, key="cell", what="out of network")` on any page: a switch, then the list, its limit, its file.
"""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.access.audit import Action, record
from liaison.metrics.filters import Filters
from liaison.metrics.rows import Rows, Which, cut_to, rows
from liaison.ui import ask, entries, filters, homes, links, parts
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import NONE

_LONG = {"referral_id": Col("Referral", 120), "source": Col("Source", 100)}
_WHO = {"service_line": Col("Service line", 150), "practice": Col("Practice", 230), "destination": Col("To", 190)}
WAITING = {
    **_LONG,
    "stage": Col("Waits in", 100),
    "days_in_stage": Col("For", 90, "days"),
    "stuck_after_days": Col("Usual up to", 100, "days", help="Nine of ten that moved on had done so by then."),
    **_WHO,
}
ENDED = {
    **_LONG,
    "created_on": Col("Created", 110, "date"),
    **_WHO,
    "cause": Col("Reason", 150),
    "stage": Col("Got to", 100),
    "ended": Col("Ended", 120),
}
WAITING_ON_PHONE = {
    "referral_id": Col("Referral", 100),
    "days_in_stage": Col("For", 76, "days"),
    "practice": Col("Practice", 170),
}
ENDED_ON_PHONE = {
    "referral_id": Col("Referral", 100),
    "created_on": Col("Created", 100, "date"),
    "practice": Col("Practice", 150),
}
WORDS = {
    Which.every: "referrals",
    Which.out: "referrals that went out of network",
    Which.kept: "referrals that stayed in network",
    Which.unknown: "referrals whose destination is not known",
    Which.open: "open referrals",
    Which.stuck: "stuck referrals",
}


def show(
    asked: Filters, *, key: str, what: str = "referrals", stage: str | None = None, count: int | None = None
) -> None:
    """A switch that lists the referrals behind a figure, at most as many as the limit says.

    `what`: referrals, out of network, in network, destination unknown, open or stuck; `stage` keeps to those that are
    open in one stage; `count`: how many there are, where the page knows it. `key` is the list's own on its page.
    """
    which = Which(what.replace(" ", "_"))
    many = f"{count:,} " if count is not None else ""
    label = f"List the {many}{WORDS[which]} one by one"
    noted = f"rows-{key}-noted"
    if not st.toggle(label, key=f"rows-{key}-open", help="Each look at a list of referrals is recorded."):
        st.session_state.pop(noted, None)
        return
    found: Rows = ask.ask(rows, asked, which=which, stage=stage)
    look = ask.version(asked, which, stage)
    if st.session_state.get(noted) != look:
        _note(found, asked, stage, Action.looked)
        st.session_state[noted] = look
    with st.container(horizontal=True, vertical_alignment="center", key=f"rows-{key}-head"):
        parts.note(f"{found.sentence} Recorded: who looked, when, at how many.")
        if found.total:
            papers = [f"{WORDS[which].capitalize()}: {found.sentence}", f"Filters: {filters.in_words()}."]
            papers += [f"Created {found.window}." if found.window else "", f"Extract of {found.vintage}."]
            taken = partial(_taken, found, asked, stage)
            download(taken, f"referrals-{which.value.replace('_', '-')}", key=f"rows-{key}", papers=papers)
    if found.total:
        _table(found, key, look)


def _table(found: Rows, key: str, look: object) -> None:
    waits = found.which in (Which.open, Which.stuck)
    columns = WAITING if waits else ENDED
    if phone():
        columns = WAITING_ON_PHONE if waits else ENDED_ON_PHONE
    if "cause" in columns and found.which in (Which.kept, Which.unknown):
        columns = {name: col for name, col in columns.items() if name != "cause"}
    turn = abs(hash(look))  # a pick belongs to its list: other rows begin without one
    place = table(
        found.frame,
        columns,
        key=f"rows-{key}-{turn}",
        alt=WORDS[found.which].capitalize(),
        pick=True,
        version=str(look),
    )
    if place is not None and (practice := found.frame["practice_id"].iloc[place]) not in (None, NONE):
        links.link(entries.PRACTICE, f"Open {found.frame['practice'].iloc[place]}", practice=str(practice))


def _note(found: Rows, asked: Filters, stage: str | None, action: Action) -> None:
    record(
        homes.home().store, ask.viewer(), action, found.which.value, cut_to(asked, stage), len(found.frame), found.total
    )


def _taken(found: Rows, asked: Filters, stage: str | None) -> pd.DataFrame:
    """The rows as a file, recorded when it is made."""
    _note(found, asked, stage, Action.downloaded)
    return found.frame
