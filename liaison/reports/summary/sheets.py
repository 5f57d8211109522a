"""The executive summary as a workbook: every figure with what it was made of, numbers as numbers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from liaison.metrics.findings import effect as says
from liaison.reports.export import as_book
from liaison.reports.summary import document, shown
from liaison.reports.summary.gather import Summary
from liaison.reports.summary.quarter import ROWS
from liaison.vocabulary import month_text

FIGURES = [
    *("figure", "value", "low", "high", "unit", "numerator", "numerator is", "denominator", "denominator is"),
    *("from", "to", "coverage", "method", "vintage"),
]
GOALS = ["goal", "year", "target", "to_date", "expected", "low", "high", "outlook", "through", "hidden"]


def as_xlsx(of: Summary) -> bytes:
    """Sheets: Figures, By month, Trends, Margins, Costs, Access (where measured), Practices, Next quarter, Goals,
    Checks and About."""
    sheets = {
        "Figures": pd.DataFrame(_figures(of), columns=FIGURES),
        "By month": _months(of),
        "Trends": _trends(of),
        "Margins": _margins(of),
        "Costs": _costs(of),
        **({"Access": _access(of)} if of.waits else {}),
        "Practices": _practices(of),
        "Next quarter": pd.DataFrame(of.plan.rows, columns=ROWS),
        "Goals": pd.DataFrame(of.plan.goals, columns=GOALS),
        "Checks": _checks(of),
    }
    method = document.method(of)
    about = [of.name, of.says, of.beneath, of.papers, of.audience_says, *of.notes, *of.reasons, method["question"]]
    about += [method["simple"] or "", *method["worth"], *method["inputs"], *of.plan.assumed, *method["definitions"]]
    return as_book(sheets, [each.replace("**", "") for each in about if each])


def _figures(of: Summary) -> list[dict[str, Any]]:
    told, trends = of.told, of.tables.trends
    method = f"{of.run.model}: {told['comparison']['says']}"
    at = {"from": month_text(of.of.first), "to": month_text(of.of.last), "vintage": of.vintage}
    return [
        {**row, **at, "method": method, "coverage": told["covered"]["share"]} for row in _estimate(told)
    ] + [
        {**row, **at, "method": "margin of extra referrals that are seen; cost by visits"} for row in _money(of)
    ] + [
        {
            "figure": figure.definition,
            "value": figure.value,
            "unit": figure.unit.value,
            "numerator": figure.numerator,
            "numerator is": "out of network" if figure.numerator is not None else None,
            "denominator": figure.denominator,
            "denominator is": "destination known" if figure.denominator is not None else None,
            "from": month_text(trends.first),
            "to": month_text(trends.last),
            "coverage": figure.coverage.share if figure.coverage else None,
            "method": "hidden: fewer than 11, or what would give it away" if figure.suppressed else "counted",
            "vintage": figure.vintage,
        }
        for figure in (trends.volume, trends.leakage)
    ]  # fmt: skip


def _estimate(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    share = {
        "figure": "volume measured",
        "value": told["covered"]["share"],
        "unit": "share",
        "numerator": len(told["covered"]["practices"]),
        "numerator is": "visited practices with peers",
        "denominator": told["comparison"]["visited"],
        "denominator is": "visited practices; the value is by volume, not by practice",
    }
    if told["incremental"] is None:
        return [{"figure": "extra referrals", "unit": told["says"]}, share]
    expected, extra = told["baseline"], told["incremental"]
    parts = {"numerator": expected + extra["value"], "numerator is": "referrals that came"}
    return [
        {"figure": "extra referrals", **shown.ends(extra), "unit": "referrals", **parts, "denominator": expected,
         "denominator is": "referrals expected without visits (subtracted)"},
        {"figure": "lift", **shown.ends(told["lift"]), "unit": "share", "numerator": extra["value"],
         "numerator is": "extra referrals", "denominator": expected,
         "denominator is": "referrals expected without visits"},
        share,
    ]  # fmt: skip


def _money(of: Summary) -> list[dict[str, Any]]:
    money = of.told["money"]
    if money is None:
        return []
    rows: list[dict[str, Any]] = [
        {"figure": "margin", "value": money["margin"], "low": money["low"], "high": money["high"]},
        {"figure": "cost of the visits measured", "value": money["cost_covered"], "numerator": money["visits_covered"],
         "numerator is": "visits measured", "denominator": money["visits"], "denominator is": "visits"},
        {"figure": "cost of all visits", "value": money["cost_total"]},
        {"figure": "margin less cost", "value": money["net"]},
        {"figure": "margin less cost, a visit", "value": money["per_visit"]},
        {"figure": "cost of an extra referral", "value": money["cost_per_referral"]},
    ]  # fmt: skip
    back = {
        "figure": "margin for a dollar",
        "value": money["return"],
        "low": money["return_low"],
        "high": money["return_high"],
        "numerator": money["margin"],
        "numerator is": "margin",
        "denominator": money["cost_covered"],
        "denominator is": "cost of the visits measured",
    }
    return [row | {"unit": "dollars"} for row in [*rows, back]]


def _months(of: Summary) -> pd.DataFrame:
    """What came is hidden where it is small; with it goes what was expected, since the two differ by the figure."""
    rows = []
    for row in of.months.rows if of.months else ():
        came = of.tables.covered[row["month"]]
        hidden = came is None
        held = {"came": came, "expected without visits": None if hidden else row["expected"]}
        ends = {"extra referrals": row["value"], "low": row["low"], "high": row["high"]}
        rows.append({"month": month_text(row["month"]), **ends, **held, "hidden": shown.HIDDEN if hidden else None})
    names = ["month", "extra referrals", "low", "high", "came", "expected without visits", "hidden"]
    return pd.DataFrame(rows, columns=names)


def _trends(of: Summary) -> pd.DataFrame:
    rows = [
        {"month": month_text(m.month), "referrals": m.referrals, "leakage": m.share, "out of network": m.out,
         "destination known": m.known, "destination unknown": m.unknown,
         "hidden": shown.HIDDEN if None in (m.referrals, m.out, m.known, m.unknown) else None}
        for m in of.tables.trends.months
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _margins(of: Summary) -> pd.DataFrame:
    names = ["service line", "margin", "low", "high", "source", "in force from", "share", "seen", "referrals", "hidden"]
    money = of.told["money"]
    rows = []
    for line in money["inputs"]["lines"] if money else ():
        hidden = of.tables.lines[line["name"]] is None
        given = [line["label"], line["margin"], line["low"], line["high"], line["source"], line["dated"]]
        counted = [None, None, None, shown.HIDDEN] if hidden else [line["share"], line["seen"], line["n"], None]
        rows.append([*given, *counted])
    return pd.DataFrame(rows, columns=names)


def _costs(of: Summary) -> pd.DataFrame:
    names = ["cost", "dollars", "entries", "months", "written down", "by"]
    rows = [
        [said["kind"], each["amount"], each["entries"], each["months"], said["written"], said["actor"]]
        for each, said in zip(of.of.costs, of.costs, strict=True)
    ]
    return pd.DataFrame(rows, columns=names)


def _access(of: Summary) -> pd.DataFrame:
    rows = [[each.line, each.days, each.measured_on, each.source] for each in of.waits]
    return pd.DataFrame(rows, columns=["service line", "days", "measured on", "source"])


def _practices(of: Summary) -> pd.DataFrame:
    rows = [["win", says_] for says_ in of.changes.wins] + [["risk", says_] for says_ in of.changes.risks]
    rows += [["next quarter", each] for each in (of.plan.title, of.plan.said, *document.plan_says(of))]
    return pd.DataFrame([[kind, text.replace("**", "")] for kind, text in rows], columns=["kind", "says"])


def _checks(of: Summary) -> pd.DataFrame:
    rows = [
        [says.STATES[c["state"]], says.typeset(c["says"]), says.typeset(c["cure"] or ""), bool(c["decisive"])]
        for c in of.checks
    ]
    return pd.DataFrame(rows, columns=["state", "check", "what would cure it", "decides"])
