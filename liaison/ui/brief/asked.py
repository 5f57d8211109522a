"""What the page reads: records anew only when somebody has written, figures once for a version of the data."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Connection

from liaison.fieldwork.panels import panels
from liaison.metrics.filters import Filters
from liaison.metrics.practice_lines import practice_lines
from liaison.planning.stored.offices import Office, offices
from liaison.reports.brief import Brief, Kept, compose, kept_of
from liaison.ui import homes, options
from liaison.ui.ask import ask, ask_records
from liaison.ui.clock import today
from liaison.ui.practice import outlook

PARAM = "practice"


@dataclass(frozen=True)
class Asked:
    """`office`: where it lies, None for a practice that is on no record; `listed`: a list of next visits is made."""

    brief: Brief
    office: Office | None
    listed: bool


def which() -> str | None:
    """The practice that the URL names; one that nobody knows is taken out of it."""
    given = st.query_params.get(PARAM)
    if not given:
        return None
    kept: Kept = ask_records(kept_of, given, today())[0]
    id_ = kept.file.practice_id
    if kept.file.record is None and ("practice", id_) not in homes.live().label_of:
        options.leave_away(PARAM)
        return None
    if id_ != given:
        st.query_params[PARAM] = id_
    return id_


def read(practice_id: str) -> Asked:
    """The brief for today."""
    kept: Kept = ask_records(kept_of, practice_id, today())[0]
    lines = ask(practice_lines, Filters(practice=practice_id))
    ahead = outlook.read(practice_id)
    name = homes.live().label_of.get(("practice", practice_id), practice_id)
    made = compose(name, kept, lines, ahead.of if ahead else None, today())
    return Asked(made, ask_records(_office, practice_id, today())[0], ahead is not None)


def _office(connection: Connection, practice_id: str, today: str) -> Office | None:
    return offices(connection, [practice_id], panels(connection, today)).get(practice_id)


def names() -> dict[str, str]:
    """Every practice by id, in the order of names."""
    labels = homes.live().label_of
    found = {id_: label for (kind, id_), label in labels.items() if kind == "practice"}
    return dict(sorted(found.items(), key=lambda each: each[1]))
