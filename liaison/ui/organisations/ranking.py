"""All destinations: who receives how much, how that changed, of which line most and why."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.flows import flows as flow_bars
from liaison.metrics.filters import Filters
from liaison.metrics.findings.organisations import organisations_headline
from liaison.ui import charts as drawn
from liaison.ui import papers, parts, states
from liaison.ui.ask import ask, audience, version
from liaison.ui.organisations import asked, choice
from liaison.ui.organisations.asked import Ranked
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.ui.trends import source
from liaison.vocabulary import Audience

COLUMNS = {
    "label": Col("Destination", 236),
    "numerator": Col("Referrals", 90, "count", help="Ours: what stayed in network. Others: what went out to them."),
    "lost": Col("Of what is lost", 150, "share", "orange"),
    "change": Col("Against before", 150, help="Against the window before, of the same length; 95% interval."),
    "months": Col("By month", 140, "line", "gray"),
    "line": Col("Most of it", 170),
    "cause": Col("Reason given most", 214),
}
ON_PHONE = {
    "label": Col("Destination", 136),
    "numerator": Col("Referrals", 76, "count"),
    "lost": Col("Of lost", 96, "share", "orange"),
}
TURN = "organisations-turn"


def show(question: Filters) -> None:
    """The page without an organisation."""
    found = ask(asked.ranked, question)
    parts.head("Organisations", organisations_headline(found.found))
    choice.views()
    if found.rows.empty:
        states.no_match(key="clear-filters")
        return
    _chart(found, question)
    _table(found, question)
    _footer(found)


def _chart(found: Ranked, question: Filters) -> None:
    window = found.found.window
    parts.picture(
        "Where referrals go",
        f"Referrals with a known destination by organisation, {window}. Blue: ours, what stayed. Orange: others, what "
        "went out of network to them, with the share of all known destinations."
        f"{' Pick one to open its page.' if _team() else ''}",
    )
    turn = st.session_state.setdefault(TURN, 0)
    picked = drawn.show(
        flow_bars,
        found.rows,
        version=version(question, "flows"),
        key=f"flows-{turn}",
        alt="Referrals by destination; the table below shows the same numbers and opens a destination too",
        pick="bar" if _team() else "",
        limit=12,
    )
    if picked and "key" in picked:
        _open(str(picked["key"]))


def _table(found: Ranked, question: Filters) -> None:
    before = found.found.before
    columns = ON_PHONE if phone() else dict(COLUMNS)
    if not phone() and before is None:
        del columns["change"]
    if not _team():  # months, lines and reasons of one organisation are not counted for others
        columns = {name: col for name, col in columns.items() if name not in ("months", "line", "cause")}
    place = table(
        found.rows,
        columns,
        key=f"destinations-{st.session_state[TURN]}",
        alt="Destinations by referrals, ours first; a picked row opens its page",
        most=12,
        pick=_team(),
        version=version(question, "destinations"),
    )
    if place is not None:
        _open(str(found.rows["key"].iloc[place]))
    if found.found.otherwise:
        many = f"{found.found.otherwise:,} referral{' to ours is' if found.found.otherwise == 1 else 's to ours are'}"
        parts.note(f"{many} recorded as out of network: lost by their own word, and not listed as another's.")
    names, referrals = found.found.nameless
    if names:
        said = f"{names:,} name{' is' if names == 1 else 's are'} on record neither as ours nor as another's"
        parts.note(f"{said}: {referrals:,} referrals to them count as destination unknown. Data says how to name them.")


def _team() -> bool:
    """Single organisations open for the team only."""
    return audience() is Audience.inside


def _open(key: str) -> None:
    """Chart and table begin anew, else the pick would open the same page again on the way back."""
    st.session_state[TURN] += 1
    choice.open_one(key)


def _footer(found: Ranked) -> None:
    from liaison.metrics.definitions.shares import organisation_share

    total, notes = found.found.total, found.found.notes
    with papers.footer(
        source(total), [organisation_share], "organisations", counted=[total.papers()], notes=notes
    ) as sentences:
        download(partial(file, found), "organisations", key="organisations", papers=sentences)


def file(found: Ranked) -> pd.DataFrame:
    """The table as a file, each row with its window and vintage."""
    rows, total = found.rows, found.found.total
    file = pd.DataFrame(
        {
            "organisation": rows["label"],
            "ours": rows["role"].eq("us"),
            "referrals": rows["numerator"],
            "known_destination": rows["denominator"],
            "share_of_known": rows["value"],
            "share_of_lost": rows["lost"],
            "window_before": rows["before"],
            "change": rows["change"],
            "line_most": rows["line"],
            "reason_most": rows["cause"],
        }
    )
    return papers.dated(file, total.window, total.vintage)
