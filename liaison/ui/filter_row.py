"""The row of filters over a page: four stand in it, three more behind a word; on a phone all of them do."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from liaison.metrics.choices import Choices
from liaison.metrics.findings.words import listed
from liaison.ui import filters, windows
from liaison.ui.ask import audience
from liaison.ui.entries import Off
from liaison.ui.filters import TITLE
from liaison.ui.parts import note
from liaison.ui.style import phone
from liaison.vocabulary import NONE, Audience, month_words

IN_THE_ROW = {
    "territory": "All territories",
    "service_line": "All service lines",
    "practice_type": "All practice types",
}
BEHIND = {"payer": "All payers", "priority": "All priorities", "source": "All sources"}
WIDTH = 185
NO_CHOICE = dict.fromkeys(
    IN_THE_ROW | BEHIND, "figures for outside the team are not cut by choice, or a small number could be worked out."
)


def row(page: str, off: Off) -> None:
    """The filters over a page whose place in the URL is `page`; one that it cannot honour is off, with the reason."""
    there = filters.known()
    held = filters.values(page, there)
    why = off({**st.query_params.to_dict(), **held}) if audience() is Audience.inside else NO_CHOICE
    honoured = {name: value for name, value in held.items() if name not in why}
    filters.ask_for(honoured, there)
    if phone():
        with st.container(key="filters"), st.popover(_counted("Filters", honoured), icon=":material/tune:"):
            _fields(page, held, there, why, "stretch", IN_THE_ROW)
            _behind(page, held, there, why, also=[*IN_THE_ROW, "window"])
            _clear(page, held)
    else:
        with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
            _fields(page, held, there, why, WIDTH, IN_THE_ROW)
            with st.popover(_counted("More", [name for name in honoured if name in BEHIND]), icon=":material/tune:"):
                _behind(page, held, there, why)
            _clear(page, held)
    if said := _why_off(why, held if phone() else [*IN_THE_ROW, "window", *held]):
        note(said)
    filters.tell_dropped()


def _why_off(why: Mapping[str, str], names: Collection[str]) -> str:
    """'Territory is off on this page: a practice lies in one.'; a reason that several share stands once."""
    reasons: dict[str, list[str]] = {}
    for name, reason in why.items():
        if name in names:
            reasons.setdefault(reason, []).append(TITLE[name].lower())
    said = (f"{listed(fields)} {'is' if len(fields) == 1 else 'are'}" for fields in reasons.values())
    return " ".join(
        f"{who[0].upper()}{who[1:]} off on this page: {reason}" for who, reason in zip(said, reasons, strict=True)
    )


def _counted(word: str, active: Collection[str]) -> str:
    return f"{word} \u00b7 {len(active)}" if active else word


def _clear(page: str, held: Mapping[str, str]) -> None:
    st.button("Clear", type="tertiary", disabled=not held, on_click=filters.clear_all, args=(page,))


def _fields(
    page: str,
    held: Mapping[str, str],
    there: Choices,
    why: Mapping[str, str],
    width: int | Any,
    names: Mapping[str, str],
) -> None:
    _window(page, held.get("window", windows.DEFAULT), there, "window" in why, width)
    _some(page, held, there, why, width, names)


def _behind(
    page: str, held: Mapping[str, str], there: Choices, why: Mapping[str, str], also: Collection[str] = ()
) -> None:
    """The fields of the popover, and why some of them are off: a collapsed label leaves no place for its help."""
    _some(page, held, there, why, "stretch", BEHIND)
    if said := _why_off(why, [*BEHIND, *also]):
        note(said)


def _some(
    page: str,
    held: Mapping[str, str],
    there: Choices,
    why: Mapping[str, str],
    width: int | Any,
    names: Mapping[str, str],
) -> None:
    for name, every in names.items():
        labels = {"": every} | there.values.get(name, {})
        if NONE in labels or held.get(name) == NONE:
            labels[NONE] = f"No {TITLE[name].lower()}"
        _show(f"filter-{name}", held.get(name, ""))
        st.selectbox(
            TITLE[name],
            list(labels),
            format_func=labels.__getitem__,
            key=f"filter-{name}",
            label_visibility="collapsed",
            disabled=name in why,
            on_change=filters.choose,
            args=(page, name),
            width=width,
        )


def _window(page: str, value: str, there: Choices, off: bool, width: int | Any) -> None:
    by_name = value in windows.NAMED
    labels = windows.NAMED | ({} if by_name else {value: windows.label(value)}) | {windows.OTHER: "Other months \u2026"}
    _show("filter-window", value)
    st.selectbox(
        TITLE["window"],
        list(labels),
        format_func=labels.__getitem__,
        key="filter-window",
        label_visibility="collapsed",
        disabled=off or there.first is None,
        on_change=filters.choose,
        args=(page, "window"),
        width=width,
    )
    if by_name or there.first is None:
        return
    first, last = windows.ends(value, there)
    months = list(range(min(first, there.first), max(last, there.last or 0) + 1))
    for title, key, month in (("From", "filter-first", first), ("To", "filter-last", last)):
        _show(key, month)
        st.selectbox(
            title,
            months[::-1],
            format_func=month_words,
            key=key,
            label_visibility="collapsed",
            disabled=off,
            on_change=filters.choose_months,
            args=(page,),
            width=120 if width == WIDTH else width,
        )


def _show(key: str, value: str | int) -> None:
    """A field shows what the URL says. Setting it to what it shows already could undo a choice made meanwhile."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
