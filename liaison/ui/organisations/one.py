"""The page of one organisation, its parts in order, and what can be taken away of it."""

from dataclasses import replace
from functools import partial

import pandas as pd

from liaison.metrics.filters import Filters
from liaison.ui import papers, parts, states
from liaison.ui import rows as referral_rows
from liaison.ui.ask import ask
from liaison.ui.organisations import asked, choice, far, head, since, whom
from liaison.ui.organisations.asked import One, Senders
from liaison.ui.tables import download
from liaison.ui.trends import source


def show(question: Filters, key: str) -> None:
    """What it takes, from whom, since when, why; behind a pick the practices and their distance."""
    found = ask(asked.one, question, key=key)
    if found is None or not found.found.months:
        parts.head(ask(asked.names, Filters())[key], "No referral matches these filters")
        choice.pick(key)
        states.no_match(key="clear-filters")
        return
    head.show(found, key)
    pick = whom.show(found, question, key)
    since.show(found, question, key)
    behind = far.show(found, question, key, pick)
    referral_rows.show(replace(question, organisation=key), key="organisation")
    _footer(found, behind)


def _footer(found: One, behind: Senders | None) -> None:
    from liaison.metrics.definitions.organisations import distance_to_organisation, taken_share

    one, metrics = found.found, (taken_share, distance_to_organisation)
    counted = [f"{one.who.label}.", one.share.papers()]
    with papers.footer(source(one.share), metrics, "organisation", counted=counted, notes=one.notes) as sentences:
        cells = partial(cells_file, found)
        download(cells, "organisation-by-group-and-line", key="cells", papers=sentences)
        if behind is not None and len(behind.rows):
            rows = partial(practices_file, found, behind)
            more = [*sentences, behind.found.places.says(one.who.label)]
            download(rows, "organisation-practices", key="practices", papers=more, label="Download practices")


def cells_file(found: One) -> pd.DataFrame:
    """The cells of the heat map, each with its window and vintage."""
    cells = found.cells
    rows = pd.DataFrame(
        {
            "organisation": found.found.who.label,
            "practice_group": cells["row"],
            "service_line": cells["line"],
            "went_there": cells["numerator"],
            "known_destination": cells["denominator"],
            "unknown_destination": cells["unknown"],
            "share": cells["value"],
        }
    )
    return papers.dated(rows, found.found.window, found.found.vintage)


def practices_file(found: One, behind: Senders) -> pd.DataFrame:
    """The practices behind it, each with its miles, window and vintage."""
    rows = behind.rows.rename(
        columns={
            "key": "practice_id",
            "label": "practice",
            "taken": "went_there",
            "known": "known_destination",
            "value": "share",
            "beside": "left_network" if behind.found.who.ours else "came_to_us",
            "miles": "straight_line_miles",
            "miles_beside": "straight_line_miles_to_us",
        }
    )
    return papers.dated(rows, found.found.window, found.found.vintage)
