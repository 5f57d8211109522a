"""The order of the page's parts: sentence, map beside what it comes to, changes, adoption, papers."""

import streamlit as st

from liaison.ui.draw import adoption, asked, change, controls, foot, head, picture
from liaison.ui.style import phone


def show() -> None:
    """The page."""
    now = asked.standing()
    if now is None:
        controls.nothing_yet()
        return
    draft = now.draft
    head.show(draft)
    if now.behind:
        change.behind(draft)
    controls.show(draft.by.value)
    picture.liaisons(draft)
    if phone():
        _act(now)
        picture.way(draft)
        picture.changes(draft)
    else:
        wide, narrow = st.columns([11, 9], gap="large")
        with wide:
            picture.way(draft)
        with narrow:
            _act(now)
            picture.changes(draft)
    foot.show(draft)


def _act(now: asked.Standing) -> None:
    if now.draft.adopted is None:
        change.show(now.draft)
        change.fairer(now.draft)
    adoption.show(now.draft, now.behind)
