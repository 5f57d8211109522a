"""What leaves the page: calendar entry, invitations with their codes, attendance for the CME office, certificates."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from liaison.fieldwork.credit import carries_credit, missing
from liaison.fieldwork.one_event import EventFile
from liaison.fieldwork.organisations import our_name
from liaison.ui import clock, parts
from liaison.ui.ask import ask_records
from liaison.ui.tables import download

DEFINITION = (
    "**Attendance.** Whoever was recorded as having come. NPI, invitation code and exact name are taken by themselves; "
    "anything else is for a person to decide. A practice of which somebody came was touched on that day (channel "
    "event): the visit stands with the practice, and counts for cadence, ranking and effect like any other.\n\n"
    "**Cost.** What stands with the event, over the practices that came. The programme's costs are kept apart, on the "
    "page Data.\n\n"
    "**Credit.** Only an accredited provider designates education credit, in advance. A credit certificate is printed "
    "where the event carries provider, statement, maximum and day of designation, for the hours that somebody claims."
)
PDF = "application/pdf"


def show(about: EventFile) -> None:
    """The footer: papers and files."""
    name, row = f"event-{about.row.event_id}", about.row
    with parts.footer(f"{row.invited:,} practices invited, {row.came:,} people came", DEFINITION, "events"):
        _button("Calendar", lambda: _calendar(about), f"{name}.ics", "text/calendar", ":material/calendar_month:")
        if about.invited:
            download(lambda: invited_file(about), f"{name}-invitations", key="event-invitations", label="Invitations")
        if about.attended:
            download(lambda: attendance_file(about), f"{name}-attendance", key="event-attendance", label="Attendance")
            ours = ask_records(our_name)[0]
            badge = ":material/workspace_premium:"
            _button("Certificates", lambda: _certificates(about, ours), f"{name}-certificates.pdf", PDF, badge)
            if not missing(about) and any(each.credits_claimed for each in about.attended):
                _button("Credit certificates", lambda: _credit(about, ours), f"{name}-credit.pdf", PDF, badge)
    if about.attended and carries_credit(about) and (lacking := missing(about)):
        parts.note(f"No credit certificates. Missing: {'; '.join(lacking)}.")
    elif about.attended and carries_credit(about) and not any(each.credits_claimed for each in about.attended):
        parts.note("No credit certificates yet: nobody has claimed credit.")


def _button(label: str, make: Callable[[], bytes], file: str, kind: str, icon: str) -> None:
    key = f"event-{label.lower().replace(' ', '-')}"
    st.download_button(label, make, file, kind, key=key, on_click="ignore", type="tertiary", icon=icon)


def _calendar(about: EventFile) -> bytes:
    from liaison.reports.event_calendar import event_calendar  # only needed on a download

    return event_calendar(about, clock.now())


def _certificates(about: EventFile, ours: str) -> bytes:
    from liaison.reports.certificates import attendance_certificates

    return attendance_certificates(about, ours)


def _credit(about: EventFile, ours: str) -> bytes:
    from liaison.reports.certificates import credit_certificates

    return credit_certificates(about, ours)


def invited_file(about: EventFile) -> pd.DataFrame:
    """One row an invitation, with the code to print on it."""
    return pd.DataFrame([each.as_json() for each in about.invited]).assign(
        event=about.row.title, starts_at=about.row.starts_at, zone=about.row.zone
    )


def attendance_file(about: EventFile) -> pd.DataFrame:
    """One row a person, with what the CME office asks of the event."""
    kept = ("accredited_provider", "credit_maximum", "designated_on", "kind", "title", "starts_at", "zone")
    event = {name: about.record[name] for name in kept} | {"event_minutes": about.record["minutes"]}
    return pd.DataFrame([each.as_json() for each in about.attended]).assign(**event)
