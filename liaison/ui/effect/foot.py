"""The papers of the estimate: model, months, extract, when it was made; every number of it as a file."""

from functools import partial
from typing import Any

import pandas as pd

from liaison.metrics.findings import effect as says
from liaison.metrics.findings.effect_words import DEFINITION
from liaison.metrics.window import day as day_of
from liaison.models.stored.effects import EffectResult
from liaison.reports.summary import shown
from liaison.ui import homes, making, parts
from liaison.ui.effect.asked import Found
from liaison.ui.tables import download
from liaison.vocabulary import month_text

COLUMNS = [
    *("table", "row", "months", "value", "low", "high", "unit", "observed", "expected", "practices", "state", "says"),
    *("source", "dated"),
]


def show(found: Found, of: EffectResult) -> None:
    """One line of source, the definition with its papers, the download."""
    with parts.footer(papers(found, of), DEFINITION, "effect"):
        told = [papers(found, of), says.typeset(of.told["says"]), *found.run.notes, DEFINITION.replace("**", "")]
        name = f"programme-effect-{month_text(of.first)}-to-{month_text(of.last)}"
        download(partial(file_of, found, of), name, key="effect", papers=told)


def papers(found: Found, of: EffectResult) -> str:
    """'Model: path-3 · Nov 2023 to Oct 2026 · extract of 2 Nov 2026 · made 24 Nov 2026'."""
    extracts = homes.live().newest_extract
    vintage = day_of(max(extracts.values())) if extracts and found.fresh else None
    return shown.papers(found.run, of, vintage, making.day_of(found.run.fitted_at))


def file_of(found: Found, of: EffectResult) -> pd.DataFrame:
    """Every number of the page, a row each, with window, level, model and data version."""
    told = of.told
    rows = [
        *_headline(told),
        *(_step(step) for step in (found.run.beside["steps"] if told["verdict"] == "estimate" else ())),
        *(_month(row) for row in told["monthly"]),
        *_simple(found, told),
        *(_part(row) for row in (told["parts"] or {}).get("rows", ())),
        *(_other(kind) for kind in found.run.beside.get("beyond", ())),
        *_money(told["money"]),
        *(_paid(each) for each in of.costs),
        *({"table": "check", "row": c["name"], "state": c["state"], "says": c["says"]} for c in told["checks"]),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(
        **{"from": month_text(of.first), "to": month_text(of.last)},
        verdict=of.verdict,
        level=found.run.level,
        model=found.run.model,
        data_version=found.run.data_version,
        made=found.run.fitted_at,
    )


def _headline(told: dict[str, Any]) -> list[dict[str, Any]]:
    if told["incremental"] is None:
        return [{"table": "effect", "row": "refused", "says": told["says"]}]
    covered = len(told["covered"]["practices"])
    return [
        {"table": "effect", "row": "incremental", **_ends(told["incremental"]), "unit": "referrals",
         "says": told["says"], "expected": told["baseline"], "practices": covered},
        {"table": "effect", "row": "lift", **_ends(told["lift"]), "unit": "share of expected", "practices": covered},
        {"table": "effect", "row": "covered", "value": told["covered"]["share"], "unit": "share of visited volume",
         "practices": covered},
    ]  # fmt: skip


def _ends(of: dict[str, Any]) -> dict[str, Any]:
    return {name: of[name] for name in ("value", "low", "high")}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    held = {name: step[name] for name in ("value", "low", "high", "observed", "expected", "practices")}
    when = says.months_since(step["first"], step["last"])
    return {"table": "months since the visit, all months", "row": step["part"], "months": when, "unit": "lift", **held}


def _month(row: dict[str, Any]) -> dict[str, Any]:
    held = {"observed": row["observed"], "expected": row["expected"]}
    return {"table": "month", "row": row["month"], **_ends(row["incremental"]), "unit": "referrals", **held}


def _simple(found: Found, told: dict[str, Any]) -> list[dict[str, Any]]:
    simple = found.run.beside["simple"]
    if told["naive_says"] is None or simple is None:
        return []
    held = {"expected": simple["usual"], "practices": simple["practices"], "says": told["naive_says"]}
    return [{"table": "simple before and after", "row": "all months", **_ends(simple), "unit": "referrals", **held}]


def _part(row: dict[str, Any]) -> dict[str, Any]:
    held = _ends(row["shrunk"]) if row["shrunk"] else {}
    many = {"practices": row["practices"], "says": row["says"]}
    return {"table": f"by {row['by']}", "row": row["label"], **held, "unit": "lift, held to the whole", **many}


def _other(kind: dict[str, Any]) -> dict[str, Any]:
    held = _ends(kind["incremental"]) if kind["incremental"] else {}
    many = {"practices": kind["covered"], "expected": kind["baseline"], "says": kind["says"]}
    return {"table": "beyond visits, all months", "row": kind["title"], **held, "unit": "referrals", **many}


def _money(money: dict[str, Any] | None) -> list[dict[str, Any]]:
    if money is None:
        return []
    margin = {"value": money["margin"], "low": money["low"], "high": money["high"]}
    rows = [{"table": "money", "row": "margin", **margin, "unit": "dollars"}]
    plain = ("cost_covered", "cost_total", "net", "per_visit", "cost_per_referral")
    rows += [{"table": "money", "row": name, "value": money[name], "unit": "dollars"} for name in plain]
    back = {"value": money["return"], "low": money["return_low"], "high": money["return_high"]}
    rows.append({"table": "money", "row": "margin for a dollar", **back, "unit": "dollars"})
    rows.append({"table": "money", "row": "break-even lift", "value": money["break_even_lift"], "unit": "lift"})
    for line in money["inputs"]["lines"]:
        given = {"value": line["margin"], "low": line["low"], "high": line["high"], "source": line["source"]}
        rows.append({"table": "margin", "row": line["label"], **given, "unit": "dollars", "dated": line["dated"]})
        share = {"table": "share seen", "row": line["label"], "value": line["seen"], "unit": "share"}
        rows.append({**share, "says": f"of {line['n']:,} referrals"})
    return rows


def _paid(each: dict[str, Any]) -> dict[str, Any]:
    written = {"source": each["actor"], "dated": each["written"]}
    return {"table": "cost", "row": each["kind"], "value": each["amount"], "unit": "dollars", **written}
