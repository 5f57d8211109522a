"""The papers of the page: source, definitions, and the rows behind it as files."""

from functools import partial

import pandas as pd

from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.ui import filters as global_filters
from liaison.ui import parts, picks
from liaison.ui.data.definitions import told
from liaison.ui.leakage import heat
from liaison.ui.leakage.asked import Grid
from liaison.ui.leakage.behind import Senders
from liaison.ui.tables import download
from liaison.ui.trends import source


def show(found: Grid, who: Senders | None, asked: Filters, pick: picks.Pick) -> None:
    """Source, vintage, coverage; the definitions; cells and practices as files."""
    from liaison.metrics.definitions.come_home import could_come_home
    from liaison.metrics.definitions.leakage import leakage

    said = f"{told(leakage)}\n\n{told(could_come_home)}\n\n{' '.join(found.notes)}"
    with parts.footer(source(found.total), said, "leakage"):
        papers = [
            f"Leakage: {leakage.says}",
            f"Filters: {global_filters.in_words()}.",
            found.total.papers(),
            *found.notes,
        ]
        download(partial(cells_file, found), f"leakage-{found.view.id}", key="cells", papers=papers)
        if who is not None and not who.rows.empty:
            cell = f"Cell: {heat.name_of(found, pick)}."
            more = [f"What could come home: {could_come_home.says}", *(who.home.notes if who.home else ()), cell]
            download(
                partial(practices_file, who),
                "leakage-practices",
                key="practices",
                label="Download practices",
                papers=[*more, *papers[:2], who.practices.total.papers()],
            )


def _papers(total: Figure) -> dict[str, object]:
    """Window and vintage, as columns of every row."""
    window = total.window.as_json() if total.window else {"from": None, "to": None}
    extract = total.vintage.isoformat() if total.vintage else None
    return {"from": window["from"], "to": window["to"], "extract_of": extract}


def cells_file(found: Grid) -> pd.DataFrame:
    """The cells as a file: one row a cell, each with its window and vintage."""
    cells = found.cells
    return pd.DataFrame(
        {
            found.view.rows: cells["row"],
            found.view.columns: cells["line"],
            "out_of_network": cells["numerator"],
            "known_destination": cells["denominator"],
            "unknown_destination": cells["unknown"],
            "share" if found.view.shares else "leakage": cells["value"],
            "suppressed": cells["suppressed"],
            **_papers(found.total),
            "definition": found.by_column.total.definition,
        }
    )


def practices_file(who: Senders) -> pd.DataFrame:
    """The practices as a file; what could come home only where it was counted."""
    rows = who.rows
    counts = {"could_come_home": rows["could"], "main_line": rows["line"]} if who.home else {}
    return pd.DataFrame(
        {
            "practice_id": rows["key"],
            "practice": rows["label"],
            "town": rows["town"],
            **counts,
            "out_of_network": rows["numerator"],
            "known_destination": rows["denominator"],
            "leakage": rows["value"],
            "suppressed": rows["suppressed"],
            **_papers(who.practices.total),
        }
    )
