"""Behind a cell: which practices, to whom, why."""

from collections.abc import Hashable
from functools import partial

import pandas as pd
import streamlit as st

from liaison import charts
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import concentration, largest_loss, not_observable
from liaison.ui import charts as drawn
from liaison.ui import parts, picks, states
from liaison.ui.ask import ask, version
from liaison.ui.data.definitions import told
from liaison.ui.leakage import heat
from liaison.ui.leakage.asked import Behind, Grid, behind
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.ui.trends import source

PRACTICES = {
    "label": Col("Practice", 222),
    "town": Col("Town", 112),
    "numerator": Col("Lost", 64, "count"),
    "value": Col("Leakage", 120, "share", "orange"),
    "months": Col("By month", 110, "line", "orange"),
}
ON_PHONE = {
    "label": Col("Practice", 190),
    "numerator": Col("Lost", 60, "count"),
    "value": Col("Leakage", 96, "share", "orange"),
}
TO_ON_PHONE = {
    "label": Col("Destination", 180),
    "numerator": Col("Lost", 60, "count"),
    "share": Col("Share", 110, "share", "orange"),
}
DESTINATIONS = {
    "label": Col("Destination", 170),
    "numerator": Col("Referrals", 76, "count"),
    "share": Col("Share", 90, "share", "orange"),
    "reason": Col("Reason given most", 200),
}


def show(found: Grid, asked: Filters, pick: picks.Pick) -> Behind:
    """The two columns under the picture, for the cell that is picked."""
    cut = heat.cut(asked, pick)
    what = ask(behind, cut)
    name = heat.name_of(found, pick)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        _practices(what, name, version(cut))
    with right:
        _destinations(what, name, version(cut))
        _causes(what, asked, pick)
    return what


def _practices(what: Behind, name: str, data: Hashable) -> None:
    lost = concentration(what.practices, "practices")
    parts.picture(
        lost.rstrip(".") if lost else f"{name}: the practices behind it",
        f"{name}: practices by referrals lost, {what.total.window}.",
    )
    rows = what.practice_rows
    if rows.empty:
        states.off("No practice here", "No referral of this cell has a known destination.")
        return
    top = max((max(line) for line in rows["months"] if line), default=1)
    columns = PRACTICES | {"months": Col("By month", 110, "line", "orange", top=float(top or 1))}
    if not rows["town"].any():
        del columns["town"]
    table(
        rows,
        ON_PHONE if phone() else columns,
        key="practices",
        alt=f"Practices that lose referrals: {name}",
        most=9,
        version=data,
    )
    if blind := not_observable(what.practices.rows, "practices"):
        parts.note(blind)


def _destinations(what: Behind, name: str, data: Hashable) -> None:
    parts.picture(
        (largest_loss(what.organisations) or f"{name}: where they go").rstrip("."),
        f"{name}: referrals out of network by destination, with the reason given most often.",
    )
    if what.destination_rows.empty:
        states.off("Nothing went out of network", "Every referral of this cell with a known destination stayed.")
        return
    columns = TO_ON_PHONE if phone() else DESTINATIONS
    table(
        what.destination_rows, columns, key="destinations", alt=f"Where referrals of {name} went", most=6, version=data
    )


def _causes(what: Behind, asked: Filters, pick: picks.Pick) -> None:
    if what.cause_rows.empty:
        return
    parts.picture("Why they go", "Referrals out of network by the reason recorded.")
    drawn.show(
        charts.cause_bars,
        what.cause_rows,
        version=heat.picture_version(asked, pick),
        key="causes",
        alt="Referrals out of network by reason; the reason given most stands beside each destination above",
        limit=6,
    )


def footer(found: Grid, what: Behind, asked: Filters, pick: picks.Pick) -> None:
    """Source, vintage, coverage; the definition; the rows behind the page as files."""
    from liaison.metrics.definitions.leakage import leakage

    with parts.footer(source(found.total), f"{told(leakage)}\n\n{' '.join(found.notes)}", "leakage"):
        papers = _papers(found.total, found.notes, leakage.says)
        download(partial(cells_file, found), "leakage-by-group-and-line", key="cells", papers=papers)


def _papers(total: Figure, notes: tuple[str, ...], says: str) -> list[str]:
    from liaison.ui import filters

    return [f"Leakage: {says}", f"Filters: {filters.in_words()}.", total.papers(), *notes]


def cells_file(found: Grid) -> pd.DataFrame:
    """The cells as a file: one row a group and line, each with its window and vintage."""
    cells, total = found.cells, found.total
    window = total.window.as_json() if total.window else {"from": None, "to": None}
    return pd.DataFrame(
        {
            "practice_group": cells["row"],
            "service_line": cells["line"],
            "out_of_network": cells["numerator"],
            "known_destination": cells["denominator"],
            "unknown_destination": cells["unknown"],
            "leakage": cells["value"],
            "suppressed": cells["suppressed"],
            "from": window["from"],
            "to": window["to"],
            "extract_of": total.vintage.isoformat() if total.vintage else None,
            "definition": total.definition,
        }
    )
