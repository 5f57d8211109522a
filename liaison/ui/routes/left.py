"""What is in no day: why, and what it would cost to put it in; and any other practice, added by hand."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from liaison.planning.stored.plans import DROPPED, StoredLeft, StoredPlan
from liaison.planning.stored.words import day_words, minutes
from liaison.ui import homes, parts
from liaison.ui.ask import kept
from liaison.ui.routes import change
from liaison.ui.routes.asked import View, name_of
from liaison.ui.style import phone

FIRST, ON_PHONE = 8, 3
_ADDING = "lz-route-adding"


def show(view: View, plan: StoredPlan) -> None:
    """The most valuable first, with a button each; then those that were dropped, and the field to add one."""
    first = ON_PHONE if phone() else FIRST
    shown = plan.left_out[:first]
    if shown:
        parts.picture(f"Left out: {len(plan.left_out):,}", "The most valuable first, and what it costs to put each in.")
    for left in shown:
        _one(view, plan, left)
    if len(plan.left_out) > first:
        parts.note(f"{len(plan.left_out) - first:,} more, of less value, are in the download.")
    dropped = [stop.practice_id for stop in plan.stops if stop.state == DROPPED]
    for id_ in dropped:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"dropped-{id_}"):
            parts.note(f"{name_of(id_)}: dropped for this week.")
            on = view.day or view.days[0]
            st.button("Take back", key=f"back-{id_}", on_click=_put(view, plan, id_, on, ()))
    _add(view, plan)


def _one(view: View, plan: StoredPlan, left: StoredLeft) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"left-{left.practice_id}"):
        parts.note(words(left))
        if left.on is not None:
            put = _put(view, plan, left.practice_id, left.on, left.instead_of)
            st.button("Put in", key=f"put-{left.practice_id}", on_click=put)


def words(left: StoredLeft) -> str:
    """'Elm Street (value 3.8): on Thu 3 Dec in place of Oak Street, value 0.9 less, 20 min more driving.'"""
    head = f"{name_of(left.practice_id)} (value {left.value:,.1f})"
    if left.on is None or left.lost is None or left.driving is None:
        return f"{head}: {left.says}"
    drive = f"{minutes(abs(left.driving))} {'more' if left.driving >= 0 else 'less'} driving"
    if not left.instead_of:
        return f"{head}: fits on {day_words(left.on)} as it is, {drive}; not worth the drive."
    gone = " and ".join(name_of(id_) for id_ in left.instead_of)
    value = f"value {abs(left.lost):,.1f} {'less' if left.lost >= 0 else 'more'}"
    return f"{head}: on {day_words(left.on)} in place of {gone}, {value}, {drive}."


def _put(view: View, plan: StoredPlan, practice_id: str, on: date, instead_of: tuple[str, ...]) -> Callable[[], None]:
    return lambda: change.make(view, plan, lambda e: e.add(practice_id, on, instead_of))


def _add(view: View, plan: StoredPlan) -> None:
    """Any practice of the market; its field comes when it is asked for."""
    if not st.session_state.get(_ADDING):
        st.button("Add a practice", key="add", icon=":material/add:", on_click=_ask)
        return
    made = {stop.practice_id for stop in plan.made}
    names = kept().get((str(homes.home().path), homes.live().data_id, "route-names"), _names)
    st.selectbox(
        f"Add to {day_words(view.day or view.days[0])}",
        [id_ for id_ in names if id_ not in made],
        index=None,
        format_func=lambda id_: names.get(id_, id_),
        placeholder="A practice",
        key="add-which",
        on_change=lambda: _added(view, plan),
    )


def _ask() -> None:
    st.session_state[_ADDING] = True


def _added(view: View, plan: StoredPlan) -> None:
    which = st.session_state.get("add-which")
    st.session_state.pop(_ADDING, None)
    if which:
        _put(view, plan, str(which), view.day or view.days[0], ())()


def _names() -> dict[str, str]:
    labels = homes.live().label_of
    found = {id_: label for (kind, id_), label in labels.items() if kind == "practice"}
    return dict(sorted(found.items(), key=lambda each: each[1]))
