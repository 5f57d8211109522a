"""Where the rest goes: per service line to whom, and the reasons that were recorded."""

import streamlit as st

from liaison.charts.cause_bars import cause_bars
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import largest_loss
from liaison.metrics.one_practice import PracticeStory
from liaison.ui import charts as drawn
from liaison.ui import entries, links, parts
from liaison.ui.ask import ask, version
from liaison.ui.practice import asked
from liaison.ui.practice.asked import Rest
from liaison.ui.tables import Col, table
from liaison.vocabulary import NONE

COLUMNS = {
    "to": Col("Goes to", 182),
    "line": Col("Service line", 110),
    "out": Col("Referrals", 74, "count"),
    "share": Col("Of the line", 78, "share", "orange", help="Of the line's referrals with a known destination."),
    "reason": Col("Reason given most", 188),
}
ON_PHONE = {"to": Col("Goes to", 164), "line": Col("Line", 104), "out": Col("Sent", 52, "count")}


def show(found: PracticeStory, question: Filters, small: bool) -> None:
    """Nothing where nothing of it can be seen, or nothing went."""
    if not found.observable or not found.leakage.total.numerator:
        return
    what: Rest = ask(asked.rest, question)
    if what.rows.empty:
        return
    largest = largest_loss(what.found.organisations)
    parts.picture(
        (largest or "Where the rest goes").rstrip("."),
        f"Referrals out of network by organisation and service line, {what.found.total.window}.",
    )
    turn = st.session_state.setdefault("rest-turn", 0)
    place = table(
        what.rows,
        ON_PHONE if small else COLUMNS,
        key=f"rest-{turn}",
        alt="Where the practice's other referrals go; a row opens the organisation",
        most=6,
        pick=True,
        version=version(question, "rest"),
    )
    _open(what, place, turn)
    _reasons(what, question)


def _open(what: Rest, place: int | None, turn: int) -> None:
    if place is None:
        return
    organisation = str(what.rows["organisation"].iloc[place])
    if organisation != NONE and entries.ORGANISATIONS.title in entries.listed():
        st.session_state["rest-turn"] = turn + 1
        links.go(entries.ORGANISATIONS, organisation=organisation)


def _reasons(what: Rest, question: Filters) -> None:
    if len(what.causes) < 2:
        return
    parts.picture("Why they go", "Referrals out of network by the reason recorded.")
    drawn.show(
        cause_bars,
        what.causes,
        version=version(question, "reasons"),
        key="reasons",
        alt="Referrals out of network by reason; the reason given most stands beside each destination above",
        limit=6,
    )
