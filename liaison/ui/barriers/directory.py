"""Our specialists by name: whom a form offers, and whether they see patients by video or phone."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.specialists import WAYS, Specialist, specialists
from liaison.ui import options, parts, states
from liaison.ui.ask import ask_records
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

WAY, ANY = "telehealth", "any"
COLUMNS = {
    "name": Col("Specialist", 210),
    "line": Col("Service line", 180),
    "telehealth": Col("Telehealth", 140),
    "note": Col("What to say of it", 330),
    "organisation": Col("Organisation", 220),
    "npi": Col("NPI", 110),
}
ON_PHONE = {
    "name": Col("Specialist", 125),
    "telehealth": Col("Telehealth", 125),
    "line": Col("Line", 140),
    "note": Col("What to say of it", 300),
}


@dataclass(frozen=True)
class Ours:
    """`every`: our specialists as of today; `shown`: those that the page is cut to; `written`: for keys of tables."""

    every: tuple[Specialist, ...]
    shown: tuple[Specialist, ...]
    way: str
    written: Hashable


def ours() -> Ours:
    """Our specialists, cut to one way where the page's field says so."""
    every, written = ask_records(specialists, today())
    ways = {ANY: "Any or none", **WAYS}
    way = options.field(WAY, "Specialists by telehealth", ways, ANY, width=240) if every else ANY
    return Ours(every, tuple(one for one in every if way == ANY or one.answers(way)), way, written)


def choice(found: Ours, key: str) -> None:
    """One of them by name; an NPI can be typed for somebody who is not among them."""
    named = {one.npi: one.called for one in found.shown}
    st.selectbox(
        "Specialist",
        list(named),
        index=None,
        format_func=lambda npi: named.get(npi, npi),
        placeholder="A name, or an NPI of ten digits",
        accept_new_options=True,
        key=key,
    )


def show(found: Ours) -> None:
    """The list, folded: it is looked up, not read."""
    n, of = len(found.shown), len(found.every)
    with st.expander(f"Our specialists · {n:,}" + (f" of {of:,}" if n < of else ""), icon=":material/video_call:"):
        if not found.every:
            states.off("No specialist of ours is on record", "Providers of an organisation of ours will stand here.")
            return
        if not found.shown:
            states.off("Nobody answers to this", "Choose another way above.")
            return
        rows = partial(_rows, found)
        shown = ON_PHONE if phone() else COLUMNS
        table(rows, shown, key="our-specialists", alt="Our specialists by name", version=(found.written, found.way))
        parts.note("Not known is not no: ask, then write it under Data, Records, Providers.")
        download(rows, "our-specialists", key="our-specialists")


def _rows(found: Ours) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": one.name,
            "line": one.line_label,
            "telehealth": one.seen_by,
            "note": one.note,
            "organisation": one.organisation,
            "npi": one.npi,
        }
        for one in found.shown
    )
