"""The order of the page's parts: the sentence, who holds what is out of date, the catalogue and a new version."""

from datetime import date

import pandas as pd
import streamlit as st

from liaison.fieldwork import add
from liaison.fieldwork.material_words import headline
from liaison.fieldwork.materials import Catalogue, Left, Material, catalogue, left, unknown
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

NAME = "Materials"
HELD = {
    "practice": Col("Practice", 300),
    "what": Col("What it holds", 300),
    "on": Col("Left on", 120),
    "bring": Col("Bring", 200),
}
ON_PHONE = {"practice": Col("Practice", 190), "bring": Col("Bring", 150)}
VERSIONS = {
    "title": Col("Title", 300),
    "version": Col("Version", 120),
    "kind": Col("Kind", 160),
    "line": Col("Service line", 160),
    "from": Col("From", 120),
    "to": Col("Until", 120),
    "state": Col("State", 140),
}
VERSIONS_ON_PHONE = {"title": Col("Title", 200), "version": Col("Version", 80), "state": Col("State", 100)}
_TURN = "lz-material-turn"


def show() -> None:
    """The page."""
    now = today()
    known, found = ask_records(catalogue)[0], ask_records(left, now)[0]
    if not known.by_id:
        parts.head(NAME, "The catalogue is empty")
        states.off("No material yet", "Enter the first below, or bring a file of materials in on the page Data.")
    else:
        parts.head(NAME, headline(known.in_force(now), found))
    states.tell_kept()
    _held(found)
    _versions(known, now)
    _new()


def _held(found: tuple[Left, ...]) -> None:
    old = [one for one in found if one.outdated]
    strangers = ask_records(unknown, today())[0]
    if old:
        parts.picture(
            "To be replaced at the next visit", "What was left last at each practice, where it is out of date."
        )
        rows = pd.DataFrame(
            {
                "practice": one.practice,
                "practice_id": one.practice_id,
                "what": one.held.named,
                "on": one.on,
                "bring": one.now.version_name if one.now else "Nothing: take it back",
            }
            for one in old
        )
        at = table(rows, ON_PHONE if phone() else HELD, key=f"held-{len(rows)}", alt="Materials out of date", pick=True)
        if at is not None and at < len(old):
            links.link(entries.PRACTICE, old[at].practice, practice=old[at].practice_id)
        download(rows, "materials-out-of-date", key="held")
    if strangers:
        told = ", ".join(f"{name} ({many:,})" for name, many in list(strangers.items())[:5])
        parts.note(f"Visits name ids that are in no catalogue: {told}. Add them, or correct the visits.")


def _versions(known: Catalogue, now: str) -> None:
    every = [one for versions in known.by_id.values() for one in versions]
    if not every:
        return
    parts.picture("Catalogue", "Every version, the newest of each material first.")
    rows = pd.DataFrame(_version(one, known, now) for one in sorted(every, key=_order, reverse=True))
    table(
        rows.sort_values("title", kind="stable"),
        VERSIONS_ON_PHONE if phone() else VERSIONS,
        key="catalogue",
        alt="Catalogue",
    )


def _order(one: Material) -> tuple[str, str]:
    return one.valid_from, one.version_name


def _version(one: Material, known: Catalogue, now: str) -> dict[str, str | None]:
    newest = known.on(one.material_id, now) == one
    state = (
        "Not yet" if one.valid_from > now else "Expired" if one.expired(now) else "In force" if newest else "Replaced"
    )
    return {
        "title": one.title,
        "version": one.version_name,
        "kind": one.kind,
        "line": one.service_line,
        "from": one.valid_from,
        "to": one.expires_on,
        "state": state,
    }


def _new() -> None:
    turn = st.session_state.get(_TURN, 0)
    with st.expander("Add a material or a new version", icon=":material/add:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            id_ = st.text_input(
                "Id", key=f"material-id-{turn}", max_chars=200, width=160, help="The same for all versions."
            )
            title = st.text_input("Title", key=f"material-title-{turn}", max_chars=200, width=280)
            name = st.text_input("Version", key=f"material-version-{turn}", max_chars=200, width=120)
            begins = st.date_input(
                "In force from", value=date.fromisoformat(today()), key=f"material-from-{turn}", width=150
            )
            ends = st.date_input("Expires on", value=None, key=f"material-to-{turn}", width=150)
        values = {"material_id": id_, "title": title, "version_name": name}
        days = {"valid_from": begins.isoformat(), "expires_on": ends.isoformat() if ends else None}
        ready = all(text.strip() for text in values.values())
        st.button("Add", key="material-add", disabled=not ready, on_click=guarded, args=(_add, {**values, **days}))


def _add(values: dict[str, str | None]) -> None:
    add(homes.home().store, "materials", values, actor=viewer().name)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
