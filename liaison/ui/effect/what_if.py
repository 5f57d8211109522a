"""More or fewer visits next quarter, as the measured curve says; and apart from it, arithmetic on what one assumes."""

import pandas as pd
import streamlit as st

from liaison.charts.effect_months import effect_months
from liaison.errors import LiaisonError
from liaison.metrics.findings import effect as says
from liaison.models.effect.assumed import TITLE, Assumed
from liaison.models.effect.what_if import Curve, WhatIf, what_if
from liaison.models.effect.what_if_money import lines_and_cost, what_if_money
from liaison.models.stored.effects import EffectResult
from liaison.ui import charts as drawn
from liaison.ui import options, parts, states
from liaison.ui.effect.asked import Found
from liaison.ui.style import phone

PARAM = "visits"
NO_LIMIT = 1e9
BY_THESE = "By margins, shares seen and cost of a visit of the months shown above; pay may not follow a few visits."


def next_quarter(found: Found, of: EffectResult) -> None:
    """A number of visits, what it would change and be worth; nothing where there is no curve."""
    told = found.run.beside.get("what_if")  # a run of an older model has none
    if told is None:
        return
    curve = Curve.of_json(told)
    parts.picture("What if there were more visits next quarter, or fewer?", _range(curve))
    visits = _asked(curve)
    try:
        asked = what_if(curve, visits)
    except LiaisonError as beyond:
        states.off(beyond.what, beyond.remedy)
        return
    parts.say(says.typeset(asked.says))
    if visits != curve.usual:
        _worth(asked, of)
        _months(found, asked)


def _worth(asked: WhatIf, of: EffectResult) -> None:
    """In dollars, by what the months shown above were worth and cost; where nothing says so, what is missing."""
    money, notes = of.told["money"], of.told["money_notes"]
    worth = what_if_money(asked, *lines_and_cost(money)) if money else None
    if worth is None:
        parts.say("What that is worth is not known.")
        parts.note(" ".join(notes) if money is None else "No visit was made in these months: what one costs is open.")
        return
    parts.say(says.worth_of_more(worth.as_json()))
    parts.note(" ".join([BY_THESE, *(note for note in notes if note.startswith("No margin"))]))


def _range(curve: Curve) -> str:
    return (
        f"Of practices that are measured: {curve.usual:,} visits in the last quarter. The data hold quarters of "
        f"{curve.fewest:,} to {curve.most:,}, and say nothing beyond. As the visits so far, on average."
    )


def _asked(curve: Curve) -> int:
    """What the URL says, else the most that the data hold: what is not a number is taken out of it."""
    said = st.query_params.get(PARAM, "")
    if said and not (said.isdecimal() and len(said) < 7):
        st.query_params.pop(PARAM, None)
        said = ""
    visits = int(said) if said else curve.most
    options.mirror("what-if", visits)
    st.number_input(
        "Visits next quarter", min_value=0, max_value=999_999, step=1, key="what-if", on_change=_write, width=220
    )
    return visits


def _write() -> None:
    st.query_params[PARAM] = str(st.session_state["what-if"])


def _months(found: Found, asked: WhatIf) -> None:
    rows = [{"month": m, "value": of.value, "low": of.low, "high": of.high} for m, of in asked.months]
    alt = f"{asked.says} By month; the command roi --what-if {asked.visits} prints each"
    drawn.show(
        effect_months,
        pd.DataFrame(rows),
        version=found.key("what-if", asked.visits, phone()),
        key="what-if-months",
        alt=alt,
        named=4 if phone() else 6,
        height=150,
    )


def assume(of: EffectResult) -> None:
    """What a lift would be worth that somebody has in mind: theirs, not measured, and without an interval."""
    visited, money = of.told.get("visited"), of.told["money"]
    if visited is None:  # a run of an older model: the page says that it is older, and how to make it anew
        return
    parts.picture(TITLE, "Arithmetic on numbers that you type: nothing here is measured, and it has no interval.")
    cost = float(round(money["cost_total"])) if money else None
    with st.container(horizontal=True, gap="small"):
        lift = _typed(f"lift-{of.span}", "Lift, %", 12.0, -100.0, 1_000.0)
        seen = _typed(f"seen-{of.span}", "Seen, % of referrals", None, 0.0, 100.0)
        margin = _typed(f"margin-{of.span}", "Margin of one seen, $", None, 0.0, NO_LIMIT)
        paid = _typed(f"cost-{of.span}", "Cost of the programme, $", cost, 0.0, NO_LIMIT)
    if lift is None or seen is None or margin is None or paid is None:
        parts.note("Fill all four in: the sentence follows.")
        return
    told = Assumed(visited["referrals"], lift / 100, seen / 100, margin, paid)
    parts.say(says.typeset(told.says))
    parts.note("On what visited practices sent in the months shown above.")


def _typed(name: str, label: str, value: float | None, least: float, most: float) -> float | None:
    found = st.number_input(
        label, min_value=least, max_value=most, value=value, format="%0.10g", key=f"assume-{name}", width=190
    )
    return None if found is None else float(found)
