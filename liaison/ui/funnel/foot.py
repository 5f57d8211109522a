"""The papers of the page, and its views below the picture."""

from functools import partial

import pandas as pd

from liaison.metrics.figure import date_words
from liaison.metrics.filters import Filters
from liaison.ui import filters, options, parts
from liaison.ui.data.definitions import told
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
    metrics = (funnel, time_in_stage)
    source = " \u00b7 ".join(part for part in said if part)
    with parts.footer(source, "\n\n".join(told(m) for m in metrics), "funnel"):
        papers = [*(f"{m.title}: {m.says}" for m in metrics), f"Filters: {filters.in_words()}.", source]
        download(partial(file, found), "funnel", key="funnel", papers=papers)


def file(found: Shape) -> pd.DataFrame:
    """Stages, then exits by the stage that they left from; each row with its window and vintage."""
    stages = found.stages.drop(columns=["key"]).assign(exit=None)
    exits = found.exits.rename(columns={"count": "left"}).drop(columns=["role"])
    rows = pd.concat([stages, exits.assign(suppressed=exits["suppressed"].astype(bool))], ignore_index=True)
    window = found.found.window.as_json() if found.found.window else {"from": None, "to": None}
    dated = {"from": window["from"], "to": window["to"], "extract_of": str(found.found.vintage)}
    names = ["stage", "exit", "reached", "open", "left", "share", "median_days", "p90_days", "suppressed"]
    return rows.reindex(columns=names).assign(**dated)
