"""The order of the page's parts, on a desk in two columns."""

import streamlit as st

from liaison.ui import entries, links, parts
from liaison.ui.how_good import asked, fair
from liaison.ui.how_good import parts as good
from liaison.ui.next_visits import foot, run
from liaison.ui.style import phone


def show() -> None:
    """The page, where there is a run to show."""
    now = run.ready(good.NAME)
    if now is None:
        return
    found = asked.sceptic(now)
    good.head(found)
    run.tell(now)
    left, right = (st.container(), st.container()) if phone() else st.columns([11, 9], gap="large")
    with left:
        if found.checks is None:
            good.not_yet()
        else:
            good.forecasts(found)
            good.thirds(found)
            good.truth(found)
        good.lot(found)
    with right:
        good.what_it_is(found)
        fair.show(asked.fair(now), asked.fair_key(now))
    with parts.footer(foot.papers(now.run), foot.DEFINITION, "how-good"):
        good.card(now.run)
    links.link(entries.NEXT_VISITS, "Next visits")
