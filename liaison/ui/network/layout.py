"""The order of the page's parts: the sentence, what changed, the ranked flows, one of them from both ends."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.metrics.definitions.organisations import taken_share
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.filters import Filters
from liaison.metrics.findings import network as says
from liaison.metrics.network import Flow
from liaison.ui import entries, filters, options, papers, parts, states
from liaison.ui.ask import ask
from liaison.ui.network import asked, picked, ranked
from liaison.ui.network.asked import Flows
from liaison.ui.style import phone
from liaison.ui.tables import download
from liaison.ui.trends import source
from liaison.vocabulary import month_words

NAME = "Network"
WHY_NOT = "Who sends to whom is made of small counts, from which others' tables could be worked out."
ORDER = "order"
ORDERS = {"largest": "Largest", "out": "Out of network", "rose": "Rose", "fell": "Fell"}


def show(question: Filters) -> None:
    """The page, where there are referrals."""
    if filters.known().first is None:
        parts.head(NAME, "No referrals are in yet")
        brings = "This page shows who sends to whom, and what changed. A referral export fills it."
        if states.no_data("Nothing to show yet", brings, "Import referrals", key="bring-referrals"):
            st.switch_page(entries.DATA.file)
        return
    found = ask(asked.flows, question)
    parts.head(NAME, found.headline)
    if not found.found.flows:
        states.no_match(key="clear-filters")
        return
    if found.moved:
        parts.say(found.moved)
    order = options.buttons(ORDER, "Flows", ORDERS if found.found.before else _two(), "largest")
    parts.picture(_title(order), _drawn(found, order))
    flow = picked.chosen(found)
    if found.frames[order].empty:
        parts.note("No flow did, by more than chance would have it.")
    _shown(found, question, order, flow)
    _footer(found)


def _shown(found: Flows, question: Filters, order: str, flow: Flow | None) -> None:
    """Picture and table, or on a phone the list; beside them the flow that is looked at."""
    some = not found.frames[order].empty
    if phone():
        if some:
            ranked.listed(found, order)
        picked.show(flow, question)
        return
    if some:
        ranked.chart(found, question, order)
    if flow is None:
        picked.show(flow, question)
    left, right = (st.container(), st.container()) if flow is None else st.columns([11, 9], gap="large")
    if some:
        with left:
            ranked.rows(found, question, order, beside=flow is not None)
    if flow is not None:
        with right:
            picked.show(flow, question)


def _two() -> dict[str, str]:
    """Without a window before there is no change to look at."""
    return {name: ORDERS[name] for name in ("largest", "out")}


def _title(order: str) -> str:
    return {
        "largest": "Who sends to whom",
        "out": "Who sends to whom outside of the network",
        "rose": "Flows that rose beyond chance",
        "fell": "Flows that fell beyond chance",
    }[order]


def _drawn(found: Flows, order: str) -> str:
    window, before = found.found.window, found.found.before
    if order in ("rose", "fell") and before:
        then = f"{month_words(before[0])} to {month_words(before[1])}"
        more = "more" if order == "rose" else "fewer"
        return f"Referrals {more} than in {then}, by practice group and organisation, {window}; all looked at together."
    return (
        f"Referrals with a known destination by practice group and organisation, {window}, with the share of what the "
        "group refers. Blue: to us. Orange: out of network. Pick one for its practices."
    )


def _footer(found: Flows) -> None:
    of = found.found
    total = Figure(taken_share.name, None, Unit.share, of.window, coverage=of.coverage, vintage=of.vintage)
    notes = [*of.notes, *([_against(of.otherwise)] if of.otherwise else [])]
    with papers.footer(source(total), [taken_share], "network", counted=[total.papers()], notes=notes) as sentences:
        download(partial(file, found), "network", key="network", papers=sentences)


def _against(many: int) -> str:
    one = many == 1
    return f"{many:,} referral{' says' if one else 's say'} the opposite of what the organisation is: in no flow."


def file(found: Flows) -> pd.DataFrame:
    """Every flow, with its window and vintage."""
    of = found.found
    rows = pd.DataFrame(
        {
            "from": [flow.sender_label for flow in of.flows],
            "to": [flow.to.label for flow in of.flows],
            "ours": [flow.to.ours for flow in of.flows],
            "referrals": [flow.referrals for flow in of.flows],
            "known_destination": [flow.figure.denominator for flow in of.flows],
            "share_of_sent": [flow.figure.value for flow in of.flows],
            "received": [flow.received for flow in of.flows],
            "share_of_received": [flow.of_received for flow in of.flows],
            "window_before": [flow.before for flow in of.flows],
            "change": [says.change_words(flow) for flow in of.flows],
        }
    )
    return papers.dated(rows, of.window, of.vintage)
