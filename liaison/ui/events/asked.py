"""What the page asks for: events as people wrote them, read anew when somebody has written since."""

from collections.abc import Hashable

import streamlit as st

from liaison.fieldwork.one_event import EventFile, EventRow, event_file, events
from liaison.fieldwork.panels import Panels, panels
from liaison.metrics.directory import Directory, directory
from liaison.metrics.filters import Filters
from liaison.ui import options
from liaison.ui.ask import ask, ask_records
from liaison.ui.clock import today

EVENT = "event"  # the event's id, in the URL


def every() -> tuple[EventRow, ...]:
    return ask_records(events)[0]


def written() -> Hashable:
    """What tells this state of the records from the next: for the key of whatever is made from them."""
    return ask_records(events)[1]


def chosen() -> EventFile | None:
    """The event that the URL names; an id that is none is taken out of it."""
    given = st.query_params.get(EVENT)
    if given is None:
        return None
    if given not in {row.event_id for row in every()}:
        options.leave_away(EVENT)
        return None
    return ask_records(event_file, given)[0]


def team() -> Panels:
    return ask_records(panels, today())[0]


def practices(asked: Filters) -> Directory:
    """The practices that filters leave, as the page Practices lists them."""
    return ask(directory, asked)


def names() -> dict[str, str]:
    """Practice on record -> its name with its town, in the order of names."""
    rows = sorted(practices(Filters()).rows, key=lambda row: row.name.casefold())
    return {row.practice_id: f"{row.name}, {row.town}" if row.town else row.name for row in rows if row.on_record}


def open_event(event_id: str | None) -> None:
    """Opens one, or the list of all."""
    st.query_params.pop("view", None)
    if event_id is None:
        st.query_params.pop(EVENT, None)
    else:
        st.query_params[EVENT] = event_id
