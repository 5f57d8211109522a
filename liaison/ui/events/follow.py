"""What follows: a task for each practice that came, in one press; done as it is done."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from liaison.fieldwork.inviting import follow_up
from liaison.fieldwork.one_event import EventFile
from liaison.fieldwork.syntax import LINE
from liaison.fieldwork.to_do import Task, finish
from liaison.ui import homes, parts, states
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.ui.style import phone


def show(about: EventFile) -> None:
    """The form, then the tasks."""
    many = len(about.came_from)
    if not many:
        states.off("Nobody has come yet", "Follow-up tasks are made for the practices that came.")
        return
    with (
        st.form("event-follow", border=False),
        st.container(horizontal=not phone(), vertical_alignment="bottom", gap="small"),
    ):
        st.text_input("What is to be done", "Ask what they thought of it", max_chars=LINE, key="f-what")
        st.date_input("By", date.fromisoformat(today()) + timedelta(days=7), key="f-due")
        label = f"Make {'a task' if many == 1 else f'{many:,} tasks'}"
        st.form_submit_button(label, type="primary", on_click=_make, args=(about.row.event_id,))
    parts.note(
        "One for each practice that came, for whoever looks after it, else the host. The same words make no second."
    )
    for task in about.tasks:
        _task(task)


def _make(event_id: str) -> None:
    what, due = st.session_state["f-what"], st.session_state["f-due"]
    day = due.isoformat() if isinstance(due, date) else None
    guarded(lambda: follow_up(homes.home().store, event_id, what, day, today(), actor=viewer().name))


def _task(task: Task) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"event-task-{task.task_id}"):
        late = task.late(today())
        said = f"by {task.due_on}" + (f", {late:,} days late" if late else "") if task.due_on else "no day"
        state = f"done {task.done_on}" if task.done_on else said
        parts.say(f"**{task.practice or task.what}** {task.what if task.practice else ''}")
        parts.note(f"{task.who} \u00b7 {state}")
        on = None if task.done_on else today()
        st.button("Not done" if task.done_on else "Done", key=f"done-{task.task_id}", on_click=partial(_done, task, on))


def _done(task: Task, on: str | None) -> None:
    guarded(lambda: finish(homes.home().store, task, on, actor=viewer().name))
