"""The drafted mapping, for people to correct: columns, dates, words, identifiers; kept by name for next week."""

from collections.abc import Mapping as Dict
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from liaison.ingest import saved
from liaison.ingest.drafting import DATE_FORMATS, draft_of
from liaison.ingest.formats.base import Field, Format, Kind
from liaison.ingest.mapping import Mapping
from liaison.ingest.preview import Head
from liaison.ingest.privacy import DROP, HASH, is_suspected
from liaison.ui import homes, parts, states
from liaison.ui.tables import ROW, height

DRAFT = "Draft from the headers"
SAMPLES = 3


def edit(head: Head, form: Format) -> Mapping:
    """The mapping as it stands in the fields."""
    kept = {one.name: one.mapping for one in saved.all_saved(homes.home(), form.name)}
    names = [DRAFT, *kept]
    start = st.selectbox("Start from", names, key=f"map-start-{form.name}", width=320) if kept else DRAFT
    begun = kept[start] if start in kept else draft_of(head, form)
    turn = f"{form.name}-{start}-{abs(hash(head.columns))}"
    parts.note("Our fields on the left, the file's columns beside them. Needed fields carry a star.")
    chosen = _columns(head, form, begun, turn)
    found = chosen | {"values": _values(head, form, chosen["columns"], begun, turn)}
    found["identifiers"] = _identifiers(head, begun, turn)
    mapping = replace(begun, **found)
    _keep(mapping, form)
    return mapping


def _columns(head: Head, form: Format, begun: Mapping, turn: str) -> dict[str, Any]:
    """One line a field: which column fills it, how its dates are written, or what stands in every row."""
    lines = pd.DataFrame([_line(field, head, form, begun) for field in form.fields])
    config = st.column_config
    edited = st.data_editor(
        lines,
        key=f"map-columns-{turn}",
        hide_index=True,
        row_height=ROW,
        height=height(len(lines), 12),
        disabled=["field", "says", "sample"],
        column_config={
            "field": config.TextColumn("Our field", width=180),
            "column": config.SelectboxColumn("Their column", width=220, options=["", *filter(None, head.columns)]),
            "sample": config.TextColumn("In the file", width=230),
            "dates": config.SelectboxColumn("Dates are written", width=190, options=["", *DATE_FORMATS]),
            "same": config.TextColumn("Or the same in every row", width=190),
            "says": config.TextColumn("What it is", width=380),
        },
    )
    return read_columns(edited, form)


def _line(field: Field, head: Head, form: Format, begun: Mapping) -> dict[str, Any]:
    column = begun.columns.get(field.name)
    sample = head.values(head.columns.index(column))[:SAMPLES] if column in head.columns else []
    hidden = column is not None and is_suspected(column)
    needed = field.required or any(field.name in group for group in form.one_of)
    return {
        "field": f"{field.name} *" if needed else field.name,
        "column": column or "",
        "sample": "not shown" if hidden and sample else ", ".join(sample),
        "dates": begun.dates.get(field.name, "%Y-%m-%d" if column else "") if field.kind is Kind.date else "",
        "same": begun.constants.get(field.name, ""),
        "says": field.says,
    }


def read_columns(edited: pd.DataFrame, form: Format) -> dict[str, Any]:
    """The lines as parts of a mapping: blank ones say nothing, a constant goes before a column."""
    columns: dict[str, str] = {}
    dates: dict[str, str] = {}
    constants: dict[str, str] = {}
    for field, row in zip(form.fields, edited.to_dict("records"), strict=True):
        if _said(row["same"]):
            constants[field.name] = str(row["same"]).strip()
        elif _said(row["column"]):
            columns[field.name] = str(row["column"])
            # The format's own way of writing dates needs no word.
            if field.kind is Kind.date and _said(row["dates"]) and row["dates"] not in form.date_formats:
                dates[field.name] = str(row["dates"])
    return {"columns": columns, "dates": dates, "constants": constants}


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _values(head: Head, form: Format, columns: Dict[str, str], begun: Mapping, turn: str) -> dict[str, dict[str, str]]:
    """Their words for our closed lists, as far as the first rows show them; more can be added below."""
    mapped = [f for f in form.fields if f.kind is Kind.choice and columns.get(f.name) in head.columns]
    found: dict[str, dict[str, str]] = {n: dict(w) for n, w in begun.values.items() if n not in columns}
    if not mapped:
        return found
    with st.expander("Words of closed lists", expanded=True), st.container(horizontal=True):
        for field in mapped:
            lines = word_lines(field, head, columns[field.name], begun.values.get(field.name, {}))
            edited = st.data_editor(
                lines,
                key=f"map-values-{turn}-{field.name}-{columns[field.name]}",
                hide_index=True,
                num_rows="dynamic",
                row_height=ROW,
                width=330,
                column_config={
                    "theirs": st.column_config.TextColumn(f"{field.name}: theirs", width=160),
                    "ours": st.column_config.SelectboxColumn("Ours", width=130, options=list(field.choices)),
                },
            )
            words = {
                str(row["theirs"]): str(row["ours"])
                for row in edited.to_dict("records")
                if _said(row["theirs"]) and _said(row["ours"]) and row["theirs"] != row["ours"]
            }
            if words:
                found[field.name] = words
    return found


def word_lines(field: Field, head: Head, column: str, begun: Dict[str, str]) -> pd.DataFrame:
    """theirs, ours: the words that stand in the column, ours where a mapping or the list itself says it."""
    given = list(dict.fromkeys([*head.values(head.columns.index(column)), *begun]))
    plain = {choice.casefold(): choice for choice in field.choices}
    rows = [(word, begun.get(word) or plain.get(word.casefold())) for word in given]
    return pd.DataFrame(rows, columns=["theirs", "ours"], dtype="object")


def _identifiers(head: Head, begun: Mapping, turn: str) -> dict[str, str]:
    """Columns named like a patient's identifier: left out, or hashed with the instance's own key."""
    suspected = [c for c in head.columns if c and is_suspected(c)]
    known = {c: w for c, w in begun.identifiers.items() if c not in suspected}
    if not suspected:
        return known
    parts.note("These columns are named like a patient's identifier. They are left out, or kept as a hash only.")
    with st.container(horizontal=True):
        for column in suspected:
            words = {DROP: f"{column}: leave out", HASH: f"{column}: keep a hash"}
            known[column] = st.selectbox(
                column,
                list(words),
                index=[DROP, HASH].index(begun.identifiers.get(column, DROP)),
                format_func=words.__getitem__,
                key=f"map-id-{turn}-{column}",
                label_visibility="collapsed",
                width=280,
            )
    return known


def _keep(mapping: Mapping, form: Format) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Keep this mapping as", key=f"map-name-{form.name}", placeholder="epic-main, for next week", width=280
        )
        st.button(
            "Keep mapping",
            key="keep-mapping",
            disabled=not name.strip(),
            on_click=states.guarded,
            args=(saved.save, homes.home(), name, mapping),
        )
        st.download_button(
            "As a file", mapping.to_toml(), f"{form.name}.toml", "application/toml", on_click="ignore", type="tertiary"
        )
