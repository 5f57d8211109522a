"""The practices behind it and how far they are: shown when asked for, since every referral is looked at."""

from collections.abc import Hashable

import streamlit as st

from liaison.charts.distance_bars import distance_bars
from liaison.metrics.filters import Filters
from liaison.metrics.findings.organisations import concentration, distance
from liaison.ui import charts as drawn
from liaison.ui import entries, links, lists, parts, picks, states
from liaison.ui.ask import ask, version
from liaison.ui.organisations import asked, whom
from liaison.ui.organisations.asked import One, Senders
from liaison.ui.organisations.choice import BEHIND, SHOW
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

BANDS = {
    "band": Col("Miles", 80),
    "taken": Col("Went there", 84, "count"),
    "share": Col("Of it", 92, "share", "orange"),
    "beside": Col("To us", 76, "count"),
    "beside_share": Col("Of that", 92, "share", "blue"),
    "of_known": Col("It takes", 96, "share", "orange", help="Of the known referrals of practices this far from it."),
}
OURS = BANDS | {
    "share": Col("Of it", 92, "share", "blue"),
    "beside": Col("Left", 76, "count"),
    "beside_share": Col("Of that", 92, "share", "orange"),
    "of_known": Col("We receive", 96, "share", "blue", help="Of the known referrals of practices this far from it."),
}


def show(found: One, question: Filters, key: str, pick: picks.Pick) -> Senders | None:
    """Nothing until a cell is picked or the switch is turned."""
    if not found.found.taken:
        return None
    name = whom.name_of(found, pick)
    wanted = st.query_params.get(SHOW) == BEHIND or bool(name)
    if not name:
        if st.session_state.get("behind") != wanted:
            st.session_state["behind"] = wanted
        st.toggle("Show the practices behind it, and how far they are", key="behind", on_change=_turn)
    else:
        st.button(f"{name}: show all of it instead", type="tertiary", icon=":material/close:", on_click=_whole)
    if not wanted:
        return None
    cut = whom.cut(question, pick)
    behind = ask(asked.senders, cut, key=key)
    if behind is None or behind.rows.empty:
        states.off("No practice here", "No referral of this cell is known to have gone there.")
        return behind
    data = version(cut, "behind", key)
    left, right = st.columns([9, 11], gap="medium")
    with left:
        _distance(behind, name, data)
    with right:
        _practices(behind, name, key, data)
    return behind


def _turn() -> None:
    if st.session_state["behind"]:
        st.query_params[SHOW] = BEHIND
    else:
        st.query_params.pop(SHOW, None)


def _whole() -> None:
    picks.forget(whom.NOTHING)
    st.query_params[SHOW] = BEHIND


def _distance(behind: Senders, name: str, data: Hashable) -> None:
    found = behind.found
    who = found.who
    finding = distance(found) or "How far practices are"
    where = f"{name}: s" if name else "S"
    beside = "what of it left the network" if who.ours else "what the same practices sent to us, to our nearest place"
    parts.picture(
        finding.rstrip("."),
        f"{where}traight-line miles from the referring practice to the nearest place of {who.label}; beside it "
        f"{beside}. Bars are shares of their own total.",
    )
    drawn.show(
        distance_bars,
        behind.bands,
        version=data,
        key="distance",
        alt="Referrals by straight-line distance; the table below shows the same numbers",
    )
    columns = OURS if who.ours else BANDS
    if phone():
        columns = {n: columns[n] for n in ("band", "taken", "beside", "of_known")}
    table(behind.table, columns, key="bands", alt="Referrals by bands of straight-line miles", version=data)
    parts.note(found.places.says(who.label))
    if found.places_beside:
        parts.note(found.places_beside.says("our organisations"))


def _columns(ours: bool) -> dict[str, Col]:
    if phone():
        return {
            "label": Col("Practice", 140),
            "taken": Col("Referrals", 76, "count"),
            "value": Col("Share", 92, "share", "blue" if ours else "orange"),
        }
    found = {
        "label": Col("Practice", 214),
        "taken": Col("Went there", 84, "count"),
        "value": Col("Of its known", 116, "share", "blue" if ours else "orange"),
        "miles": Col("Miles", 62, "count"),
        "beside": Col("Left" if ours else "To us", 66, "count"),
    }
    return found if ours else found | {"miles_beside": Col("Miles to us", 84, "count")}


def _practices(behind: Senders, name: str, key: str, data: Hashable) -> None:
    ours = behind.found.who.ours
    lists.remember(f"organisation-{key}", behind.rows["key"].tolist(), f"Practices behind {behind.found.who.label}")
    said = concentration(behind.found) or "The practices behind it"
    parts.picture(
        said.rstrip("."),
        f"{name + ': ' if name else ''}Practices by referrals that went there. Pick one to open its page.",
    )
    place = table(
        behind.rows,
        _columns(ours),
        key=f"senders-{key}",
        alt="Practices that send referrals there, most first; a picked row can be opened",
        most=10,
        pick=True,
        version=data,
    )
    if place is not None:
        one = behind.rows.iloc[place]
        about = {"practice": str(one["key"]), "list": f"organisation-{key}"}
        links.link(entries.PRACTICE, f"Open {one['label']}", **about)
