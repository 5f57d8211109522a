"""The forms: an answer to the survey, from paper or a visit; a mention under its tag."""

from datetime import date

import streamlit as st
from sqlalchemy import Connection

from liaison.errors import LiaisonError
from liaison.fieldwork import frame
from liaison.fieldwork.asking import record_answer, record_mention
from liaison.fieldwork.logged import visit_now
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.metrics.voice import QUESTIONS
from liaison.planning.stored.words import day_words
from liaison.ui import filters, homes, options, parts, states
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import today
from liaison.ui.feedback import asked
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.vocabulary import MentionTag, Respondent

_SAID = "lz-feedback-said"
LABELS = {
    "practice_id": "Practice",
    "date": "Day",
    "department": "Department",
    "comment": "In their words",
    "text": "What was said",
    "visit_id": "The visit",
}
VISIT, PRACTICE = "visit", "practice"  # in the URL, where the answer was given on a visit


def show() -> None:
    """Both forms, side by side where there is room."""
    if said := st.session_state.pop(_SAID, None):
        parts.band(f"**{said}**")
    names = asked.names()
    _on_a_visit()
    if not names:
        states.off("No practice is on record", "Bring a practices file in on the page Data first.")
        return
    if phone():
        _answer(names)
        _mention(names)
        return
    left, right = st.columns(2, gap="large")
    with left:
        _answer(names)
    with right:
        _mention(names)


def _on_a_visit() -> None:
    """Says on which visit the answers were given, where the link named one."""
    if not (key := st.query_params.get(VISIT)):
        return
    try:
        one = ask_records(visit_now, key)[0]
    except LiaisonError:
        options.leave_away(VISIT)
        return
    on = day_words(date.fromisoformat(one.values["date"]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="feedback-visit"):
        parts.note(f"Asked by {one.who} on the visit to {one.practice}, {on}.")
        st.button("Not on this visit", key="feedback-no-visit", type="tertiary", on_click=_no_visit)


def _no_visit() -> None:
    st.query_params.pop(VISIT, None)


def _practice(names: dict[str, str], key: str) -> None:
    given = st.query_params.get(PRACTICE)
    at = list(names).index(given) if given in names else None
    st.selectbox(
        "Practice", list(names), at, format_func=names.__getitem__, key=key, placeholder="Type a part of its name"
    )


def _line(key: str) -> None:
    lines = dict(filters.known().values.get("service_line", {}))
    st.selectbox("Specialty", list(lines), None, format_func=lines.__getitem__, key=key, placeholder="Any")


def _answer(names: dict[str, str]) -> None:
    parts.picture("An answer to the survey", "What is blank on the form stays blank. No name is kept of who answered.")
    with st.form("feedback-answer", border=True):
        _practice(names, "a-practice")
        st.date_input("Day", date.fromisoformat(today()), key="a-date")
        roles = [role.value for role in Respondent]
        st.selectbox("Who answered", roles, None, format_func=lambda one: Respondent(one).label, key="a-role")
        _line("a-service_line")
        st.text_input("Department", max_chars=LINE, key="a-department")
        for name, title in QUESTIONS.items():
            st.selectbox(f"{title}, 1 poor to 5 very good", range(1, 6), None, key=f"a-{name}", placeholder="No answer")
        st.selectbox("Would recommend us, 0 to 10", range(11), None, key="a-recommend", placeholder="No answer")
        st.text_area("In their words, naming no patient", max_chars=PARAGRAPH, key="a-comment")
        st.form_submit_button("Record answer", type="primary", on_click=_answered)


def _answered() -> None:
    state = st.session_state
    columns = ("practice", "date", "role", "service_line", "department", *QUESTIONS, "recommend", "comment")
    values = {name: state[f"a-{name}"] for name in columns}
    values["practice_id"], values["date"] = values.pop("practice"), values["date"].isoformat()
    values["visit_id"] = st.query_params.get(VISIT)

    def done() -> None:
        record_answer(homes.home().store, values, actor=viewer().name)
        _next("The answer is in.", "a-", ("a-department", "a-comment"))

    guarded(done, labels=LABELS)


def _next(said: str, prefix: str, texts: tuple[str, ...]) -> None:
    """The form is blank for the next one of a pile, its day and practice apart; what was refused stays as typed."""
    state = st.session_state
    state[_SAID] = said
    st.query_params["view"] = "write"
    kept = {f"{prefix}{name}" for name in ("date", "practice", "tag")}
    for key in [str(key) for key in state if str(key).startswith(prefix) and key not in kept]:
        state[key] = "" if key in texts else None


def _mention(names: dict[str, str]) -> None:
    parts.picture("A gap or a competitor that was mentioned", "One remark a note, so that it can be found and counted.")
    rivals = ask_records(_organisations)[0]
    with st.form("feedback-mention", border=True):
        tags = [tag.value for tag in MentionTag]
        st.selectbox("About", tags, 0, format_func=lambda one: MentionTag(one).label, key="m-tag")
        st.text_area("What was said, naming no patient", max_chars=PARAGRAPH, key="m-text")
        _practice(names, "m-practice")
        st.selectbox(
            "Competitor", list(rivals), None, format_func=rivals.__getitem__, key="m-organisation", placeholder="None"
        )
        _line("m-service_line")
        st.date_input("Day", date.fromisoformat(today()), key="m-date")
        st.form_submit_button("Record mention", type="primary", on_click=_mentioned)


def _organisations(connection: Connection) -> dict[str, str]:
    rows = frame(connection, "organisations")
    kept = rows[~rows["ours"].astype(bool)].sort_values("name")
    return dict(zip(kept["organisation_id"], kept["name"], strict=True))


def _mentioned() -> None:
    state = st.session_state
    values = {name: state[f"m-{name}"] for name in ("tag", "text", "service_line")}
    values |= {"practice_id": state["m-practice"], "organisation_id": state["m-organisation"]}
    values |= {"date": state["m-date"].isoformat(), "visit_id": st.query_params.get(VISIT)}

    def done() -> None:
        record_mention(homes.home().store, values, actor=viewer().name)
        _next("The mention is in.", "m-", ("m-text",))

    guarded(done, labels=LABELS)
