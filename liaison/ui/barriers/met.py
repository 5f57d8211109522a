"""Who was brought together with which specialist, what came of it, and a form for another one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from liaison.fieldwork.bridging import Introduced, ToWhom, by_specialist, introduce, introductions
from liaison.fieldwork.organisations import our_organisations
from liaison.fieldwork.patient_words import NO_PATIENTS
from liaison.fieldwork.syntax import PARAGRAPH
from liaison.metrics.findings.barriers import introduced_words, plural
from liaison.metrics.followed import DAYS, Followed, followed, pairs_of
from liaison.ui import homes, parts, states
from liaison.ui.ask import ask, ask_records, viewer
from liaison.ui.barriers import asked, directory, met_one
from liaison.ui.barriers.met_one import LABELS
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Channel, IntroductionOutcome

FIELDS = tuple(name for name in LABELS if name != "voided")
COLUMNS = {
    "asked_on": Col("Asked", 96),
    "who": Col("Who", 230),
    "to": Col("With whom", 230),
    "met": Col("Met", 150),
    "came": Col("Outcome", 110),
    "by": Col("By", 120),
    "followed": Col("Referrals to them", 300),
}
ON_PHONE = {"who": Col("Who", 150), "to": Col("With whom", 150), "came": Col("Outcome", 100)}
WHOM = {
    "to": Col("Specialist or organisation", 300),
    "telehealth": Col("Telehealth", 130),
    "n": Col("Introductions", 110, "count"),
    "met": Col("Met", 70, "count"),
    "will_refer": Col("Will refer", 90, "count"),
    "undecided": Col("Undecided", 90, "count"),
    "declined": Col("Declined", 90, "count"),
}
NOT_CAUSED = (
    f"Referrals to them: what the practice sent to that specialist or organisation in up to {DAYS} days before and "
    "after they met. A description: practices that are introduced differ from others, so it is not what it caused."
)


def show() -> None:
    """Counts by specialist, the list, the form."""
    found, written = ask_records(introductions)
    names, _ = ask_records(asked.practices_named)
    parts.picture(introduced_words(len(found), sum(bool(one.met_on) for one in found)), NOT_CAUSED if found else "")
    ours = directory.ours()
    with st.expander("Add an introduction", expanded=not found, icon=":material/add:"):
        _form(names, ours)
    directory.show(ours)
    if not found:
        states.off("No introduction is on record", "Who asked for one, with whom, and what came of it will stand here.")
        return
    after = ask(followed, asked.EVERYTHING, pairs=pairs_of(found))
    rows = _rows(found, after)
    shown = ON_PHONE if phone() else COLUMNS
    at = table(rows, shown, key=f"introductions-{len(found)}", alt="Introductions, newest first", pick=True)
    if at is None:
        parts.note("Pick one to say what came of it, or to see its history.")
    else:
        met_one.show(found[at], asked.now().team)
    download(rows, "introductions", key="introductions", papers=(NOT_CAUSED,))
    whom = by_specialist(found)
    seen_by = {each.npi: each.seen_by for each in ours.every}
    parts.picture(
        f"With {plural(len(whom), 'specialist or organisation', 'specialists or organisations')}", "Most first."
    )
    table(_whom(whom, seen_by), WHOM, key="by-specialist", alt="Introductions by specialist", version=(written, "whom"))


def _rows(found: Sequence[Introduced], after: Mapping[str, Followed]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "asked_on": one.asked_on,
            "who": one.who,
            "to": one.to,
            "met": ", ".join(each for each in (one.met_on, one.met.lower()) if each),
            "came": one.came,
            "by": one.by,
            "followed": after[one.key].says if one.key in after else "",
            "note": one.note,
        }
        for one in found
    ]
    return pd.DataFrame(rows)


def _whom(found: Sequence[ToWhom], seen_by: Mapping[str, str]) -> pd.DataFrame:
    words = ("will_refer", "undecided", "declined")
    rows = [
        {"to": w.to, "telehealth": seen_by.get(w.specialist_npi or "", ""), "n": w.n, "met": w.met}
        | {o: w.outcomes.get(o, 0) for o in words}
        for w in found
    ]
    return pd.DataFrame(rows)


def _form(names: Mapping[str, str], ours: directory.Ours) -> None:
    team, houses = asked.now().team, ask_records(our_organisations)[0]
    left, right = st.columns(2, gap="medium")
    with left:
        _choice("practice_id", "Practice", names)
        directory.choice(ours, "met-specialist_npi")
        _choice("organisation_id", "Organisation of ours", houses)
        st.text_area("Note", key="met-note", max_chars=PARAGRAPH, height=80, placeholder="Without naming a patient")
        parts.note(NO_PATIENTS)
    with right:
        first, second = st.columns(2)
        first.date_input("Asked on", value=date.fromisoformat(today()), key="met-asked_on")
        second.date_input("Met on", value=None, key="met-met_on")
        _choice("how", "How", {c.value: c.label for c in Channel})
        _choice("outcome", "Outcome", {o.value: o.label for o in IntroductionOutcome})
        _choice("brought_by", "Brought together by", team)
    st.button("Add introduction", type="primary", key="add-introduction", on_click=_add)


def _choice(column: str, label: str, named: Mapping[str, str]) -> None:
    st.selectbox(
        label, list(named), index=None, format_func=lambda v: named.get(v, v), placeholder="Choose", key=f"met-{column}"
    )


def _add() -> None:
    guarded(_added, labels=LABELS)


def _added() -> None:
    given = {name: st.session_state.get(f"met-{name}") for name in FIELDS}
    values = {
        n: v.isoformat() if isinstance(v, date) else (str(v).strip() or None if v else None) for n, v in given.items()
    }
    introduce(homes.home().store, values, actor=viewer().name)
    for name in FIELDS:
        st.session_state.pop(f"met-{name}", None)
