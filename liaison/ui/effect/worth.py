"""What it was worth against what it cost, what must be true for zero, and every input with its source and date."""

import pandas as pd
import streamlit as st

from liaison.charts.money_bars import money_bars
from liaison.models.stored.effects import EffectResult
from liaison.reports.summary import shown
from liaison.ui import charts as drawn
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.effect.asked import Found
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

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
        parts.say(*shown.worth(of.told["money"]))
    elif of.told["verdict"] == "estimate":
        _ways()


def bars(found: Found, of: EffectResult) -> bool:
    """Margin with its interval beside the covered cost; false where there are no dollars, and why."""
    money = of.told["money"]
    if money is None:
        if of.told["verdict"] == "estimate":
            states.off("What it was worth is not known", " ".join(of.told["money_notes"]))
        return False
    said = shown.money(of)
    if said is None:
        return False
    parts.picture(said.says, said.said)
    room = 120 if phone() else 190
    version = found.key("money", of.span, room)
    drawn.show(money_bars, pd.DataFrame(said.rows), version=version, key="money", alt=said.alt, room=room)
    return True


def inputs(found: Found, of: EffectResult) -> None:
    """What the money is made of, in the width of the page; nothing where there is none."""
    if of.told["money"] is not None:
        with st.expander("What the money is made of: margins, shares seen, costs"):
            _inputs(found, of)


def _inputs(found: Found, of: EffectResult) -> None:
    """Margins by line, costs by kind; each may be changed where it is on record."""
    money = of.told["money"]
    rows = [shown.priced(line) for line in money["inputs"]["lines"]]
    key = found.key("inputs", of.span)
    table(
        pd.DataFrame(rows), LINES, key="margins-in", alt="Margin and share seen by service line", most=14, version=key
    )
    parts.note(" ".join(of.told["money_notes"]))
    costs = [shown.paid(each, homes.home().settings.time_zone) for each in of.costs]
    table(pd.DataFrame(costs), COSTS, key="costs-in", alt="Costs by kind", most=6, version=(*key, "costs"))
    parts.note(shown.measured_share(money))
    _ways()


def _ways() -> None:
    """Where margins and costs are changed."""
    with st.container(horizontal=True, gap="small"):
        links.link(entries.DATA, "Change margins", part="records", records="margins")
        links.link(entries.DATA, "Change costs", part="records", records="costs")
