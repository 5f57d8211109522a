"""What stands where a picture cannot: nothing in yet, nothing found, not to be shown, not possible."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import Any

import streamlit as st

from liaison.errors import LiaisonError
from liaison.metrics.suppression import FreeFilterError
from liaison.ui import filters, parts
from liaison.ui.ask import audience
from liaison.ui.markup import html
from liaison.vocabulary import Audience


def no_data(what: str, brings: str, button: str, *, key: str, on_click: Callable[[], Any] | None = None) -> bool:
    """Says what would be here and what brings it, with the one button that does; true on the run of its click."""
    return _state(what, brings, button, key=key, on_click=on_click, main=True)


def no_match(*, key: str) -> None:
    """Data is in, but none of it answers: to the filters, which the button clears, or to what the page counts."""
    if filters.params():
        said = f"Filtered by {filters.in_words()}."
        _state("No referral matches these filters", said, "Clear filters", key=key, on_click=filters.clear)
        return
    what = "The data that are in hold nothing that this page counts"
    off(what, "No filter is set. The page Data says what is in, and what each file brings.")


def hidden(what: str) -> None:
    """A figure that its audience may not see; never a zero, never a blank."""
    said = "It comes from fewer than 11 referrals, or would give away another figure that does."
    html(_words(f"{what} is not shown to this audience", said))


def off(what: str, why: str) -> None:
    """A part of the page that these filters or these files cannot give."""
    html(_words(what, why))


def error(problem: LiaisonError) -> None:
    """What happened, where, and what to do."""
    where = f'<p class="q">{escape(str(problem.where))}</p>' if problem.where and str(problem.where) else ""
    remedy = f"<p>{escape(problem.remedy)}</p>" if problem.remedy else ""
    html(f'<div class="lz-state now" role="alert"><h3>{escape(problem.what)}</h3>{where}{remedy}</div>')


@contextmanager
def told() -> Iterator[None]:
    """Shows a LiaisonError in the place where it happened. Anything else is a bug and surfaces."""
    try:
        yield
    except LiaisonError as problem:
        error(problem)


def team_only(
    name: str,
    sentence: str = "Single practices are not shown outside the team",
    why: str = "A small number could be worked out of what each practice sends.",
) -> bool:
    """Whether a whole page is for the team only, and this is another audience; then the page says so."""
    if audience() is Audience.inside:
        return False
    parts.head(name, sentence)
    off("Not shown to this audience", why)
    return True


@contextmanager
def for_the_team() -> Iterator[None]:
    """A part that cuts figures by choice: another audience is told that it is not shown, and goes on below."""
    try:
        yield
    except FreeFilterError:
        off("Not shown outside the team", "A small number could be worked out of figures cut by choice.")


_KEPT = "lz-kept-error"


def guarded(action: Callable[..., object], *args: Any, labels: Mapping[str, str] | None = None) -> None:
    """A button's callback: what `action` refuses is told at the top of the page that comes.

    `labels`: column -> what its field is called on the page, which is what people know it by.
    """
    try:
        action(*args)
    except LiaisonError as problem:
        st.session_state[_KEPT] = by_label(problem, labels or {})


def by_label(problem: LiaisonError, labels: Mapping[str, str]) -> LiaisonError:
    """A refusal that names the field instead of its column."""
    column = (problem.where.column if problem.where else None) or ""
    if column not in labels:
        return problem
    what = problem.what
    said = what.removeprefix(column) if what.startswith(f"{column} ") else f": {what}"
    return LiaisonError(f"{labels[column]}{said}", None, problem.remedy)


def tell_kept() -> None:
    """What the last button's action refused."""
    if problem := st.session_state.pop(_KEPT, None):
        error(problem)


def _state(
    what: str, said: str, button: str, *, key: str, on_click: Callable[[], Any] | None, main: bool = False
) -> bool:
    with st.container(border=True):
        html(_words(what, said))
        return st.button(button, key=key, type="primary" if main else "secondary", on_click=on_click)


def _words(what: str, said: str) -> str:
    return f'<div class="lz-state"><h3>{escape(what)}</h3><p class="q">{escape(said)}</p></div>'
