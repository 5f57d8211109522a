"""The papers of the board, and the board as a file."""

import pandas as pd

from liaison.planning.problem import in_minutes
from liaison.ui import parts
from liaison.ui.tables import download
from liaison.ui.week.asked import Team

SOURCE = "Plans as they stand in the store; a change in Routes is here on the next look."
DEFINITION = (
    "**Stops, minutes.** What is planned or was seen: minutes at practices by the purpose of each visit, and minutes "
    "of driving as the plan has them.\n\n"
    "**Could be seen.** Planned, or left out although it is due, allowed and in the liaison's charge: what Routes "
    "calls left out. Practices that are not due are in neither number.\n\n"
    "**Value.** Expected referrals of a visit by the list of next visits, by how due it is; left out: of what could be "
    "seen and is on no day.\n\n"
    "**Planned by two.** A practice on the plans of two people in the same week.\n\n"
)


def show(team: Team) -> None:
    """Source, definition, download."""
    with parts.footer(SOURCE, DEFINITION, "week"):
        papers = [SOURCE, *DEFINITION.replace("**", "").strip().split("\n\n")]
        download(lambda: file_of(team), f"week-{team.board.week}", key="week", papers=papers)


def file_of(team: Team) -> pd.DataFrame:
    """One row a liaison and day."""
    rows = [
        {
            "liaison": team.name(row.person_id),
            "date": day.date,
            "stops": day.stops,
            "minutes_at_practices": in_minutes(day.working),
            "minutes_driving": in_minutes(day.driving),
            "off": day.off or not day.works,
            "locked": day.locked,
            "planned": row.planned,
            "cannot_be_kept": "; ".join(day.conflicts),
        }
        for row in team.board.rows
        for day in row.days
        if day.date in team.board.dates
    ]
    return pd.DataFrame(rows)
