"""Where it is stuck: by line, payer, destination or practice; a row opens its list."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.share_intervals import share_intervals
from liaison.metrics.filters import Filters
from liaison.metrics.findings.funnel import WAITS as WAITS_FOR
from liaison.metrics.findings.funnel import what_is_stuck_most
from liaison.metrics.stuck_by import By
from liaison.ui import charts as drawn
from liaison.ui import entries, links, lists, options, papers, parts, picks, rows, states
from liaison.ui.ask import ask, version
from liaison.ui.funnel import problems
from liaison.ui.funnel.asked import Where, where
from liaison.ui.funnel.picture import ALL, PARAM, WAITS
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import NONE, Stage

BYS: dict[By, str] = {
    "service_line": "By service line",
    "payer": "By payer",
    "organisation": "By destination",
    "practice": "By practice",
}
OPENS = {"practice": (entries.PRACTICE, "practice"), "organisation": (entries.ORGANISATIONS, "organisation")}
ROW, BY = "row", "by"
DRAWN = 12
OPEN, SHARE, CREATED = (
    "Open referrals, in this stage or in any.",
    "Stuck of open; empty below 11 open referrals.",
    "All referrals created in these months, whatever became of them.",
)
COLUMNS = {
    "stuck": Col("Stuck", 66, "count"),
    "open": Col("Open", 66, "count", help=OPEN),
    "share": Col("Stuck of open", 120, "share", help=SHARE),
    "range": Col("95% interval", 104),
    "created": Col("Created", 80, "count", help=CREATED),
}
ON_PHONE = {"stuck": Col("Stuck", 64, "count"), "share": Col("Of open", 100, "share", help=SHARE)}


def show(asked: Filters, stage: str) -> None:
    """The choice of rows and stage, the table to pick from, its picture, and the list of referrals."""
    with st.container(horizontal=True, vertical_alignment="center", key="stuck-head"):
        chosen_by = options.buttons(BY, "Rows", {str(name): label for name, label in BYS.items()}, "service_line")
        stages = {ALL: "Waiting in any stage"} | {s: f"Waiting {WAITS_FOR[Stage(s)]}" for s in WAITS}
        options.field(PARAM, "Stage", stages, ALL, label_visibility="collapsed", width=270)
    by = next(name for name in BYS if name == chosen_by)
    one = None if stage == ALL else stage
    found: Where = ask(where, asked, by=by, stage=one)
    if found.rows.empty:
        states.off("Nothing is open here", "No referral of these months is open in this stage.")
        return
    data = version(asked, "stuck", by, one)
    chosen = picks.selection("stuck", {ROW: ""}, lambda p: p[ROW] in found.ids, data)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        row = _table(found, by, chosen, data)
    with right:
        _picture(found, by, data)
    _papers(found, by)
    _listed(found, asked, by, one, row)


def _papers(found: Where, by: By) -> None:
    """What the shares are made of, and the rows as a file."""
    from liaison.metrics.definitions.stuck import stuck as stuck_referrals
    from liaison.metrics.definitions.stuck import stuck_share

    total = found.found.total
    with papers.footer(total.papers(), (stuck_referrals, stuck_share), "stuck", counted=[total.papers()]) as sentences:
        download(partial(file, found), f"stuck-by-{by.replace('_', '-')}", key="stuck", papers=sentences)


def file(found: Where) -> pd.DataFrame:
    """The rows as a file, each with its window and vintage."""
    names = ["key", "label", "stuck", "open", "share", "low", "high", "created", "too_few", "suppressed"]
    rows = found.rows[names].rename(columns={"label": found.found.by})
    return papers.dated(rows, found.found.total.window, found.found.vintage)


def _table(found: Where, by: By, chosen: picks.Selection, data: object) -> str:
    """The rows, most stuck first; the id of the one that is picked, "" for none."""
    waits = f"Open referrals created from {_from(found)} on, most stuck first. Pick one to list its referrals."
    parts.picture(
        (what_is_stuck_most(found.found) or f"Where referrals are stuck, {BYS[by].lower()}").rstrip("."), waits
    )
    title = BYS[by].removeprefix("By ").capitalize()
    ids = found.ids
    name = {"label": Col(title, 150 if phone() else 190)}
    place = table(
        found.rows,
        name | (ON_PHONE if phone() else COLUMNS),
        key=f"{chosen.key}-table",
        alt=f"Stuck and open referrals {BYS[by].lower()}",
        most=DRAWN,
        pick=True,
        first=ids.index(chosen.begun_with[ROW]) if chosen.begun_with[ROW] in ids else None,
        version=str(data),
    )
    if by == "practice":
        lists.remember("stuck", [i for i in ids if i != NONE], "Practices by stuck referrals")
    if place is None:
        return _none(chosen)
    return picks.follow(chosen, {ROW: ids[place]})[ROW]


def _none(chosen: picks.Selection) -> str:
    """Nothing is picked any more: the URL says nothing of a row either."""
    if chosen.now[ROW]:
        picks.follow(chosen, {ROW: ""})
        picks.forget({ROW: ""})
    return ""


def _from(found: Where) -> str:
    window = found.found.total.window
    return str(window).split(" to ", maxsplit=1)[0] if window else "the beginning"


def _picture(found: Where, by: By, data: object) -> None:
    few = found.few
    said = "Share of open referrals that are stuck, with its 95% interval."
    said += (
        f" {few:,} row{'' if few == 1 else 's'} with fewer than {found.found.too_few} open: too few to say."
        if few
        else ""
    )
    more = f" The first {DRAWN} of {len(found.rows):,}." if len(found.rows) > DRAWN else ""
    parts.picture("How sure the shares are", said + more)
    drawn.show(
        share_intervals,
        found.drawn,
        version=data,
        key=f"stuck-picture-{by}",
        alt="Shares of open referrals that are stuck, with intervals; the table beside it shows the same numbers",
        limit=DRAWN,
    )


def _listed(found: Where, asked: Filters, by: By, stage: str | None, row: str) -> None:
    """The stuck referrals by id, of the row that is picked or of all."""
    picked = found.rows[found.rows["id"] == row] if row else found.rows.iloc[0:0]
    name, count = "", found.found.total.numerator
    if len(picked):
        name, count = f"{picked['label'].iloc[0]}: ", picked["stuck"].iloc[0]
        asked = replace(asked, **{by: str(picked["key"].iloc[0])})
    at = "" if stage is None else f", waiting {WAITS_FOR[Stage(stage)]}"
    said = f"{name}stuck referrals{at}, one by one"
    parts.picture(said[0].upper() + said[1:], "By their ids, for those who act on them.")
    if row and row != NONE and by in OPENS:
        entry, param = OPENS[by]
        about = {"list": "stuck"} if by == "practice" else {}
        links.link(entry, f"Open {picked['label'].iloc[0]}", **{param: row}, **about)
    if row and row != NONE and by == "practice":
        problems.show(asked, row, stage)
    rows.show(asked, key="stuck", what="stuck", stage=stage, count=None if count is None else int(count))
