"""The papers of the page: source, definitions, and the rows behind it as files."""

from functools import partial

import pandas as pd

from liaison.ui import papers, picks
from liaison.ui.leakage import heat
from liaison.ui.leakage.asked import Grid
from liaison.ui.leakage.behind import Senders
from liaison.ui.tables import download
from liaison.ui.trends import source


def show(found: Grid, who: Senders | None, pick: picks.Pick) -> None:
    """Source, vintage, coverage; the definitions; cells and practices as files."""
    from liaison.metrics.definitions.come_home import could_come_home
    from liaison.metrics.definitions.leakage import leakage

    total, metrics = found.total, (leakage, could_come_home)
    with papers.footer(source(total), metrics, "leakage", counted=[total.papers()], notes=found.notes) as sentences:
        download(partial(cells_file, found), f"leakage-{found.view.id}", key="cells", papers=sentences)
        if who is not None and not who.rows.empty:
            more = [*(who.home.notes if who.home else ()), f"Cell: {heat.name_of(found, pick)}."]
            download(
                partial(practices_file, who),
                "leakage-practices",
                key="practices",
                label="Download practices",
                papers=[*sentences, who.practices.total.papers(), *more],
            )


def cells_file(found: Grid) -> pd.DataFrame:
    """The cells as a file: one row a cell, each with its window and vintage."""
    cells = found.cells
    rows = pd.DataFrame(
        {
            found.view.rows: cells["row"],
            found.view.columns: cells["line"],
            "out_of_network": cells["numerator"],
            "known_destination": cells["denominator"],
            "unknown_destination": cells["unknown"],
            "share" if found.view.shares else "leakage": cells["value"],
            "suppressed": cells["suppressed"],
            "definition": found.by_column.total.definition,
        }
    )
    return papers.dated(rows, found.total.window, found.total.vintage)


def practices_file(who: Senders) -> pd.DataFrame:
    """The practices as a file; what could come home only where it was counted."""
    rows, total = who.rows, who.practices.total
    counts = {"could_come_home": rows["could"], "main_line": rows["line"]} if who.home else {}
    file = pd.DataFrame(
        {
            "practice_id": rows["key"],
            "practice": rows["label"],
            "town": rows["town"],
            **counts,
            "out_of_network": rows["numerator"],
            "known_destination": rows["denominator"],
            "leakage": rows["value"],
            "suppressed": rows["suppressed"],
        }
    )
    return papers.dated(file, total.window, total.vintage)
