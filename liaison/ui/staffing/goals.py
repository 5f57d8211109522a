"""Goals of the year: what came, what is to be expected at its end, and a form for one more."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from liaison.facts.live import Live
from liaison.facts.reference import service_lines
from liaison.fieldwork import add, edit, remove
from liaison.planning.goals import Progress, goals
from liaison.reports.summary.quarter import goal_words
from liaison.ui import filters, homes, parts, states, tables
from liaison.ui.ask import kept, viewer
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.tables import Col
from liaison.vocabulary import GoalMeasure

KIND = "goals"
COLUMNS = {
    "year": Col("Year", 70),
    "what": Col("Goal", 330),
    "target": Col("Target", 90, "count"),
    "to_date": Col("To date", 90, "count"),
    "share": Col("Reached", 140, "share", top=1.0),
    "expected": Col("Expected at year's end", 190),
    "says": Col("", 330),
}
ON_PHONE = {
    "what": Col("Goal", 176),
    "to_date": Col("To date", 78, "count"),
    "target": Col("Target", 78, "count"),
    **{name: COLUMNS[name] for name in ("expected", "says")},
}


def show() -> None:
    """The list, and the form."""
    live = homes.live()
    found = read(live)
    if found:
        parts.picture(_finding(found), "Referrals in network of practices that lie there now; visits in person.")
        tables.table(
            partial(frame, found), ON_PHONE if phone() else COLUMNS, key="goals", alt="Goals with progress and forecast"
        )
    else:
        parts.picture("No goal is set yet", "A number of referrals or visits in a year, of a territory or all.")
    with st.container(horizontal=True, gap="small", key="goal-actions"):
        _form()
        if found:
            _change(found)


def read(live: Live) -> list[Progress]:
    """Read anew when a goal, a visit or the data changed: counting takes a tenth of a second."""
    from liaison.fieldwork.one_practice import stamp
    from liaison.models.stored.stamps import stamps
    from liaison.store import reading

    with reading(live.home.store) as connection:
        key = (str(live.home.path), live.data_id, stamp(connection), stamps(connection).run_id, today())
    return kept().get((KIND, viewer().scope, key), lambda: goals(live, date.fromisoformat(today())))


def _finding(found: list[Progress]) -> str:
    now = [one for one in found if str(one.year) == today()[:4]]
    known = [one for one in now if one.expected is not None]
    short = [one for one in known if one.high is not None and one.high < one.target]
    if not known:
        return f"{len(now)} goals for this year, too early to say of any" if now else f"{len(found)} goals"
    return f"{len(short)} of {len(known)} goals that can be foreseen will probably be missed"


def frame(found: list[Progress]) -> pd.DataFrame:
    """year, what, expected, says: str; target, to_date: numbers; share: 0 to 1."""
    return pd.DataFrame(
        [
            {
                "year": str(one.year),
                "what": words(one),
                "target": round(one.target),
                "to_date": round(one.to_date),
                "share": one.share,
                "expected": _expected(one),
                "says": one.says[:1].upper() + one.says[1:],
            }
            for one in found
        ],
        columns=list(COLUMNS),
    )


def words(one: Progress) -> str:
    """'Referrals in network, neurology, Western counties'."""
    return goal_words(one, homes.live().label_of)


def _expected(one: Progress) -> str:
    if one.expected is None or one.low is None or one.high is None:
        return ""
    if one.low == one.high:
        return f"{one.expected:,.0f}"
    return f"{one.expected:,.0f} ({one.low:,.0f} to {one.high:,.0f})"


def _lines() -> dict[str, str]:
    return service_lines()


def _territories() -> dict[str, str]:
    return {id_: label for id_, label in filters.known().values.get("territory", {}).items() if id_ != "(none)"}


def _form() -> None:
    with st.popover("Add a goal", icon=":material/add:", key="goal-add"):
        year = int(today()[:4])
        st.selectbox("Year", [year, year + 1, year + 2], key="goal-year")
        measure = st.selectbox(
            "What", [each.value for each in GoalMeasure], format_func=lambda v: GoalMeasure(v).label, key="goal-measure"
        )
        places = _territories()
        st.selectbox("Territory", ["", *places], format_func=lambda i: places.get(i, "All"), key="goal-territory")
        if measure == GoalMeasure.referrals.value:
            lines = _lines()
            st.selectbox("Service line", ["", *lines], format_func=lambda i: lines.get(i, "All"), key="goal-line")
        st.number_input("Target", 1, 100_000_000, 1_000, key="goal-target")
        st.button("Add", type="primary", key="goal-go", on_click=lambda: states.guarded(_add))


def _add() -> None:
    said = st.session_state
    measure = said["goal-measure"]
    line = said.get("goal-line") if measure == GoalMeasure.referrals.value else None
    values = {
        "year": str(said["goal-year"]),
        "measure": measure,
        "target": float(said["goal-target"]),
        "territory_id": said["goal-territory"] or None,
        "service_line": line or None,
    }
    add(homes.home().store, KIND, values, actor=viewer().name)


def _change(found: list[Progress]) -> None:
    with st.popover("Change a goal", icon=":material/edit:", key="goal-change"):
        by_key = {one.key: one for one in found}
        key = st.selectbox(
            "Goal", list(by_key), format_func=lambda k: f"{by_key[k].year}, {words(by_key[k])}", key="goal-which"
        )
        one = by_key[key]
        target = st.number_input("Target", 1, 100_000_000, round(one.target), key=f"goal-new-{key}-{one.version}")
        store, who = homes.home().store, viewer().name

        def save() -> None:
            edit(store, KIND, key, {"target": float(target)}, expected_version=one.version, actor=who)

        def take() -> None:
            remove(store, KIND, key, expected_version=one.version, actor=who)

        st.button("Save", type="primary", key="goal-save", on_click=lambda: states.guarded(save))
        st.button("Take away", key="goal-take", on_click=lambda: states.guarded(take))
