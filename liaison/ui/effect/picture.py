"""The pictures of the estimate: by months since the visit, by month of the calendar, and beside other ways to count."""

import pandas as pd
import streamlit as st

from liaison.charts.effect_by_time import effect_by_time
from liaison.charts.effect_months import effect_months
from liaison.charts.lift_intervals import lift_intervals
from liaison.metrics.findings import effect as says
from liaison.metrics.findings.effect_words import NOT_ALONE
from liaison.models.stored.effects import ALL, EffectResult
from liaison.reports.summary import shown
from liaison.ui import charts as drawn
from liaison.ui import parts
from liaison.ui.effect.asked import Found
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

STEPS = {
    "when": Col("Months since", 120),
    "who": Col("Practices", 150),
    "lift": Col("Lift", 80),
    "between": Col("Between", 140),
    "observed": Col("Came", 90, "count"),
    "expected": Col("Expected", 90, "count"),
}
WHO = {"before": "before the visit", "covered": "with peers", "apart": "without peers"}
SURE = 1.96  # standard errors of a second method's interval


def by_time(found: Found, of: EffectResult) -> None:
    """The lag curve with its intervals against comparison practices, and apart who has no peers."""
    if of.told["verdict"] != "estimate":
        return
    steps = found.run.beside["steps"]
    named = says.months_short if phone() else says.months_since
    frame = pd.DataFrame(steps).assign(label=[named(step["first"], step["last"]) for step in steps])
    apart = found.run.beside["apart"]
    stripes = f" Stripes: {apart['practices']:,} visited practices without peers of their size, in no total."
    with_peers = bool((frame["part"] == "apart").any())
    before = " Grey: the half year before, when no visit can have caused anything." if _has(steps, "before") else ""
    parts.picture(
        says.lag_finding(steps),
        "Referrals beyond those expected from comparison practices (the line at zero), by months since the visit, over "
        f"all months.{before}{stripes if with_peers else ''}",
    )
    alt = "Lift by months since the visit, with intervals; the table below has the same numbers"
    drawn.show(
        effect_by_time,
        frame,
        version=found.key("steps", phone()),
        key="by-time",
        alt=alt,
        after="months since the visit",
        narrow=phone(),
    )
    with st.expander("The same as a table"):
        table(_steps(frame), STEPS, key="steps", alt="Lift by months since the visit", most=14, version=found.key("t"))


def _has(steps: list[dict[str, object]], part: str) -> bool:
    return any(step["part"] == part for step in steps)


def _steps(frame: pd.DataFrame) -> pd.DataFrame:
    reach = [
        "modelled only" if pd.isna(low) else f"{says.lift(low)} to {says.lift(high)}"
        for low, high in zip(frame["low"], frame["high"], strict=True)
    ]
    return pd.DataFrame(
        {
            "when": frame["label"],
            "who": [f"{many:,} {WHO[part]}" for many, part in zip(frame["practices"], frame["part"], strict=True)],
            "lift": frame["value"].map(says.lift),
            "between": reach,
            "observed": frame["observed"].round(),
            "expected": frame["expected"].round(),
        }
    )


def by_month(found: Found, of: EffectResult, height: int = 190) -> None:
    """Extra referrals a month of the calendar; `height` px of the plot."""
    said = shown.months(of)
    if said is None:
        return
    parts.picture(said.says, said.said)
    drawn.show(
        effect_months,
        pd.DataFrame(said.rows),
        version=found.key("months", of.span, height, phone()),
        key="by-month",
        alt=said.alt,
        named=4 if phone() else 8,
        height=height,
    )


def beside(found: Found, of: EffectResult) -> None:
    """What the trade's chart would have said, and two other methods, on the same scale; over all months."""
    simple, told = found.run.beside["simple"], of.told
    if of.span != ALL or simple is None:
        return
    measured = shown.ends(told["lift"]) if told["lift"] else None
    parts.picture(says.simple_finding(measured, simple), says.typeset(told["naive_says"] or NOT_ALONE))
    if simple["usual"]:
        frame = pd.DataFrame(_ways(found, of, measured, simple))
        alt = "Lift as measured, by a simple chart, and by other methods; the labels hold the numbers"
        drawn.show(lift_intervals, frame, version=found.key("ways"), key="ways", alt=alt)
    if told["by_lot"]:
        parts.note(says.typeset(told["by_lot"]["says"]))


def _ways(
    found: Found, of: EffectResult, measured: dict[str, float] | None, simple: dict[str, float]
) -> list[dict[str, object]]:
    """Measured, then the simple chart, then the others: those after the first in grey."""
    covered = len(of.told["covered"]["practices"])
    rows: list[dict[str, object]] = []
    if measured:
        rows.append({"label": "Against comparison practices", **measured, "count": covered, "role": "us"})
    shares = {name: simple[name] / simple["usual"] for name in ("value", "low", "high")}
    rows.append({"label": "Simple before and after", **shares, "count": simple["practices"], "role": "unknown"})
    fell = any(c["name"] == "already_falling" and c["state"] == "failed" for c in of.told["checks"])
    for study in () if fell or not measured else found.run.beside["studies"].values():
        half = SURE * study["error"]
        reach = {"value": study["lift"], "low": study["lift"] - half, "high": study["lift"] + half}
        rows.append({"label": study["name"], **reach, "count": covered, "role": "unknown"})
    return rows
