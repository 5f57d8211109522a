"""Whose day or week it is: both choices live in the URL."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from liaison.planning.stored.plans import monday
from liaison.planning.stored.words import day_words
from liaison.ui import options
from liaison.ui.routes.asked import View, Worker
from liaison.ui.style import phone

LIAISON, DAY = "liaison", "day"
WEEK = "week-"
WIDE = 200


def view(workers: Mapping[str, Worker]) -> View | None:
    """What the URL says, else the first liaison's next working day; None where nobody works."""
    worker = workers[options.now(LIAISON, dict.fromkeys(workers, ""), next(iter(workers)))]
    first = worker.first_day()
    if first is None:
        return None
    chosen = options.now(DAY, days(worker), first.isoformat())
    if chosen.startswith(WEEK):
        return View(worker, date.fromisoformat(chosen.removeprefix(WEEK)), None)
    day = date.fromisoformat(chosen)
    return View(worker, monday(day), day)


def show(workers: Mapping[str, Worker], now: View) -> None:
    """Two fields."""
    names = {id_: worker.name for id_, worker in workers.items()}
    first = now.worker.first_day() or now.week
    width = "stretch" if phone() else WIDE
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="route-controls"):
        options.field(
            LIAISON, "Liaison", names, next(iter(names)), width=width, label_visibility="collapsed", drops=(DAY,)
        )
        options.field(
            DAY, "Day or week", days(now.worker), first.isoformat(), width=width, label_visibility="collapsed"
        )


def days(worker: Worker) -> dict[str, str]:
    """Each week, then its working days that are still to come."""
    found: dict[str, str] = {}
    today = worker.now().date()
    for day in worker.dates():
        week = f"{WEEK}{monday(day).isoformat()}"
        if week not in found:
            found[week] = f"Week of {day_words(monday(day))}"
        near = {today: "Today, ", today + timedelta(days=1): "Tomorrow, "}
        found[day.isoformat()] = f"{near.get(day, '')}{day_words(day)}"
    return found
