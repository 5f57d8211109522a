"""Visits needed against visits available, and what one liaison less or more would change."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from liaison.metrics.figure import money
from liaison.metrics.findings.staffing import less_words, more_words, staffing_headline
from liaison.planning.enough import Given, enough
from liaison.planning.staffing import IN_FIELD, Level, Staffing
from liaison.store import reading
from liaison.ui import entries, homes, links, parts, states, tables
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.tables import Col

NAME = "Staffing and goals"
COLUMNS = {
    "who": Col("Liaisons", 190),
    "available": Col("Visits available", 130, "count"),
    "left": Col("Visits left undone", 140, "count"),
    "unvisited": Col("Referrals left", 120, "count", help="That the undone visits should bring in a year"),
    "extra": Col("Referrals, against today", 170, "count"),
    "cost": Col("Cost, against today", 150),
    "each": Col("Cost a referral", 130),
    "net": Col("Margin less cost", 140),
}
ON_PHONE = {
    "who": Col("Liaisons", 112),
    "left": Col("Undone", 66, "count", help="Visits that are needed and left undone in a year"),
    "extra": Col("Referrals", 82, "count", help="Against today"),
    "cost": Col("Cost", 80, help="Against today"),
}


def show() -> Staffing | None:
    """Sentence, fields, table; None where nobody has practices."""
    now = _asked()
    if now is None:
        parts.head(NAME, "Nobody has practices to visit yet")
        states.off("Nobody is in charge of a practice", "The page Data takes people, practices and assignments.")
        links.link(entries.DATA, "Data")
        return None
    parts.head(NAME, staffing_headline(now.liaisons, now.needed, now.today.available))
    parts.say(*_sentences(now))
    _fields(now)  # over the heading: a table's own buttons lie over what stands right above it
    parts.picture("One liaison less, as today, one more", "In a year. Arithmetic over the list of next visits.")
    alt = "What one liaison less or more would change"
    tables.table(partial(frame, now), ON_PHONE if phone() else COLUMNS, key="staffing-levels", alt=alt)
    return now


def _asked() -> Staffing | None:
    typed = st.session_state
    share = typed.get("staffing-field")
    given = Given(typed.get("staffing-minutes"), share / 100 if share else None, typed.get("staffing-cost"))
    with reading(homes.home().store) as connection:
        return _enough(connection, today(), given)


def _enough(connection: Connection, day: str, given: Given) -> Staffing | None:
    return enough(connection, homes.home().settings, date.fromisoformat(day), given)


def _sentences(now: Staffing) -> list[str]:
    if not now.has_gain:
        return ["No list of next visits says what a visit brings yet: make it on the page Next visits."]
    levels = {level.liaisons - now.liaisons: level for level in now.levels}
    more, said = levels[1], list[str]()
    said.append(more_words(more.extra, more.extra_cost, more.net if now.has_margin else None))
    if -1 in levels:
        said.append(less_words(-levels[-1].extra, -levels[-1].extra_cost))
    return said


def _fields(now: Staffing) -> None:
    """What one may know better than the store; blank takes what the store says."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="staffing-fields"):
        st.number_input(
            "Minutes a visit with driving", 1.0, 480.0, None, 1.0, "%.0f",
            key="staffing-minutes", placeholder=f"{now.assumed.minutes:.0f}", width=220,
        )  # fmt: skip
        st.number_input(
            "Hours in the field, %", 5, 100, None, 5,
            key="staffing-field", placeholder=f"{100 * IN_FIELD:.0f}", width=190,
        )  # fmt: skip
        st.number_input(
            "Cost of one, own or contract, $ a year", 0.0, 1e7, None, 1000.0, "%.0f",
            key="staffing-cost", placeholder=f"{now.assumed.cost:.0f}", width=290,
        )  # fmt: skip


def frame(now: Staffing) -> pd.DataFrame:
    """who, cost, each, net: str; available, left, unvisited, extra: numbers, null where nothing says so."""
    return pd.DataFrame([_row(now, level) for level in now.levels], columns=list(COLUMNS))


def _row(now: Staffing, level: Level) -> dict[str, object]:
    step = level.liaisons - now.liaisons
    words = {-1: "one less", 0: "as today", 1: "one more"}[step]
    known, priced = now.has_gain, now.has_gain and now.has_margin
    each = level.cost_each
    return {
        "who": f"{level.liaisons} ({words})",
        "available": round(level.available),
        "left": round(level.left),
        "unvisited": round(level.unvisited) if known else None,
        "extra": round(level.extra) if known and step else None,
        "cost": _signed(level.extra_cost) if step else "",
        "each": money(abs(each)) if known and step and each is not None else "",
        "net": _signed(level.net) if priced and step else "",
    }


def _signed(dollars: float) -> str:
    return f"{'+' if dollars >= 0 else chr(0x2212)}{money(abs(dollars))}"
