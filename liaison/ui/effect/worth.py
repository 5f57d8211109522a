"""What it was worth against what it cost, what must be true for zero, and every input with its source and date."""

from typing import Any

import pandas as pd
import streamlit as st

from liaison.charts.money_bars import money_bars
from liaison.metrics.figure import percent
from liaison.metrics.findings import effect as says
from liaison.models.stored.effects import EffectResult
from liaison.ui import charts as drawn
from liaison.ui import entries, links, making, parts, states
from liaison.ui.effect.asked import Found
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import CostKind, month_words

LINES = {
    "line": Col("Service line", 150),
    "margin": Col("Margin", 200),
    "source": Col("Source", 260),
    "dated": Col("In force from", 120),
    "share": Col("Of referrals", 110, help="Of the covered practices' referrals that name a line."),
    "seen": Col("Seen", 140, help="Of referrals; the others earn nothing."),
}
COSTS = {
    "kind": Col("Cost", 110),
    "amount": Col("Dollars", 90),
    "entries": Col("Entries", 80, "count"),
    "months": Col("Months", 80, "count"),
    "written": Col("Written down", 120),
    "actor": Col("By", 90),
}


def show(found: Found, of: EffectResult) -> None:
    """Margin beside cost, and what must be true for nothing to be left."""
    if bars(found, of):
        parts.say(*said(of.told["money"]))
    elif of.told["verdict"] == "estimate":
        _ways()


def bars(found: Found, of: EffectResult) -> bool:
    """Margin with its interval beside the covered cost; false where there are no dollars, and why."""
    money = of.told["money"]
    if money is None:
        if of.told["verdict"] == "estimate":
            states.off("What it was worth is not known", " ".join(of.told["money_notes"]))
        return False
    parts.picture(says.money_finding(money), _drawn(of, money))
    alt = f"Margin {_margin(money)} beside a covered cost of {says.dollars(money['cost_covered'])}"
    frame = pd.DataFrame(
        [
            {"label": "Margin", "value": money["margin"], **_ends(money), "says": _margin(money)},
            {"label": "Covered cost", "value": money["cost_covered"], **_none(), "says": _cost(money)},
        ]
    )
    room = 120 if phone() else 190
    drawn.show(money_bars, frame, version=found.key("money", of.span, room), key="money", alt=alt, room=room)
    return True


def _drawn(of: EffectResult, money: dict[str, Any]) -> str:
    months = f"{month_words(of.first)} to {month_words(of.last)}"
    return (
        f"Contribution margin of the extra referrals that are seen, with its {money['level']:.0%} interval, and the "
        f"cost of the {money['visits_covered']:,} visits that are measured. {months}."
    )


def _ends(money: dict[str, Any]) -> dict[str, float]:
    return {"low": money["low"], "high": money["high"]}


def _none() -> dict[str, None]:
    return {"low": None, "high": None}


def _margin(money: dict[str, Any]) -> str:
    ends = f"{says.dollars(money['low'])} to {says.dollars(money['high'])}"
    return f"{says.dollars(money['margin'])} ({ends})"


def _cost(money: dict[str, Any]) -> str:
    return f"{says.dollars(money['cost_covered'])} of {says.dollars(money['cost_total'])}"


def said(money: dict[str, Any]) -> list[str]:
    """Net, per visit, per referral; what must be true for zero; what is not measured."""
    per = [f"**{says.dollars(money['net'])}** of margin beyond the cost"]
    if money["per_visit"] is not None:
        per.append(f"**{says.dollars(money['per_visit'])}** a visit")
    if money["cost_per_referral"] is not None:
        per.append(f"an extra referral cost **{says.dollars(money['cost_per_referral'])}**")
    return [", ".join(per) + ".", says.typeset(money["zero"]), money["not_measured"]]


def inputs(found: Found, of: EffectResult) -> None:
    """What the money is made of, in the width of the page; nothing where there is none."""
    if of.told["money"] is not None:
        with st.expander("What the money is made of: margins, shares seen, costs"):
            _inputs(found, of)


def _inputs(found: Found, of: EffectResult) -> None:
    """Margins by line, costs by kind; each may be changed where it is on record."""
    money = of.told["money"]
    rows = [_line(line) for line in money["inputs"]["lines"]]
    key = found.key("inputs", of.span)
    table(
        pd.DataFrame(rows), LINES, key="margins-in", alt="Margin and share seen by service line", most=14, version=key
    )
    parts.note(" ".join(of.told["money_notes"]))
    costs = [_paid(each) for each in of.costs]
    table(pd.DataFrame(costs), COSTS, key="costs-in", alt="Costs by kind", most=6, version=(*key, "costs"))
    share = percent(money["visits_covered"] / money["visits"]) if money["visits"] else "none"
    parts.note(
        f"{money['visits_covered']:,} of {money['visits']:,} visits ({share}) are measured: so is that share of cost."
    )
    _ways()


def _ways() -> None:
    """Where margins and costs are changed."""
    with st.container(horizontal=True, gap="small"):
        links.link(entries.DATA, "Change margins", part="records", records="margins")
        links.link(entries.DATA, "Change costs", part="records", records="costs")


def _line(line: dict[str, Any]) -> dict[str, Any]:
    known = line["low"] is not None and line["high"] is not None
    ends = f" ({says.dollars(line['low'])} to {says.dollars(line['high'])})" if known else ", no range given"
    return {
        "line": line["label"],
        "margin": f"{says.dollars(line['margin'])}{ends}",
        "source": line["source"],
        "dated": line["dated"] or "no date",
        "share": percent(line["share"]),
        "seen": f"{percent(line['seen'])} of {line['n']:,}",
    }


def _paid(each: dict[str, Any]) -> dict[str, Any]:
    kinds = {kind.value: kind.label for kind in CostKind}
    return {
        "kind": kinds.get(each["kind"], each["kind"]),
        "amount": says.dollars(each["amount"]),
        "entries": each["entries"],
        "months": each["months"],
        "written": making.day(each["written"]) if each["written"] else "not known",
        "actor": each["actor"] or "not known",
    }
