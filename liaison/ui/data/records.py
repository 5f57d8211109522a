"""Practices, people and assignments in a table that can be edited; each save is checked against the version seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from liaison.errors import LiaisonError
from liaison.fieldwork import KINDS, add, edit, frame, history_of, remove
from liaison.fieldwork.syntax import in_file
from liaison.store import reading
from liaison.ui import homes, options, parts, states
from liaison.ui.ask import viewer
from liaison.ui.data import work
from liaison.ui.tables import ROW, Col, height, table

EDITED = {
    "practices": "Practices",
    "providers": "Providers",
    "people": "People",
    "assignments": "Assignments",
    "margins": "Margins",
    "costs": "Costs",
    "goals": "Goals",
    "mail_templates": "Mail templates",
}
PARAM = "records"  # the kind, in the URL
MONEY = ("margins", "costs")  # what they change is what the programme brought
# The columns that people look for first; the others follow.
FIRST = {
    "practices": ("practice_id", "name", "city", "zip", "type", "organisation_id", "aliases", "frequency", "phone"),
    "providers": ("npi", "name", "telehealth", "telehealth_note", "organisation_id", "practice_id"),
    "people": ("person_id", "name", "role", "email", "start_zip", "days", "works_from", "works_to"),
    "assignments": ("practice_id", "person_id", "service_line", "starts", "ends"),
    "margins": ("service_line", "margin", "low", "high", "starts", "source"),
    "costs": ("month", "kind", "amount", "person_id", "note"),
    "goals": ("year", "measure", "target", "territory_id", "service_line", "note"),
    "mail_templates": ("template_id", "title", "subject", "body", "voided"),
}
MOST = 300  # rows in the table at a time; a search finds the others
_SEARCH, _TURN, _OPEN, _FAULTS = (
    "record-search",
    "lz-record-turn",
    "lz-record-open",
    "lz-record-faults",
)


@dataclass(frozen=True)
class Changes:
    """What was done in the table since it was opened, by record."""

    edited: dict[str, dict[str, Any]]  # key -> column -> value
    added: list[dict[str, Any]]
    removed: list[str]

    @property
    def count(self) -> int:
        return len(self.edited) + len(self.added) + len(self.removed)


def changes(opened: pd.DataFrame, state: Mapping[str, Any]) -> Changes:
    """The editor's state (row place -> column -> value) by the keys of the rows it was opened with."""
    keys = opened["key"].tolist()
    edited = {keys[int(place)]: dict(values) for place, values in state.get("edited_rows", {}).items() if values}
    gone = [keys[int(place)] for place in state.get("deleted_rows", [])]
    added = [{k: v for k, v in row.items() if not str(k).startswith("_")} for row in state.get("added_rows", [])]
    return Changes({k: v for k, v in edited.items() if k not in gone}, [row for row in added if row], gone)


def show() -> None:
    """The table of one kind, its save, and the history of a record."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = options.field(PARAM, "Records", EDITED, "practices", width=200)
        search = st.text_input("Find", key=_SEARCH, placeholder="Part of a name or id", width=260)
    opened = _opened(kind, search)
    _tell_faults()
    if opened.empty and not search:
        states.off(f"No {kind} yet", f"Bring a {kind} file in, or add the first one in the last line of the table.")
    editor = f"records-{kind}-{st.session_state[_TURN]}"
    shown = [c for c in (*FIRST[kind], *KINDS[kind].columns) if c in opened]
    st.data_editor(
        opened[list(dict.fromkeys(shown))],
        key=editor,
        hide_index=True,
        num_rows="dynamic",
        row_height=ROW,
        height=height(len(opened) + 1, 13),
        column_config=_config(kind),
        placeholder="",  # what is not known is blank, not the word None
        disabled=[],
    )
    found = changes(opened, st.session_state.get(editor, {}))
    with st.container(horizontal=True, vertical_alignment="center", key="actions"):
        st.button(
            f"Save {found.count} change{'' if found.count == 1 else 's'}" if found.count else "Save changes",
            type="primary",
            disabled=not found.count,
            key="save-records",
            on_click=_save,
            args=(kind, opened, editor),
        )
        st.button("Take back", disabled=not found.count, key="reload-records", on_click=_reopen)
        parts.note(f"{len(opened):,} shown. A save is refused where somebody else changed the same record meanwhile.")
    _history(kind, opened)


def _opened(kind: str, search: str) -> pd.DataFrame:
    """The records as they were when the table was opened: their versions are what a save is checked against."""
    held = st.session_state.get(_OPEN)
    asked = (str(homes.home().path), kind, search)
    if held is None or held[0] != asked:
        _reopen()
        with reading(homes.home().store) as connection:
            every = frame(connection, kind)
        found = every[_matches(every, search)].head(MOST).reset_index(drop=True)
        texts = [c for c in KINDS[kind].columns if KINDS[kind].table.columns[c].type.python_type is str]
        found = found.assign(**{c: found[c].astype("string").fillna("") for c in texts})
        held = st.session_state[_OPEN] = (asked, found)
    opened: pd.DataFrame = held[1]
    return opened


def _matches(every: pd.DataFrame, search: str) -> "pd.Series[bool]":
    """Rows in which some text holds the words looked for, any case."""
    wanted = search.strip().casefold()
    if not wanted:
        return pd.Series(True, index=every.index)
    texts = every.drop(columns=["version"]).astype("string").fillna("")
    joined = texts["key"].str.cat(texts.drop(columns=["key"]), sep=" ")
    return joined.str.casefold().str.contains(wanted, regex=False)


def _config(kind: str) -> dict[str, Any]:
    what = KINDS[kind]
    wide = {"name": 250, "aliases": 200, "address": 200, "telehealth_note": 260}
    configured: dict[str, Any] = {}
    for column in what.columns:
        label, width = in_file(column), wide.get(column, 120)
        python = what.table.columns[column].type.python_type
        required = column in what.needs
        if python is bool:
            configured[column] = st.column_config.CheckboxColumn(label, width=width)
        elif python is float:
            configured[column] = st.column_config.NumberColumn(label, width=width)
        elif column in what.choices:
            words = [word.value for word in what.choices[column]]
            configured[column] = st.column_config.SelectboxColumn(label, width=width, options=words)
        else:
            configured[column] = st.column_config.TextColumn(label, width=width, required=required)
    return configured


def _save(kind: str, opened: pd.DataFrame, editor: str) -> None:
    """Each change by itself: what is refused is told with its reason, what is right is saved."""
    found = changes(opened, st.session_state.get(editor, {}))
    versions = dict(zip(opened["key"], opened["version"], strict=True))
    store, faults, saved = homes.home().store, list[LiaisonError](), 0
    steps: list[Callable[[], object]] = []
    for key, values in found.edited.items():
        seen = int(versions[key])
        steps.append(partial(edit, store, kind, key, values, expected_version=seen, actor=viewer().name))
    steps += [partial(add, store, kind, row, actor=viewer().name) for row in found.added]
    for key in found.removed:
        steps.append(partial(remove, store, kind, key, expected_version=int(versions[key]), actor=viewer().name))
    for step in steps:
        try:
            step()
            saved += 1
        except LiaisonError as refused:
            faults.append(refused)
    st.session_state[_FAULTS] = (faults, saved)
    if saved and kind in MONEY:
        work.enqueue("effect", {})
    if saved and KINDS[kind].recount:
        work.recount()
    _reopen()


def _reopen() -> None:
    """The table begins anew, with the records as they stand."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_OPEN, None)


def _tell_faults() -> None:
    faults, saved = st.session_state.pop(_FAULTS, ([], 0))
    for refused in faults:
        states.error(refused)
    if saved:
        parts.say(f"**{saved} change{'' if saved == 1 else 's'} saved.** Figures that hang on them follow in a moment.")


HISTORY = {
    "at": Col("When (UTC)", 180),
    "actor": Col("Who", 120),
    "how": Col("How", 220),
    "said": Col("The record then", 620),
}


def _history(kind: str, opened: pd.DataFrame) -> None:
    if opened.empty:
        return
    keys = opened["key"].tolist()
    names = dict(zip(keys, opened["name"], strict=True)) if "name" in opened else {}
    key = st.selectbox(
        "History of",
        keys,
        index=None,
        format_func=lambda k: f"{names[k]} ({k})" if k in names else k,
        placeholder="Pick a record to see every version it had",
        key=f"history-{kind}",
    )
    if key is None:
        return
    with reading(homes.home().store) as connection:
        versions = history_of(connection, kind, key)
    rows = [
        {
            "at": v.at.replace("T", " ")[:16],
            "actor": v.actor,
            "how": f"import {v.batch_id[:8]}" if v.batch_id else "by hand",
            "said": "removed" if v.values is None else "; ".join(f"{in_file(k)}: {x}" for k, x in v.values.items()),
        }
        for v in reversed(versions)
    ]
    table(pd.DataFrame(rows), HISTORY, key="history", alt=f"Versions of {key}", most=6)
