"""How the page is looked at: list, map, alerts, left out; and for whom and which day the list is cut."""

from collections.abc import Mapping

import streamlit as st

from liaison.fieldwork.panels import Panels
from liaison.fieldwork.syntax import DAYS
from liaison.metrics.filters import Filters, stored_value
from liaison.ui import options
from liaison.ui.next_visits.asked import Cut
from liaison.ui.style import phone

VIEW, LIAISON, DAY, BY = "view", "liaison", "day", "by"
LIST, MAP, ALERTS, OUT = "list", "map", "alerts", "out"
ALL = "all"
REFERRALS, MARGIN = "referrals", "margin"
RANKED_BY = {REFERRALS: "By referrals", MARGIN: "By margin"}
NAMES = dict(
    zip(DAYS, ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"), strict=True)
)
WIDE = 180


def views(alerts: int, out: int) -> dict[str, str]:
    """The four ways to look, two of them with their number."""
    return {LIST: "List", MAP: "Map", ALERTS: f"Alerts \u00b7 {alerts:,}", OUT: f"Left out \u00b7 {out:,}"}


def view() -> str:
    return options.now(VIEW, dict.fromkeys((LIST, MAP, ALERTS, OUT), ""), LIST)


def whose(panels: Panels) -> str | None:
    """The liaison for whom the list is; None for all."""
    chosen = options.now(LIAISON, _people(panels), ALL)
    return None if chosen == ALL else chosen


def cut(question: Filters, panels: Panels) -> Cut:
    """The global filters that the page honours, and its own."""
    day = options.now(DAY, _days(), ALL)
    kind = stored_value("practice_type", question.practice_type) if question.practice_type else None
    line = stored_value("service_line", question.service_line) if question.service_line else None
    money = options.now(BY, RANKED_BY, REFERRALS) == MARGIN
    return Cut(question.territory, kind, whose(panels), None if day == ALL else day, line, money)


def show(panels: Panels, words: Mapping[str, str]) -> None:
    """The row over the list."""
    width = "stretch" if phone() else WIDE
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="next-visits-controls"):
        options.buttons(VIEW, "How to look at it", words, LIST)
        options.field(LIAISON, "Liaison", _people(panels), ALL, width=width, label_visibility="collapsed")
        options.field(DAY, "Day", _days(), ALL, width=width, label_visibility="collapsed")
        options.field(BY, "Ranked by", RANKED_BY, REFERRALS, width=width, label_visibility="collapsed")


def _people(panels: Panels) -> dict[str, str]:
    return {ALL: "All liaisons"} | panels.people


def _days() -> dict[str, str]:
    return {ALL: "Any day"} | {day: f"Open on {name}" for day, name in NAMES.items()}


def clear() -> None:
    """Takes the page's own cuts away."""
    for param in (LIAISON, DAY):
        st.query_params.pop(param, None)
