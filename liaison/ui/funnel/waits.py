"""Share seen by days to the appointment: what goes together, not what causes what."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.share_intervals import share_intervals
from liaison.metrics.appointments import Appointments
from liaison.metrics.filters import Filters
from liaison.metrics.findings.funnel import late_appointments
from liaison.ui import charts as drawn
from liaison.ui import papers, parts, states
from liaison.ui.ask import ask, version
from liaison.ui.funnel.asked import Waits, waits
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

PUBLISHED = (
    "For comparison: among 20,466 paediatric referrals the odds of attending were 0.48 with a slot 8 to 14 days out "
    "instead of within 7 (peer-reviewed; another market, and an association there too)."
)
COLUMNS = {
    "label": Col("Days to the appointment", 170),
    "seen": Col("Seen", 76, "count"),
    "appointments": Col("Appointments", 112, "count"),
    "share": Col("Share seen", 150, "share"),
}
ON_PHONE = {"label": Col("Days", 120), "appointments": Col("n", 70, "count"), "share": Col("Seen", 120, "share")}


def show(asked: Filters) -> None:
    """Bands of days with their shares and intervals."""
    what: Waits = ask(waits, asked)
    found, rows = what.found, what.rows
    if not found.total.denominator:
        states.off("No appointment to look at", "No referral of these months has an appointment that has passed.")
        return
    data = version(asked, "appointments")
    finding = (late_appointments(found) or "Share seen by days to the appointment").rstrip(".")
    parts.picture(finding, "An association, not a cause: patients with late dates differ from those with early ones.")
    left, right = st.columns([11, 9], gap="medium")
    with left:
        drawn.show(
            share_intervals,
            what.drawn,
            version=data,
            key="appointments-picture",
            alt="Share seen by days to the appointment, with intervals; the table beside it shows the same numbers",
        )
    with right:
        columns = ON_PHONE if phone() else COLUMNS
        table(rows, columns, key="appointments", alt="Share seen by days to the appointment", version=data)
    parts.note(PUBLISHED)
    _papers(found, rows)


def _papers(found: Appointments, rows: pd.DataFrame) -> None:
    from liaison.metrics.definitions.appointments import seen_by_wait

    counted = found.total.papers()
    with papers.footer(counted, [seen_by_wait], "appointments", counted=[counted]) as sentences:
        dated = partial(papers.dated, rows, found.window, found.vintage)
        download(dated, "seen-by-days", key="appointments", papers=sentences)
