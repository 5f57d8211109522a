"""The imports that stand: vintage, months, rows; rejects to download; one at a time can be forgotten."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from liaison.metrics.window import day
from liaison.ui import homes, parts, states
from liaison.ui.data import sections, work
from liaison.ui.markup import html
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import month_words

COLUMNS = {
    "format": Col("Format", 140),
    "source": Col("Source", 200),
    "files": Col("Files", 220),
    "as_of": Col("As of", 110, "date"),
    "months": Col("Months", 190),
    "rows_accepted": Col("Rows in", 96, "count"),
    "rows_rejected": Col("Rejected", 88, "count"),
    "imported": Col("Imported", 150),
}
ON_PHONE = {"format": Col("Format", 130), "as_of": Col("As of", 110, "date"), "rows_accepted": Col("Rows", 90, "count")}
_FORGETTING = "lz-forgetting"


def show() -> None:
    """The list, newest first, and what can be done with the one that is picked."""
    rows = listed(homes.live().manifest.batches)
    if rows.empty:
        brings = "Every file that comes in is listed here with its date, its months and what was rejected."
        states.no_data(
            "No imports yet", brings, "Bring files in", key="first-import", on_click=lambda: sections.go("bring")
        )
        return
    parts.picture(
        "One import stands" if len(rows) == 1 else f"{len(rows)} imports stand",
        "Newest first. Pick one to see its notes and rejects, or to forget it.",
    )
    place = table(
        rows,
        ON_PHONE if phone() else COLUMNS,
        key="imports",
        alt="Imports with format, source, date, months and rows",
        pick=True,
    )
    if place is not None:
        _details(rows.iloc[place])


def listed(batches: pd.DataFrame) -> pd.DataFrame:
    """The manifest's batches as people read them, newest first."""
    newest = batches.sort_values("seq", ascending=False, ignore_index=True)
    return pd.DataFrame(
        {
            "batch_id": newest["batch_id"],
            "format": newest["format"],
            "source": newest["source"],
            "files": [", ".join(json.loads(text)) for text in newest["files"]],
            "as_of": [day(int(n)) for n in newest["as_of"]],
            "months": [_months(a, b) for a, b in zip(newest["first_month"], newest["last_month"], strict=True)],
            "rows_accepted": newest["rows_accepted"],
            "rows_rejected": newest["rows_rejected"],
            "imported": [f"{at[:10]} {at[11:16]}, {by}" for at, by in zip(*_who(newest), strict=True)],
            "notes": [json.loads(text) for text in newest["notes"]],
            "rejects_file": newest["rejects_file"],
        }
    )


def _who(newest: pd.DataFrame) -> tuple[list[str], list[str]]:
    return newest["imported_at"].tolist(), newest["imported_by"].tolist()


def _months(first: float | None, last: float | None) -> str:
    if first is None or last is None or pd.isna(first) or pd.isna(last):
        return ""
    return f"{month_words(int(first))} to {month_words(int(last))}" if first != last else month_words(int(first))


def _details(row: "pd.Series[Any]") -> None:
    batch, name = str(row["batch_id"]), f"{row['format']} of {row['as_of']}"
    with st.container(border=True):
        parts.picture(f"{row['files']}", f"Batch {batch}")
        notes = row["notes"] if isinstance(row["notes"], list) else []
        for sentence in notes or ["Nothing to remark."]:
            parts.note(sentence)
        with st.container(horizontal=True):
            _rejects(row)
            if homes.which() == "own":
                _forget(batch, name)


def _rejects(row: "pd.Series[Any]") -> None:
    if not row["rejects_file"]:
        return
    path = homes.home().path / "rejects" / Path(str(row["rejects_file"])).name
    if path.exists():
        st.download_button(
            f"Rejects ({row['rows_rejected']:,})",
            path.read_bytes,
            f"rejects-{row['batch_id']}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _forget(batch: str, name: str) -> None:
    """Asks once."""
    if st.session_state.get(_FORGETTING) != batch:
        st.button("Forget this import", key="forget", on_click=_ask, args=(batch,))
        return
    html(f'<p class="lz-note">Take {name} out of all figures? What it replaced counts again.</p>', width="content")
    st.button("Forget it", key="forget-really", type="primary", on_click=_really, args=(batch,))
    st.button("Keep it", key="forget-not", on_click=_ask, args=("",))


def _ask(batch: str) -> None:
    st.session_state[_FORGETTING] = batch


def _really(batch: str) -> None:
    st.session_state[_FORGETTING] = ""
    work.enqueue("forget", {"batch": batch})
