"""The sentence, the trends, three wins and three risks, the next quarter, the papers."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from liaison.charts.trend import trend
from liaison.metrics.findings import summary as says
from liaison.models.stored.effects import EffectResult
from liaison.reports.summary import shown
from liaison.ui import charts as drawn
from liaison.ui import entries, filters, links, parts, states
from liaison.ui.effect import foot as papers
from liaison.ui.effect.asked import Found
from liaison.ui.next_visits import asked as plans
from liaison.ui.overview.asked import Overview
from liaison.ui.summary import asked
from liaison.vocabulary import month_words

NAME = shown.NAME
HIGH = 56  # px of a trend


def head(of: EffectResult) -> None:
    """The answer, and in one line against whom."""
    parts.head(*shown.head(of))
    parts.note(shown.beneath(of))


def trends(of: EffectResult) -> None:
    """Volume and leakage of the last year, by month."""
    found = asked.year(of)
    window = f"{month_words(of.last - asked.YEAR)} to {month_words(of.last)}"
    left, right = _pair("trends")
    with left:
        volume = says.volume_says(found.volume, found.before.volume if found.before else None)
        _trend(found, "referrals", volume, says.VOLUME.format(window))
    with right:
        leakage = says.leakage_says(found.leakage.total, found.before.leakage if found.before else None)
        _trend(found, "leakage", leakage, says.LEAKAGE.format(window))


def _pair(name: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two places side by side, on paper too: Streamlit's own columns stand below each other there."""
    with st.container(key=f"pair-{name}", gap=None):
        return st.container(key=f"{name}-left"), st.container(key=f"{name}-right")


def _trend(found: Overview, what: str, finding: str, said: str) -> None:
    months = list(zip(found.span.months, found.months, strict=True))
    rows = [
        {
            "month": month,
            "value": each.referrals if what == "referrals" else each.out / each.known if each.known else None,
            "complete": not (found.span.open_end(filters.known()) and month == found.span.line_last),
            "role": "us" if what == "referrals" else "out",
        }
        for month, each in months
    ]
    parts.picture(finding, said)
    drawn.show(
        trend,
        pd.DataFrame(rows),
        version=("summary", what, found.span, found.volume.value, found.volume.vintage, len(rows)),
        key=f"summary-{what}",
        alt=f"{finding}. By month; the page {'Overview' if what == 'referrals' else 'Leakage'} has the numbers",
        unit="count" if what == "referrals" else "share",
        height=HIGH,
        named=3,
    )


def practices() -> None:
    """Three of each, by name."""
    found = asked.changes(plans.newest())
    left, right = _pair("practices")
    with left:
        _listed(says.wins_title(found.wins), found.wins, says.NO_WIN)
    with right:
        _listed(says.risks_title(found.risks), found.risks, says.NO_RISK)


def _listed(title: str, rows: Sequence[str], nothing: str) -> None:
    parts.picture(title)
    if rows:
        parts.say(*(f"{place}. {row}" for place, row in enumerate(rows, start=1)))
    else:
        parts.note(nothing)


def quarter(found: Found, of: EffectResult) -> None:
    """What can be done next, whom to see first, what it would bring, and the goals."""
    now = plans.newest()
    plan = asked.plan(found, of, now)
    parts.picture(plan.title, plan.said)
    if now is None:
        states.off(*says.NO_LIST)
    for each in plan.says:
        parts.say(each)
    if now is not None and not now.fresh:
        parts.note(says.OLD_LIST)
    with st.container(key="to-list"):
        links.link(entries.NEXT_VISITS, "Next visits")
        links.link(entries.STAFFING, "Staffing and goals")


def foot(found: Found, of: EffectResult) -> None:
    """Source, definitions with their papers, the numbers as a file."""
    papers.show(found, of)
