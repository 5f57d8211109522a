"""The parts of the page: forecasts against what came, thirds of the score, visits by lot, what the model is."""

import pandas as pd
import streamlit as st

from liaison.charts.amount_intervals import amount_intervals
from liaison.charts.forecast_tenths import amount, forecast_tenths
from liaison.metrics.findings.how_good import (
    forecast_finding,
    how_good_headline,
    lot_finding,
    thirds_finding,
    truth_finding,
)
from liaison.models.ranking.beside import TOP, WORDS
from liaison.models.ranking.card import LIMITS
from liaison.models.ranking.proof import ASSIGNED, LOTS, OBSERVED
from liaison.models.stored import Run
from liaison.ui import charts as drawn
from liaison.ui import parts, states
from liaison.ui.how_good.asked import Sceptic
from liaison.ui.tables import Col, table
from liaison.vocabulary import month_id, month_words

NAME = "How good is this?"
TENTHS = {
    "tenth": Col("Tenth", 60, "count"),
    "forecast": Col("Forecast", 90),
    "came": Col("Came", 90),
    "practices": Col("Practices", 90, "count"),
}
TRUTH = {"list": Col("List", 190), "share": Col("Of the best", 220, "share", "blue")}
OTHERS = ("volume", "overdue", "outside")
THIRDS = {"label": Col("Practices in the", 190), "visits": Col("Visits", 70, "count"), "says": Col("Brought", 220)}


def head(found: Sceptic) -> None:
    """Two answers in one sentence; then what the data show of an effect."""
    parts.head(NAME, how_good_headline(found.slope, found.lot, found.drawn, LOTS))
    parts.note(found.run.evidence)


def not_yet() -> None:
    """The list stands, the look back is still on its way or could not be made."""
    states.off(
        "The look back is not in yet",
        "It is made after the list, from at least a year and a half of months, and takes a few minutes at most.",
    )


def forecasts(found: Sceptic) -> None:
    """Forecasts made on a date against what came in the six months after, by tenth; the table is the same."""
    checked = found.checks.get("forecast") if found.checks else None
    if not checked:
        states.off("Forecasts cannot be checked yet", "It takes nineteen complete months: a year before, six after.")
        return
    made = month_words(month_id(checked["as_of"]))
    rows = pd.DataFrame(checked["tenths"])
    parts.picture(
        forecast_finding(found.slope, made),
        "Referrals a month, mean of the six months after the next. Bar: what came. Mark: what had been forecast.",
    )
    alt = "What came beside what was forecast, by tenth of the practices; the table has the same numbers"
    version = found.key("tenths")
    drawn.show(forecast_tenths, rows, version=version, key="tenths", alt=alt)
    with st.expander("The same as a table"):
        shown = rows.assign(
            tenth=range(1, len(rows) + 1), forecast=rows["forecast"].map(amount), came=rows["came"].map(amount)
        )
        table(shown, TENTHS, key="tenths-table", alt="Forecast and what came, by tenth", most=10, version=version)


def thirds(found: Sceptic) -> None:
    """Extra referrals a visit for thirds of the score: observational, and labelled so."""
    parts.picture(
        thirds_finding(found.thirds),
        "Referrals beyond the forecast in the six months after a visit, by the practice's score then. Observational.",
    )
    if any(each.value is not None for each in found.thirds):
        rows = [
            {"label": e.label, "count": e.visits, "noun": "visits", "value": e.value, "low": e.low, "high": e.high}
            for e in found.thirds
        ]
        alt = "Referrals beyond the forecast a visit, by third of the score; the table has the same numbers"
        drawn.show(amount_intervals, pd.DataFrame(rows), version=found.key("thirds"), key="thirds", alt=alt)
        with st.expander("The same as a table"):
            frame = pd.DataFrame({"label": e.label, "visits": e.visits, "says": e.says} for e in found.thirds)
            table(
                frame,
                THIRDS,
                key="thirds-table",
                alt="Brought a visit, by third of the score",
                most=3,
                version=found.key("thirds"),
            )
    parts.note(OBSERVED)


def truth(found: Sceptic) -> None:
    """On the demo market alone: what the list's first places bring, beside other lists and the best there can be."""
    shares = (found.checks or {}).get("truth")
    if not shares:
        return
    parts.picture(
        truth_finding(shares["ranking"], max(shares[name] for name in OTHERS)),
        f"First {TOP} of each list: what one visit to each would truly bring, as a share of the best {TOP}. "
        "This market was made by those who made the list: expect less of yours.",
    )
    version = found.key("truth")
    rows = pd.DataFrame({"list": WORDS[name], "share": share} for name, share in shares.items() if name in WORDS)
    table(rows, TRUTH, key="truth", alt="Share of the best list's value by list", most=len(WORDS), version=version)


def lot(found: Sceptic) -> None:
    """The only proof there can be: visits that nobody chose."""
    said = ASSIGNED if found.lot else f"{found.drawn:,} of {LOTS} have been drawn. They are marked on the list."
    parts.picture(lot_finding(found.lot, found.drawn, LOTS), said)
    if found.lot is None:
        st.progress(min(found.drawn / LOTS, 1.0))
    parts.note("A visit drawn by lot counts as assigned six whole months after its own, whether it was made or not.")


def what_it_is(found: Sceptic) -> None:
    """The model in words, and what it is not."""
    parts.picture("What the list is", "And what it is not.")
    is_not = "".join(f"- {limit}\n" for limit in LIMITS)
    st.markdown(
        "The list is ordered by what one more visit next month should bring: **the forecast without a visit, times the "
        "months of attention that a visit adds, times the lift, times what is left to be won**. The reasons on a card "
        "are these factors, and nothing else went into it.\n\n"
        f"{_prior(found)}\n\n"
        "It is no promise. It does not claim to beat a list by volume: visits that people chose cannot show it.\n\n"
        f"{is_not}"
    )


def _prior(found: Sceptic) -> str:
    """The prior by name, and how much of the lift comes from it."""
    used = found.run.lift.get("lift_used", {})
    share = "" if found.prior_share is None else f" The prior makes up {found.prior_share:.0%} of it."
    lift = f"**The lift used is {used.get('value', 0):.0%}**, give or take {used.get('sd', 0):.0%}"
    return f"{lift}; {used.get('prior', '')}.{share}"


def card(run: Run) -> None:
    """The model card as a file."""
    if run.card:
        name = f"model-card-{run.as_of // 12}-{run.as_of % 12 + 1:02d}.md"
        st.download_button(
            "Model card",
            run.card,
            name,
            "text/markdown",
            key="model-card",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
