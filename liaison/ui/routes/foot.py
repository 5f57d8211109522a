"""The papers of a plan: what was assumed, where drive times are from, who was kept out; the plan as a file."""

from collections import Counter

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from liaison.planning.problem import at_clock, in_minutes
from liaison.planning.stored.logged import logged_drives
from liaison.planning.stored.plans import StoredPlan
from liaison.planning.timing import BY_HAND
from liaison.ui import homes, parts
from liaison.ui.ask import ask_records
from liaison.ui.next_visits.run import day as day_of
from liaison.ui.routes import left, subscribe
from liaison.ui.routes.asked import View, name_of, places
from liaison.ui.tables import download

DEFINITION = (
    "**Value.** What the list of next visits expects of one more visit, in referrals, by how due it is: nothing "
    "before half of the wished time between visits has passed, all of it at its end, at most half as much again later "
    "or where nobody was ever there. A plan has the most value less driving; what was accepted or pinned in the list, "
    "and what was agreed, comes first.\n\n"
    "**Left out.** What could be seen this week but is on no day, with the cheapest exchange at one place of one "
    "day.\n\n"
    "**Improve** searches on from the plan as it stands; pins, agreed times and locked days stay. **Fill gaps** puts "
    "in what fits, at once.\n\n"
)


def show(view: View, plan: StoredPlan) -> None:
    """One line of source, the definition with all that was assumed, the download."""
    said = plan.papers
    assumed = " ".join(str(said.get(name, "")) for name in ("hours", "minutes", "price", "travel"))
    with parts.footer(source(plan), f"{DEFINITION}**Assumed.** {assumed} {drives()}\n\n{kept_out(plan)}", "routes"):
        told = [source(plan), assumed, *DEFINITION.replace("**", "").split("\n\n"), kept_out(plan).replace("**", "")]
        name = f"route-{view.worker.person_id}-{view.week}"
        st.download_button(
            "Calendar",
            lambda: calendar_of(view, plan),
            f"{name}.ics",
            "text/calendar",
            key="route-ics",
            on_click="ignore",
            type="tertiary",
            icon=":material/calendar_month:",
        )
        if view.day is not None and plan.of(view.day):
            st.download_button(
                "Day sheet",
                lambda: sheet_of(view, plan),
                f"day-{view.worker.person_id}-{view.day}.pdf",
                "application/pdf",
                key="route-pdf",
                on_click="ignore",
                type="tertiary",
                icon=":material/print:",
            )
        subscribe.show(view.worker)
        download(lambda: file_of(view, plan), name, key="route", papers=told)


def calendar_of(view: View, plan: StoredPlan) -> bytes:
    """The week for a calendar; imported again after a change it updates the same entries."""
    from liaison.reports.route_calendar import route_calendar  # only needed on a download

    return route_calendar([plan], places(plan), f"Visits of {view.worker.name}")


def sheet_of(view: View, plan: StoredPlan) -> bytes:
    """The day on paper, as it is needed at the door."""
    from liaison.reports.day_sheet import day_sheet  # only needed on a download

    if view.day is None:
        raise ValueError("A sheet is of one day.")
    return day_sheet(homes.home(), plan, view.day, view.worker.now())


def drives() -> str:
    """What logged drives say of the estimate."""
    return str(ask_records(_drives)[0])


def _drives(connection: Connection) -> str:
    return logged_drives(connection, homes.home().settings).says


def source(plan: StoredPlan) -> str:
    """'Found by ... · revision 3 · changed 1 Dec 2026 · values by the list for Nov 2026'."""
    found = "Order by hand" if plan.solver == BY_HAND else f"Found by {plan.solver}"
    return (
        f"{found} \u00b7 revision {plan.revision:,} \u00b7 changed {day_of(plan.changed_at)} "
        f"\u00b7 {plan.papers.get('list', '')} {plan.papers.get('travel', '')}"
    )


def kept_out(plan: StoredPlan) -> str:
    """How many were not even thought of, by reason."""
    out: dict[str, str] = dict(plan.papers.get("kept_out", {}))
    if not out:
        return "**Kept out.** Nobody."
    kinds = Counter(why.split(":")[0] for why in out.values())
    told = "; ".join(f"{many:,} {why}" for why, many in kinds.most_common())
    return f"**Kept out.** {len(out):,} of the panel: {told}."


def file_of(view: View, plan: StoredPlan) -> pd.DataFrame:
    """One row a stop of the week in its order, then what is left out."""
    lie = places(plan)
    rows: list[dict[str, object]] = [
        {
            "date": stop.date,
            "order": number,
            "practice_id": stop.practice_id,
            "practice": name_of(stop.practice_id),
            "address": lie[stop.practice_id].address if stop.practice_id in lie else "",
            "arrive": at_clock(stop.arrive),
            "leave": at_clock(stop.depart),
            "drive_minutes": in_minutes(stop.drive),
            "purpose": stop.purpose,
            "state": stop.state,
            "value": stop.value,
        }
        for day in plan.days
        for number, stop in enumerate(plan.of(day.date), start=1)
    ]
    rows += [
        {
            "practice_id": one.practice_id,
            "practice": name_of(one.practice_id),
            "value": one.value,
            "left_out": left.words(one),
        }
        for one in plan.left_out
    ]
    columns = [
        *("date", "order", "practice_id", "practice", "address", "arrive", "leave", "drive_minutes", "purpose"),
        *("state", "value", "left_out"),
    ]
    return pd.DataFrame(rows, columns=columns).assign(
        liaison=view.worker.name, week=plan.week.isoformat(), zone=plan.zone, revision=plan.revision
    )
