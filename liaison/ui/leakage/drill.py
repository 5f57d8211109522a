"""Behind a cell: to whom its referrals went, and why."""

from collections.abc import Hashable

import streamlit as st

from liaison.charts.cause_bars import cause_bars
from liaison.charts.flows import flows as flow_bars
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import largest_loss, main_reason
from liaison.ui import charts as drawn
from liaison.ui import entries, links, parts, picks, states
from liaison.ui.ask import ask, audience
from liaison.ui.leakage import heat
from liaison.ui.leakage.asked import Grid, named
from liaison.ui.leakage.behind import NOT_NAMED, Behind, behind, reasons_of
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import NONE, Audience

TO = "to"  # the URL's name of a destination that is picked
LIMIT = 8
DESTINATIONS = {
    "label": Col("Destination", 190),
    "numerator": Col("Lost", 70, "count"),
    "value": Col("Share", 110, "share", "orange"),
    "reason": Col("Reason given most", 190),
}
ON_PHONE = {name: DESTINATIONS[name] for name in ("label", "numerator", "value")}


def show(found: Grid, asked: Filters, pick: picks.Pick) -> None:
    """The two columns under the picture, for the cell that is picked."""
    if audience() is not Audience.inside:
        why = "Laid beside the picture, what lies behind it could give a small number away."
        states.off("What lies behind a cell is for the team", why)
        return
    cut = heat.cut(asked, found.view, pick)
    what = ask(behind, cut)
    name = heat.name_of(found, pick)
    data = heat.picture_version(asked, found.view, pick)
    left, right = st.columns(2, gap="medium")
    with left:
        chosen = _one(what, cut.organisation) if cut.organisation else _destinations(what, name, data)
    with right:
        _causes(what, name, chosen, data)


def _one(what: Behind, organisation: str) -> str:
    """The cell is of one destination: it opens that."""
    lost, label = what.pairs.total.numerator or 0, named(what.organisations.rows[0].label, NOT_NAMED)
    parts.picture(f"{lost:,} went to {label}", f"Referrals out of network, {what.pairs.window}.")
    if organisation != NONE:
        links.link(entries.ORGANISATIONS, f"Open {label}", organisation=organisation)
    return ""


def _destinations(what: Behind, name: str, data: Hashable) -> str:
    """Where they went; the id of the destination that is picked, or nothing."""
    rows = what.destination_rows
    with st.container(horizontal=True, vertical_alignment="bottom", key="to-head"):
        more = f" The first {LIMIT} of {len(rows)}." if len(rows) > LIMIT and not phone() else ""
        parts.picture(
            (largest_loss(what.organisations) or "To whom they went").rstrip("."),
            f"{name}: referrals out of network by destination, {what.pairs.window}.{more}",
        )
        as_table = False if phone() or len(rows) < 2 else st.toggle("As a table", key="to-as-table")
    if rows.empty:
        states.off("Nothing went out of network", "Every referral of this cell with a known destination stayed.")
        return ""
    keys = set(rows["key"])
    chosen = picks.selection("to", {TO: ""}, lambda p: p[TO] in keys, data)
    if phone() or as_table:
        columns = ON_PHONE if phone() else DESTINATIONS
        at = rows.index[rows["key"] == chosen.begun_with[TO]]
        place = table(
            rows,
            columns,
            key=f"{chosen.key}-table",
            alt=f"Where referrals of {name} went",
            most=LIMIT,
            pick=True,
            first=int(at[0]) if len(at) else None,
            version=data,
        )
        picked = None if place is None else {TO: rows["key"].iloc[place]}
    else:
        bar = drawn.show(
            flow_bars,
            rows,
            version=data,
            key=chosen.key,
            alt=f"Where referrals of {name} went. The switch above shows the same numbers as a table.",
            pick="bar",
            first=chosen.begun_with[TO] or None,
            limit=LIMIT,
        )
        picked = {TO: bar["key"]} if bar else None
    now = picks.follow(chosen, picked)[TO]
    if now:
        _opened(_label(what, now), now)
    return now


def _opened(label: str, key: str) -> None:
    """What a picked destination opens, and the way back to all of them."""
    with st.container(horizontal=True, vertical_alignment="center", key="to-picked"):
        if key != NONE:
            links.link(entries.ORGANISATIONS, f"Open {label}", organisation=key)
        st.button("All destinations", key="to-all", type="tertiary", on_click=picks.forget, args=({TO: ""},))


def _causes(what: Behind, name: str, chosen: str, data: Hashable) -> None:
    causes, rows = (what.causes, what.cause_rows) if not chosen else reasons_of(what, chosen)
    if rows.empty:
        return
    whose = f"{name}, to {_label(what, chosen)}" if chosen else name
    finding = (main_reason(causes) or "Why they went").rstrip(".")
    parts.picture(finding, f"{whose}: referrals out of network by the reason recorded.")
    drawn.show(
        cause_bars,
        rows,
        version=(data, chosen),
        key="causes",
        alt="Referrals out of network by reason; the reason given most stands beside each destination",
        limit=LIMIT,
    )


def _label(what: Behind, key: str) -> str:
    rows = what.destination_rows
    return str(rows.loc[rows["key"] == key, "label"].iloc[0])
