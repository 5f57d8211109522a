"""How long barriers take by department and kind, and which causes come back."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from liaison.charts.days_to_resolve import days_to_resolve
from liaison.metrics.barrier_times import ENOUGH, SOLVED, Cause, TimeTo
from liaison.metrics.findings.barriers import recurring_words, slowest_words
from liaison.ui import charts as drawn
from liaison.ui import parts, states
from liaison.ui.barriers import asked
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

CAUSES = {
    "label": Col("Kind", 190),
    "department": Col("Department", 190),
    "n": Col("Barriers", 90, "count"),
    "open": Col("Open", 80, "count"),
    "months": Col("By month, to now", 220, "line"),
}
ON_PHONE = {"label": Col("Kind", 130), "department": Col("Department", 130), "n": Col("n", 60, "count")}
HOW = (
    "Half of all barriers are resolved by then, with the 95% interval (Kaplan-Meier). Open ones count as waiting for "
    "as long as they have been open; one that was closed without a solution counts as never resolved. "
    f"Too few: under {ENOUGH} barriers or {SOLVED} resolved ones."
)


def show() -> None:
    """Days by department and by kind, then causes by month."""
    looked = asked.back()
    if not looked.n:
        states.off(
            "No barrier to look back on", "Days to resolve and causes are told from barriers that were reported."
        )
        return
    parts.picture(slowest_words(looked.by_department).rstrip("."), HOW)
    left, right = st.columns(2, gap="medium")
    with left:
        _times("By department", looked.by_department, "department")
    with right:
        _times("By kind", looked.by_kind, "kind")
    _causes(looked.causes)


def _times(title: str, found: Sequence[TimeTo], by: str) -> None:
    rows = pd.DataFrame([t.as_json() for t in found])
    parts.picture(title, "")
    drawn.show(
        days_to_resolve,
        rows,
        version=("times", by, tuple(found)),
        key=f"times-{by}",
        alt=f"Days by which half of the barriers are resolved, {title.lower()}; the download has the same numbers",
    )
    download(rows, f"days-to-resolve-by-{by}", key=f"times-{by}", papers=(HOW,))


def _causes(found: Sequence[Cause]) -> None:
    parts.picture(recurring_words(found).rstrip("."), "Barriers raised in twelve months to today, by month.")
    if not found:
        return
    rows = pd.DataFrame([c.as_json() for c in found])
    table(
        rows,
        ON_PHONE if phone() else CAUSES,
        key="causes",
        alt="Barriers by kind and department",
        version=("causes", today(), tuple(found)),
    )
    download(rows.assign(months=[", ".join(map(str, m)) for m in rows["months"]]), "barrier-causes", key="causes")
