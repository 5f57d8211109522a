"""The flows as bars, as a table that opens one, and on a phone as a list."""

import pandas as pd
import streamlit as st

from liaison.charts.flows import flows as flow_bars
from liaison.charts.words import percent, whole
from liaison.metrics.filters import Filters
from liaison.metrics.findings.network import name
from liaison.ui import charts as drawn
from liaison.ui import parts
from liaison.ui.ask import version
from liaison.ui.network import picked
from liaison.ui.network.asked import Flows
from liaison.ui.tables import Col, table

BARS = 12
NAMES = 330  # px for the names of a flow's two ends
COLUMNS = {
    "sender": Col("From", 250),
    "to": Col("To", 250),
    "numerator": Col("Referrals", 90, "count"),
    "value": Col("Of what it sends", 150, "share", help="Of what the sender refers, where the destination is known."),
    "of_received": Col("Of what it receives", 150, "share", "gray", help="Of what the organisation receives, here."),
    "before": Col("Before", 80, "count", help="In the window before, of the same length."),
    "change": Col("Against before", 170, help="95% interval; each flow looked at alone."),
}
BESIDE = {
    "sender": Col("From", 170),
    "to": Col("To", 180),
    "numerator": Col("Referrals", 80, "count"),
    "change": Col("Against before", 160, help="95% interval; each flow looked at alone."),
}


def chart(found: Flows, question: Filters, order: str) -> None:
    """The first of the order; a bar opens its flow."""
    pick = drawn.show(
        flow_bars,
        _bars(found.frames[order], order),
        version=version(question, "network", order),
        key=f"network-{order}-{picked.turn()}",
        alt="Flows by referrals; the table below shows the same numbers and opens one too",
        pick="bar",
        limit=BARS,
        names=NAMES,
    )
    if pick and "key" in pick:
        picked.open_one(found.orders[order][int(str(pick["key"]))])


def _bars(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """In the orders of change a bar is as long as the change."""
    if order not in ("rose", "fell"):
        return rows
    noun = "referrals more" if order == "rose" else "referrals fewer"
    return rows.assign(numerator=rows["gained"].abs(), value=None, noun=noun)


def rows(found: Flows, question: Filters, order: str, *, beside: bool) -> None:
    """Every flow of the order; a row opens it. `beside`: in the room that one flow leaves."""
    columns = BESIDE if beside else COLUMNS
    if not found.found.before:
        columns = {key: col for key, col in columns.items() if key not in ("before", "change")}
    place = table(
        found.frames[order],
        columns,
        key=f"network-table-{order}-{picked.turn()}",
        alt="Flows, most referrals first; a picked row shows its practices",
        most=14,
        pick=True,
        version=version(question, "network-table", order),
    )
    if place is not None:
        picked.open_one(found.orders[order][place])


def listed(found: Flows, order: str) -> None:
    """The first of them as a list with bars from zero, and a field that opens any."""
    every, shown = found.orders[order], found.orders[order][:BARS]
    size = [float(row) for row in _bars(found.frames[order], order)["numerator"][:BARS]]
    top = max(size, default=1.0) or 1.0
    parts.losses(
        parts.Loss(
            flow.sender_label,
            f"to {flow.to.label}" + (f", {percent(flow.figure.value)}" if flow.figure.value is not None else ""),
            whole(many),
            many / top,
            flow.to.role,
        )
        for flow, many in zip(shown, size, strict=True)
    )
    at = st.selectbox(
        "Look at one",
        range(len(every)),
        index=None,
        format_func=lambda place: name(every[place]),
        key=f"network-list-{order}-{picked.turn()}",
        placeholder="Choose a flow",
    )
    if at is not None:
        picked.open_one(every[at])
