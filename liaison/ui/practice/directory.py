"""The directory: find a practice by name, by how it moved, by how steady it is; a row opens its story."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.one_practice import last_touches
from liaison.metrics.filters import Filters
from liaison.metrics.findings.practice import directory_headline
from liaison.metrics.panel import Movement
from liaison.ui import entries, filters, lists, options, papers, parts, states
from liaison.ui.ask import ask, ask_records, version
from liaison.ui.practice import asked, which
from liaison.ui.practice.asked import Listed
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Continuum

LIST = "directory"
COLUMNS = {
    "name": Col("Practice", 240),
    "town": Col("Town", 120),
    "type": Col("Type", 165),
    "referrals": Col("Referrals", 84, "count", help="Of every vantage, in the twelve months."),
    "trend": Col("By month", 115, "line", "blue"),
    "leakage": Col("Leakage", 116, "share", "orange", help="Of referrals with a known destination."),
    "steady": Col("How steady", 130, help="Months with a referral in the last six: 5 or 6 are steady."),
    "moved": Col("Moved", 84, help="In the last three complete months."),
    "last_touch": Col("Last touch", 105, "date"),
}
ON_PHONE = {
    "name": Col("Practice", 172),
    "referrals": Col("Sent", 62, "count"),
    "leakage": Col("Leakage", 92, "share", "orange"),
}
MOVED = (Movement.new.value, Movement.returning.value, Movement.lapsed.value)
STEADY = tuple(c.value for c in Continuum)
TITLES = {"movement": "Moved", "continuum": "How steady"}
FIELDS = {"movement": MOVED, "continuum": STEADY}  # parameter of the URL -> the values it may take


def show(question: Filters) -> None:
    """The sentence, the fields, the table."""
    found: Listed = ask(asked.listed, question)
    if found.rows.empty:
        _nothing()
        return
    parts.head("Practices", directory_headline(found.found))
    which.tell()
    chosen = {name: options.perhaps(name, values) for name, values in FIELDS.items()}
    kept = found.rows
    for name, value in chosen.items():
        kept = kept if value is None else kept[kept[name] == value]
    lists.remember(LIST, kept["practice_id"].tolist(), _title(chosen))
    _fields(found, kept, chosen)
    if kept.empty:
        states.off("No practice is of this kind", "Take a choice above away, or widen the filters.")
        return
    _table(found, kept, question, tuple(chosen.values()))
    _footer(found, kept)


def _nothing() -> None:
    which.tell()
    if filters.known().first is None:
        parts.head("Practices", "No practices are in yet")
        brings = "This page lists who refers, to whom and how steadily. Your practices or a referral export fill it."
        if states.no_data("Nothing to show yet", brings, "Set up your own data", key="bring-practices"):
            st.switch_page(entries.DATA.file)
        return
    parts.head("Practices", "No practice is left over")
    states.no_match(key="clear-filters")


def _title(chosen: dict[str, str | None]) -> str:
    said = [_word(name, value).lower() for name, value in chosen.items() if value]
    return f"Practices, {', '.join(said)}" if said else "Practices by referrals"


def _word(name: str, value: str) -> str:
    return asked.steadiness(value) if name == "continuum" else value.capitalize()


def _fields(found: Listed, kept: pd.DataFrame, chosen: dict[str, str | None]) -> None:
    """Find by name; then how it moved and how steady it is, each with its number."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="find", gap="medium"):
        st.selectbox(
            "Find a practice",
            kept["practice_id"].tolist(),
            index=None,
            format_func=lambda p: found.names.get(p, p),
            placeholder="Find a practice by name",
            key="find-practice",
            on_change=_found,
            width="stretch" if phone() else 340,
            label_visibility="collapsed",
        )
        for name, values in FIELDS.items():
            counts = found.rows[name].value_counts()
            seen = [v for v in values if counts.get(v) or chosen[name] == v]
            options.pills(name, TITLES[name], {v: f"{_word(name, v)} \u00b7 {counts.get(v, 0):,}" for v in seen})


def _found() -> None:
    if practice_id := st.session_state.get("find-practice"):
        st.session_state["find-practice"] = None
        which.open_practice(practice_id, LIST)


def _table(found: Listed, kept: pd.DataFrame, question: Filters, chosen: tuple[str | None, ...]) -> None:
    parts.picture(
        "Every practice, most referrals first" if chosen == (None, None) else f"{len(kept):,} practices",
        f"Referrals and leakage of {found.found.window}. Press a row to open its story.",
    )
    touched, written = ask_records(last_touches)
    turn = st.session_state.setdefault("directory-turn", 0)
    columns = COLUMNS | {"trend": Col("By month", 115, "line", "blue", top=found.top)}
    place = table(
        lambda: kept.assign(last_touch=pd.to_datetime(kept["practice_id"].map(touched)).dt.date),
        ON_PHONE if phone() else columns,
        key=f"directory-{turn}",
        alt="Practices with their referrals, leakage and last touch; the field above opens one by its name",
        most=9 if phone() else 16,
        pick=True,
        version=version(question, "directory", written, *chosen),
    )
    if place is not None:
        st.session_state["directory-turn"] = turn + 1  # back on this page, no row is picked
        which.open_practice(str(kept["practice_id"].iloc[place]), LIST)
        st.rerun()


def _footer(found: Listed, kept: pd.DataFrame) -> None:
    from liaison.metrics.definitions.base import METRICS

    directory = found.found
    metrics = [METRICS[name] for name in directory.definitions]
    source = f"{directory.window} \u00b7 {directory.coverage}" if directory.window else ""
    with papers.footer(source, metrics, "directory", counted=[source], notes=directory.notes) as sentences:
        download(partial(directory_file, found, kept), "practices", key="directory", papers=sentences)


def directory_file(found: Listed, kept: pd.DataFrame) -> pd.DataFrame:
    """The table as a file, each row with its window and vintage."""
    columns = ["practice_id", "name", "town", "type", "on_record", "referrals", "out", "known", "leakage"]
    rows = kept[[*columns, "observable", "continuum", "movement"]]
    return papers.dated(rows, found.found.window, found.found.vintage)
