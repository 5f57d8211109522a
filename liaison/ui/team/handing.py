"""Handing a panel over: who, from when, to whom, how much goes, the button, and what it wrote."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Literal

import streamlit as st

from liaison.errors import LiaisonError
from liaison.fieldwork.hand_over import Leave
from liaison.metrics.figure import date_words
from liaison.metrics.findings.barriers import plural
from liaison.planning.stored.handed import Handed, Handing, Plan, hand_panel_over, looked_at, territories_of
from liaison.planning.territories.adopt import refuse_past
from liaison.ui import entries, homes, links, options, parts, states
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.team import asked

GIVES = "hand-over"  # the URL's: whose panel
_DONE = "lz-handed"
Width = int | Literal["stretch"]


def show() -> None:
    """A button; pressed, the form with what would go over."""
    parts.picture("Hand over a panel", "When somebody leaves, or is away for some days.")
    team = asked.people()
    _told()
    giver = options.perhaps(GIVES, team.people)
    if giver is None:
        st.button("Hand over", key="hand-over-open", on_click=_open, args=(next(iter(team.people)),))
        return
    if len(team.team) < 2:
        parts.note("Nobody else of the team is on record: the page Data takes people.")
        return
    leave = _who(team.people)
    to, split = _to(leave, {who: name for who, name in team.team.items() if who != leave.person_id})
    seen = _looked(leave, to, split) if to else None
    if seen is not None:
        parts.note(_words(seen))
    with st.container(horizontal=True, gap="small", key="hand-over-foot"):
        if seen is not None and not seen.nothing:
            st.button("Hand over", type="primary", key="hand-over-go", on_click=partial(_hand, seen))
        st.button("Cancel", key="hand-over-cancel", on_click=_close)


def _looked(leave: Leave, to: str, split: Mapping[str, str]) -> Handing | None:
    """What would go over; what speaks against it is told where it would stand."""
    try:
        refuse_past(homes.home(), leave.on, False)
        return looked_at(homes.home(), Plan(leave, to, split), date.fromisoformat(today()))
    except LiaisonError as refused:
        states.error(refused)
        return None


def _open(giver: str) -> None:
    st.session_state.pop(_DONE, None)
    st.query_params[GIVES] = giver


def _close() -> None:
    st.query_params.pop(GIVES, None)


def _who(people: Mapping[str, str]) -> Leave:
    wide = _wide()
    tomorrow = date.fromisoformat(today()) + timedelta(days=1)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="hand-over-who"):
        giver = options.field(GIVES, "Panel of", dict(people), next(iter(people)), width=wide)
        on = st.date_input("From", tomorrow, key="hand-over-on", width=wide)
        until = st.date_input(
            "Last day away", value=None, key="hand-over-until", width=wide, help="Blank: they leave for good."
        )
    return Leave(giver, on or tomorrow, until)


def _to(leave: Leave, others: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """Who takes the panel; by territory where that is asked for."""
    wide = _wide()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="hand-over-to"):
        to = _taker("To", f"hand-over-to-{leave.person_id}", others, wide, "Choose a colleague")
        apart = st.checkbox("Split by territory", key="hand-over-split")
    if not apart:
        return to, {}
    places = territories_of(homes.home(), leave.person_id, leave.on)
    if not places:
        parts.note("None of these practices is in a territory.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="hand-over-places"):
        split = {
            id_: _taker(f"{name} ({many:,})", f"hand-over-{leave.person_id}-{id_}", others, wide, "As above")
            for id_, (name, many) in places.items()
        }
    return to, {id_: who for id_, who in split.items() if who}


def _wide() -> Width:
    return "stretch" if phone() else 200


def _taker(label: str, key: str, others: Mapping[str, str], wide: Width, blank: str) -> str | None:
    """Nobody until one is chosen: a panel is not handed to whoever comes first in a list."""
    return st.selectbox(
        label, list(others), index=None, format_func=others.__getitem__, key=key, width=wide, placeholder=blank
    )


def _words(seen: Handing) -> str:
    if seen.nothing:
        return f"{seen.names[seen.plan.leave.person_id]} has nothing to hand over on that day."
    leave = seen.plan.leave
    takes = ", ".join(f"{seen.names[who]} takes {plural(n, 'practice')}" for who, n in seen.taken().items())
    at_once = ((len(seen.duties.tasks), "open task"), (len(seen.duties.barriers), "barrier"))
    duties = " and ".join(plural(count, what) for count, what in at_once if count)
    said = [f"{takes or 'No practice goes over'} from {date_words(leave.on)}."]
    said += [f"They come back on {date_words(leave.until + timedelta(days=1))}."] if leave.until else []
    said += [f"At once: {duties}."] if duties else []
    said += [f"With the practices: {plural(seen.promises, 'promise')}."] if seen.promises else []
    said += (
        [f"{seen.duties.staying:,} tasks and barriers that are due on other days, or on none, stay."]
        if seen.duties.staying
        else []
    )
    said += (
        [f"{plural(len(seen.stops), 'planned stop')} will be dropped: plan them anew in Routes."] if seen.stops else []
    )
    return " ".join(said)


def _hand(seen: Handing) -> None:
    """What was shown is what is written, or nothing."""

    def made() -> None:
        now = date.fromisoformat(today())
        st.session_state[_DONE] = hand_panel_over(homes.home(), seen, actor=viewer().name, today=now)
        _close()

    states.guarded(made)


def _told() -> None:
    done = st.session_state.get(_DONE)
    if not isinstance(done, Handed):
        return
    seen, dates = done.handing, done.assignments
    name = seen.names[seen.plan.leave.person_id]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="hand-over-done"):
        parts.band(f"**Handed over: {plural(len(seen.whose), 'practice')} of {name}.**")
        links.link(entries.ROUTES, "Routes")
    parts.note(f"{dates.ended:,} assignments end, {dates.began:,} begin; earlier days keep their credit.")
