"""The papers of the page, and its views below the picture."""

from functools import partial

import pandas as pd

from liaison.metrics.figure import date_words
from liaison.metrics.filters import Filters
from liaison.ui import options, papers
from liaison.ui.funnel import compared, stuck, waits
from liaison.ui.funnel.asked import Shape
from liaison.ui.tables import download

VIEWS = {"stuck": "Where it is stuck", "change": "Two windows", "wait": "Days to the appointment"}


def views(asked: Filters, stage: str) -> None:
    """One of the views at a time: the URL says which."""
    view = options.buttons("view", "What to look at", VIEWS, "stuck")
    if view == "change":
        compared.show(asked)
    elif view == "wait":
        waits.show(asked)
    else:
        stuck.show(asked, stage)


def show(found: Shape) -> None:
    """Source, window, coverage; the definitions; stages and exits as a file."""
    from liaison.metrics.definitions.funnel import funnel, time_in_stage

    f = found.found
    said = [f"Extract of {date_words(f.vintage)}" if f.vintage else "", str(f.window or ""), str(f.coverage or "")]
    source = " \u00b7 ".join(part for part in said if part)
    with papers.footer(source, (funnel, time_in_stage), "funnel", counted=[source]) as sentences:
        download(partial(file, found), "funnel", key="funnel", papers=sentences)


def file(found: Shape) -> pd.DataFrame:
    """Stages, then exits by the stage that they left from; each row with its window and vintage."""
    stages = found.stages.drop(columns=["key"]).assign(exit=None)
    exits = found.exits.rename(columns={"count": "left"}).drop(columns=["role"])
    rows = pd.concat([stages, exits.assign(suppressed=exits["suppressed"].astype(bool))], ignore_index=True)
    names = ["stage", "exit", "reached", "open", "left", "share", "median_days", "p90_days", "suppressed"]
    return papers.dated(rows.reindex(columns=names), found.found.window, found.found.vintage)
