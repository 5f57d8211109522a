"""The order of the page's parts: sentence, how to look at it, then the list, the map, the alerts or who is left out."""

import streamlit as st

from liaison.metrics.filters import Filters
from liaison.ui import entries, filters, links, states
from liaison.ui.next_visits import alerts, asked, by_margin, cards, controls, foot, head, left_out, place, run
from liaison.ui.next_visits.asked import Newest
from liaison.ui.next_visits.marks import Amounts


def show(question: Filters) -> None:
    """The page, where there is a run to show."""
    now = run.ready(head.NAME)
    if now is not None:
        _show(now, question)


def _show(now: Newest, question: Filters) -> None:
    whose, lying = asked.team(now), asked.lies()
    by, look = controls.cut(question, whose), controls.view()
    write, found = Amounts(by.money), asked.visits(now, by.liaison, money=by.money)
    rows = asked.cut(now, found, by)
    if by.money:
        by_margin.told(now, rows, found)
    sends = asked.lines_of(now) if by.line else {}
    standing = [one for one in asked.alerts(now) if by.sends(one.practice_id or "", sends)]
    told = alerts.parted(standing, by, lying, whose)
    staying = [row for row in found.left_out if by.sends(row.row.practice_id, sends)]
    out = left_out.kept(staying, by, lying, whose)
    if look == controls.ALERTS:
        alerts.head(told)
    else:
        head.show(now.run, rows, write)
    run.tell(now)
    controls.show(whose, controls.views(len(told.open), len(out)))
    if look == controls.ALERTS:
        alerts.show(now, told, whose)
    elif look == controls.OUT:
        left_out.show(out, write)
    elif not rows:
        _nobody()
    elif look == controls.MAP:
        place.show(now, rows, write)
    else:
        cards.show(now, rows, write)
    foot.show(now.run, rows, out, whose, found.waits, money=by.money)
    links.link(entries.ROUTES, "Plan the week: what is accepted or pinned comes first", icon=":material/route:")
    links.link(entries.HOW_GOOD, "May I believe this list?")


def _nobody() -> None:
    states.off("No practice of the list is left over", "Take a choice above away, or see who is left out and why.")
    st.button("Clear choices", key="clear-cut", on_click=_clear)


def _clear() -> None:
    controls.clear()
    filters.clear()
