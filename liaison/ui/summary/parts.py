"""The sentence, the trends, three wins and three risks, the next quarter, the papers."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from liaison import charts
from liaison.metrics.figure import formatted
from liaison.metrics.findings import effect as says
from liaison.metrics.findings.moves import leakage_move
from liaison.metrics.findings.overview import volume_change
from liaison.models.stored.effects import ALL, EffectResult
from liaison.ui import charts as drawn
from liaison.ui import entries, filters, links, parts, states
from liaison.ui.effect import foot as papers
from liaison.ui.effect.asked import Found
from liaison.ui.next_visits import asked as plans
from liaison.ui.overview.asked import Overview
from liaison.ui.summary import asked
from liaison.vocabulary import month_words

NAME = "Executive summary"
HIGH = 56  # px of a trend


def head(of: EffectResult) -> None:
    """The answer, and in one line against whom."""
    told = of.told
    parts.head(f"{NAME}, {month_words(of.first)} to {month_words(of.last)}", _sentence(of))
    parts.note(f"{told['level']:.0%} intervals. {told['comparison']['says']}")


def _sentence(of: EffectResult) -> str:
    return says.effect_headline(of.told, whole=of.span == ALL)


def trends(of: EffectResult) -> None:
    """Volume and leakage of the last year, by month."""
    found = asked.year(of)
    window = f"{month_words(of.last - asked.YEAR)} to {month_words(of.last)}"
    left, right = _pair("trends")
    with left:
        _trend(found, "referrals", _volume(found), f"Referrals by month, {window}")
    with right:
        _trend(found, "leakage", _leakage(found), f"Of known destinations, out of network, {window}")


def _pair(name: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two places side by side, on paper too: Streamlit's own columns stand below each other there."""
    with st.container(key=f"pair-{name}", gap=None):
        return st.container(key=f"{name}-left"), st.container(key=f"{name}-right")


def _volume(found: Overview) -> str:
    now, before = int(found.volume.value or 0), found.before
    moved = volume_change(before.volume, now) if before else None
    return f"{moved.rstrip('.')} on the year before" if moved else f"{now:,} referrals"


def _leakage(found: Overview) -> str:
    now, before = found.leakage.total, found.before
    move = leakage_move(before.leakage, now) if before else None
    share = formatted(now.value, now.unit)
    if move is None or move.way == "off":
        return f"Leakage is {share}"
    return f"Leakage is {share}, {move.way} {move.words} on the year before"


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
        charts.trend,
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
    wins, risks = asked.changes(plans.newest())
    left, right = _pair("practices")
    with left:
        _listed("Three wins" if len(wins) == asked.says.MANY else "Wins", wins, "No practice rose or began.")
    with right:
        _listed("Three risks" if len(risks) == asked.says.MANY else "Risks", risks, "No practice fell or stopped.")


def _listed(title: str, rows: list[str], nothing: str) -> None:
    parts.picture(title)
    if rows:
        parts.say(*(f"{place}. {row}" for place, row in enumerate(rows, start=1)))
    else:
        parts.note(nothing)


def quarter() -> None:
    """What to do next, from the list as it was made."""
    plan = asked.plan(plans.newest())
    parts.picture("Next quarter", "One visit each, as many as the team made in the last three months.")
    if plan is None:
        states.off("No list has been made yet", "The page Next visits makes one, and says whom to see first.")
    else:
        parts.say(plan.says)
    if plan is not None and not plan.fresh:
        parts.note("This list is older than the data: the page Next visits makes it anew.")
    with st.container(key="to-list"):
        links.link(entries.NEXT_VISITS, "Next visits")


def foot(found: Found, of: EffectResult) -> None:
    """Source, definitions with their papers, the numbers as a file."""
    papers.show(found, of)
