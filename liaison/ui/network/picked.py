"""One flow from both ends, and the practices it is made of; it lives in the URL."""

import streamlit as st

from liaison.metrics.filters import Filters
from liaison.metrics.findings import network as says
from liaison.metrics.network import Flow
from liaison.ui import entries, links, parts
from liaison.ui.ask import ask, version
from liaison.ui.network import asked
from liaison.ui.network.asked import Flows
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import NONE

FROM, TO = "from", "to"
TURN, _DROPPED = "network-turn", "lz-network-dropped"
PRACTICES = {
    "sender": Col("Practice", 216),
    "numerator": Col("Referrals", 80, "count"),
    "value": Col("Of sent", 90, "share"),
    "change": Col("Against before", 140),
}
ON_PHONE = {"sender": Col("Practice", 200), "numerator": Col("Referrals", 84, "count")}


def turn() -> int:
    """Charts and tables begin anew after a pick, else it would open the same flow again on the way back."""
    return int(st.session_state.setdefault(TURN, 0))


def open_one(flow: Flow) -> None:
    st.session_state[TURN] = turn() + 1
    links.go(entries.NETWORK, **_kept(), **{FROM: flow.sender, TO: flow.to.key})


def _kept() -> dict[str, str]:
    return {name: st.query_params[name] for name in ("order",) if name in st.query_params}


def chosen(found: Flows) -> Flow | None:
    """The flow of the address; one that is not among these is dropped and said."""
    sender, to = st.query_params.get(FROM), st.query_params.get(TO)
    flow = found.one(sender, to) if sender and to else None
    if flow is None and (sender or to):
        st.query_params.pop(FROM, None)
        st.query_params.pop(TO, None)
        st.session_state[_DROPPED] = True
    elif flow is not None:
        st.session_state.pop(_DROPPED, None)
    return flow


def show(flow: Flow | None, question: Filters) -> None:
    """What stands beside the table."""
    if flow is None:
        if st.session_state.pop(_DROPPED, False):
            parts.note("The link named a flow that these filters do not have. It was left away.")
        parts.note("Pick a flow to see both of its ends, and the practices it is made of.")
        return
    before = "" if flow.before is None else f"; {flow.before:,} in the window before, {says.change_words(flow)}"
    parts.picture(says.name(flow), f"{flow.referrals:,} referrals{before}.")
    parts.say(*(f"{end}." for end in says.picked(flow)))
    found, rows = ask(asked.practices, question, group=flow.sender, to=flow.to.key)
    place = table(
        rows,
        ON_PHONE if phone() else PRACTICES,
        key=f"network-practices-{turn()}",
        alt="Practices of this flow, most referrals first; a picked row opens the practice",
        most=10,
        pick=True,
        version=version(question, "network-practices", flow.key),
    )
    with st.container(horizontal=True, gap="small", key="network-ways"):
        if flow.to.key != NONE:
            links.link(entries.ORGANISATIONS, f"Open {flow.to.label}", organisation=flow.to.key)
        links.link(entries.NETWORK, "Close this flow", icon=":material/close:", **_kept())
    if place is not None and found.flows[place].sender != NONE:
        st.session_state[TURN] = turn() + 1
        links.go(entries.PRACTICE, practice=found.flows[place].sender)
