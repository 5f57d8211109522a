"""One introduction: what came of it since, its history, and how it is voided."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

import streamlit as st

from liaison.fieldwork import edit
from liaison.fieldwork.bridging import Introduced
from liaison.fieldwork.one_practice import Change, changes_of
from liaison.fieldwork.syntax import PARAGRAPH
from liaison.metrics.figure import date_words
from liaison.ui import homes, parts, texts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import today
from liaison.ui.markup import html
from liaison.ui.states import guarded
from liaison.vocabulary import Channel, IntroductionOutcome

KIND = "introductions"
LABELS = {
    "practice_id": "Practice",
    "specialist_npi": "Specialist (NPI)",
    "organisation_id": "Organisation of ours",
    "asked_on": "Asked on",
    "met_on": "Met on",
    "how": "How",
    "outcome": "Outcome",
    "brought_by": "Brought together by",
    "note": "Note",
    "voided": "Why it should not count",
}


def show(one: Introduced, team: Mapping[str, str]) -> None:
    """The fields that change after it was asked for, and everything that was said about it."""
    with st.container(border=True, key="introduction"):
        parts.picture(f"{one.who} with {one.to}", f"Asked on {date_words(date.fromisoformat(one.asked_on))}.")
        left, right = st.columns(2, gap="medium")
        with left:
            values = _fields(one, team)
        with right:
            note = texts.area(LABELS["note"], one.note or "", most=PARAGRAPH, key=_key(one, "note"), height=110)
            values |= {"note": note.strip() or None}
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.button("Save", type="primary", key="save-introduction", on_click=_save, args=(one, values))
            why = st.text_input(LABELS["voided"], key=_key(one, "voided"), width=300)
            st.button("Void", key="void-introduction", disabled=not why.strip(), on_click=_save, args=(one, _gone(why)))
        _history(one)


def _fields(one: Introduced, team: Mapping[str, str]) -> dict[str, Any]:
    now = date.fromisoformat(today())
    met = st.date_input(
        LABELS["met_on"],
        value=date.fromisoformat(one.met_on) if one.met_on else None,
        min_value=date.fromisoformat(one.asked_on),
        max_value=max(now, date.fromisoformat(one.met_on or one.asked_on)),
        key=_key(one, "met_on"),
    )
    values: dict[str, Any] = {"met_on": met.isoformat() if isinstance(met, date) else None}
    for column, named in (
        ("how", {each.value: each.label for each in Channel}),
        ("outcome", {each.value: each.label for each in IntroductionOutcome}),
        ("brought_by", dict(team)),
    ):
        held = getattr(one, column)
        options = dict(named) | ({held: held} if held and held not in named else {})
        values[column] = st.selectbox(
            LABELS[column],
            list(options),
            index=list(options).index(held) if held else None,
            format_func=options.__getitem__,
            placeholder="Not said yet",
            key=_key(one, column),
        )
    return values


def _key(one: Introduced, column: str) -> str:
    """A field of the version that is shown: what another saved meanwhile is read anew."""
    return f"introduction-{one.key}-{one.version}-{column}"


def _gone(why: str) -> dict[str, Any]:
    return {"voided": why.strip()}


def _save(one: Introduced, values: Mapping[str, Any]) -> None:
    guarded(_saved, one, values, labels=LABELS)


def _saved(one: Introduced, values: Mapping[str, Any]) -> None:
    edit(homes.home().store, KIND, one.key, values, expected_version=one.version, actor=viewer().name)


def _history(one: Introduced) -> None:
    zone = homes.home().settings.time_zone
    told: list[Change] = ask_records(changes_of, KIND, one.key)[0]
    rows = [(datetime.fromisoformat(each.at).astimezone(zone), each) for each in reversed(told)]
    said = "".join(f"<li>{at:%-d %b %Y, %H:%M}, {escape(each.actor)}: {escape(each.said)}</li>" for at, each in rows)
    html(f'<ul class="lz-note">{said}</ul>')
