"""What one changes in a proposal: an area or a practice goes to somebody else, and it is weighed at once."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from liaison.charts.market_map import picked_of
from liaison.planning.territories.drafts import Draft
from liaison.planning.territories.made import Editor
from liaison.ui import homes, parts, states
from liaison.ui.ask import viewer
from liaison.ui.draw.asked import name_of

_CHOSEN = "lz-draw-chosen"


def chosen(draft: Draft) -> str | None:
    """The area (as 'zip:28801') or practice that is picked, where the proposal has it."""
    found = st.session_state.get(_CHOSEN)
    known = {area.id for area in draft.market.areas} | {need.practice for need in draft.market.needs}
    return found if found in known else None


def choose(key: str | None) -> None:
    """Picks it."""
    st.session_state[_CHOSEN] = key


def from_map(widget: str) -> None:
    """A click on the map picks an area or a practice; a second one on the same lets go."""
    found = picked_of(st.session_state[widget]["selection"])
    if found is not None:
        choose(None if st.session_state.get(_CHOSEN) == found[1] else found[1])


def make(draft: Draft, edit: Callable[[Editor], Draft]) -> None:
    """Changes the proposal as this page shows it, or tells why not."""
    editor = Editor(homes.home(), draft.draft_id, draft.revision, viewer().name)
    states.guarded(edit, editor)


def show(draft: Draft) -> None:
    """What is picked, whose it is, and to whom it goes."""
    now, areas = chosen(draft), {area.id: area.name for area in draft.market.areas}
    options = {**areas, **{need.practice: name_of(need.practice) for need in draft.market.needs}}
    key = f"draw-pick-{draft.revision}-{now}"
    st.selectbox(
        "Area or practice",
        list(options),
        index=list(options).index(now) if now else None,
        format_func=options.__getitem__,
        placeholder="Pick on the map, or find it here",
        key=key,
        on_change=lambda: choose(st.session_state[key]),
    )
    if now is None:
        return
    people = {one.id: one.name for one in draft.market.people}
    whose = _whose(draft, now)
    to = st.segmented_control(
        f"{options[now]} is with {people[whose]}. Give it to",
        [id_ for id_ in people if id_ != whose],
        format_func=people.__getitem__,
        key=f"draw-to-{draft.revision}-{now}",
    )
    st.button(
        f"Give to {people[to]}" if to else "Give",
        key="draw-give",
        disabled=to is None,
        on_click=partial(_give, draft, now, to or ""),
    )


def _give(draft: Draft, what: str, who: str) -> None:
    if any(area.id == what for area in draft.market.areas):
        make(draft, lambda e: e.move_area(what, who))
    else:
        make(draft, lambda e: e.move_practice(what, who))


def _whose(draft: Draft, what: str) -> str:
    for area, who in zip(draft.market.areas, draft.of, strict=True):
        if area.id == what:
            return draft.market.people[who].id
    return draft.whose[what]


def fairer(draft: Draft) -> None:
    """Single practices go over, where whole areas are too coarse."""
    if draft.weighed.unfair > draft.market.tolerance + 1e-9:
        parts.note(f"Work is not yet within {draft.market.tolerance:.0%} of what is due.")
        st.button("Split by practice", key="draw-split-now", on_click=lambda: make(draft, lambda e: e.split()))


def behind(draft: Draft) -> None:
    """That records have changed since, and the button that takes them in."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draw-behind"):
        parts.band("**Practices, people, assignments or territories have changed since this was drawn.**")
        st.button("Bring up to date", key="draw-up-to-date", on_click=lambda: make(draft, lambda e: e.up_to_date()))
