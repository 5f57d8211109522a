"""The order of the page's parts: are we enough, the goals of the year, what is assumed."""

import pandas as pd

from liaison.planning.staffing import Staffing
from liaison.ui import parts
from liaison.ui.staffing import enough, goals
from liaison.ui.tables import download

DEFINITION = (
    "**Enough.** Visits needed: as often as practices' records wish. Available: working hours, less what is not spent "
    "in the field, over minutes of a visit with its driving. Visits are made where they bring most until time is out. "
    "This is arithmetic over the list of next visits, not a forecast: it takes each visit as worth what the next one "
    "is, up to a visit's peak in all twelve months.\n\n"
    "**Goals.** To date: complete months of the year, by where a practice lies now. Expected: with the stored "
    "forecasts of the months that are left, in an 80% interval; practices vary each for itself, months of one "
    "together, and what moves the whole market is not in it. Forecasts reach three months: before that it is too early "
    "to say.\n\n"
)


def show() -> None:
    """The page."""
    now = enough.show()
    goals.show()
    if now is not None:
        _foot(now)


def _foot(now: Staffing) -> None:
    said = " ".join(now.assumed.says)
    with parts.footer(now.assumed.says[-2], f"{DEFINITION}**Assumed.** {said}", "staffing"):
        papers = [*DEFINITION.replace("**", "").strip().split("\n\n"), *now.assumed.says]
        download(lambda: pd.DataFrame(now.as_json()["levels"]), "staffing", key="staffing", papers=papers)
