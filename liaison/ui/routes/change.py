"""What one changes: a stop, a day, the rest of today. Each change is kept at once, and says what it costs."""

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from liaison.planning.problem import at_clock
from liaison.planning.stored.edits import Changed, Editor
from liaison.planning.stored.plans import DONE, StoredPlan, StoredStop
from liaison.planning.stored.words import day_words
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.markup import html
from liaison.ui.routes import run
from liaison.ui.routes.asked import View, name_of
from liaison.ui.states import guarded
from liaison.vocabulary import Purpose

_CHOSEN, _SAID, _FROM_HERE = "lz-route-stop", "lz-route-said", "lz-route-from-here"
_BASE = "(start)"


def chosen() -> str | None:
    """The practice whose stop is open for changes."""
    found = st.session_state.get(_CHOSEN)
    return found if isinstance(found, str) else None


def choose(practice_id: str | None) -> None:
    """Opens a stop; the same once more closes it."""
    st.session_state[_CHOSEN] = None if practice_id == chosen() else practice_id


def make(view: View, plan: StoredPlan, edit: Callable[[Editor], Changed]) -> None:
    """Makes a change to the plan as this page shows it, or tells why not."""
    editor = Editor(homes.home(), view.worker.person_id, view.week, plan.revision, viewer().name)

    def made() -> None:
        st.session_state[_SAID] = edit(editor)

    st.session_state.pop(_SAID, None)
    guarded(made)


def said(plan: StoredPlan, now: tuple[str, ...]) -> None:
    """What the last change came to, and all that cannot be as the plan stands."""
    told = st.session_state.get(_SAID)
    if isinstance(told, Changed) and told.plan.revision == plan.revision:
        parts.band(f"**{told.says}**")
    if now:
        items = "".join(f"<li>{escape(each)}</li>" for each in now)
        html(f'<div class="lz-route"><p class="now">Cannot be kept as it stands:</p><ul>{items}</ul></div>')


def stop(view: View, plan: StoredPlan, one: StoredStop, days: list[date]) -> None:
    """The changes of one stop."""
    id_ = one.practice_id

    def do(edit: Callable[[Editor], Changed]) -> Callable[[], None]:
        return lambda: make(view, plan, edit)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"change-{id_}"):
        st.button("Drop", key=f"drop-{id_}", on_click=do(lambda e: e.drop(id_)))
        word = "Unpin" if one.pinned else "Pin to this day"
        st.button(word, key=f"pin-{id_}", on_click=do(lambda e: e.pin(id_, not one.pinned)))
        st.button("Earlier", key=f"earlier-{id_}", on_click=do(lambda e: e.shift(id_, -1)))
        st.button("Later", key=f"later-{id_}", on_click=do(lambda e: e.shift(id_, 1)))
        others = [day for day in days if day != one.date]
        st.selectbox(
            "Move to",
            others,
            index=None,
            format_func=day_words,
            key=f"move-{id_}",
            placeholder="Another day",
            width=150,
            on_change=lambda: _moved(view, plan, id_),
        )
        st.selectbox(
            "What for",
            list(Purpose),
            index=list(Purpose).index(Purpose(one.purpose)),
            format_func=lambda purpose: purpose.label,
            key=f"purpose-{id_}-{plan.revision}",
            width=150,
            on_change=lambda: _purpose(view, plan, id_),
        )
        st.text_input(
            "Agreed for",
            value=at_clock(one.agreed) if one.agreed is not None else "",
            placeholder="hh:mm",
            key=f"agreed-{id_}-{plan.revision}",
            width=110,
            on_change=lambda: _agreed(view, plan, id_),
        )


def _moved(view: View, plan: StoredPlan, practice_id: str) -> None:
    to = st.session_state.get(f"move-{practice_id}")
    if isinstance(to, date):
        make(view, plan, lambda e: e.move(practice_id, to))


def _purpose(view: View, plan: StoredPlan, practice_id: str) -> None:
    to = Purpose(st.session_state[f"purpose-{practice_id}-{plan.revision}"])
    make(view, plan, lambda e: e.purpose(practice_id, to))


def _agreed(view: View, plan: StoredPlan, practice_id: str) -> None:
    text = str(st.session_state.get(f"agreed-{practice_id}-{plan.revision}") or "").strip()
    make(view, plan, lambda e: e.agree(practice_id, text or None))


def day(view: View, plan: StoredPlan) -> None:
    """What one does with the whole day or week."""
    on = view.day
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="route-actions"):
        st.button("Improve", key="improve", icon=":material/auto_awesome:", on_click=lambda: run.search(view))
        st.button("Fill gaps", key="fill", on_click=lambda: make(view, plan, lambda e: e.fill()))
        if on is None:
            st.button("Plan anew", key="anew", type="tertiary", on_click=lambda: run.anew(view))
            return
        known = plan.day(on)
        locked, off = bool(known and known.locked), bool(known and known.off)
        st.button(
            "Unlock day" if locked else "Lock day",
            key="lock",
            icon=":material/lock_open:" if locked else ":material/lock:",
            disabled=off,
            on_click=lambda: make(view, plan, lambda e: e.lock(on, not locked)),
        )
        st.button(
            "Work this day" if off else "Day off",
            key="off",
            type="tertiary",
            on_click=lambda: make(view, plan, lambda e: e.off(on, not off)),
        )
        if on == view.worker.now().date() and not off:
            _here(view, plan, on)


def _here(view: View, plan: StoredPlan, on: date) -> None:
    """It is 13:10, I am here."""
    # Closed by what was planned from here, not by a better plan that the worker found while one types.
    times = st.session_state.get(_FROM_HERE, 0)
    with st.popover("I am here", icon=":material/my_location:", key=f"here-{times}"):
        now = f"{view.worker.now():%H:%M}"
        open_ = [one for one in plan.of(on) if one.state != DONE]
        behind = [one.practice_id for one in open_ if at_clock(one.arrive) < now]
        names = {one.practice_id: name_of(one.practice_id) for one in plan.of(on)}
        at = st.text_input("It is", value=now, key="here-at")
        place = st.selectbox(
            "I am at",
            [*names, _BASE],
            index=list(names).index(behind[-1]) if behind else len(names),
            format_func=lambda id_: names.get(id_, "My start"),
            key="here-place",
        )
        seen = st.multiselect(
            "Seen so far", list(names), default=behind, format_func=names.__getitem__, key="here-seen"
        )
        st.button(
            "Plan the rest of today",
            key="here-go",
            type="primary",
            on_click=lambda: _from_here(view, plan, on, at, place, seen),
        )


def _from_here(view: View, plan: StoredPlan, on: date, at: str, place: str | None, seen: list[str]) -> None:
    make(view, plan, lambda e: e.from_here(on, at, None if place == _BASE else place, seen))
    if _SAID in st.session_state:  # it was made
        st.session_state[_FROM_HERE] = st.session_state.get(_FROM_HERE, 0) + 1
        run.search(view)
