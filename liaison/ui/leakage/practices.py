"""Which practices sent them: by what could come home, each opening its own page."""

from collections.abc import Hashable
from datetime import date

import pandas as pd

from liaison.fieldwork.one_practice import last_touches
from liaison.metrics.come_home import BOUND, lines_seen_taken
from liaison.metrics.filters import Filters
from liaison.metrics.findings.come_home import first_to_see
from liaison.metrics.findings.leakage import concentration, not_observable
from liaison.ui import entries, links, lists, parts, picks, states
from liaison.ui.ask import ask, ask_records, audience, kept, version
from liaison.ui.leakage import heat
from liaison.ui.leakage.asked import Grid
from liaison.ui.leakage.behind import Senders, senders, taken
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import NONE, Audience

LIST = "leakage"
COLUMNS = {
    "label": Col("Practice", 250),
    "town": Col("Town", 130),
    "could": Col("Could come home", 130, "count", help=BOUND),
    "numerator": Col("Went out", 90, "count"),
    "line": Col("Main line", 140, help="The line in which most of what could come home went."),
    "value": Col("Leakage", 140, "share", "orange"),
    "months": Col("Lost by month", 140, "line", "orange"),
    "visit": Col("Last visit", 110, "date", help="The newest contact on record, by any channel."),
}
ON_PHONE = {
    "label": Col("Practice", 150),
    "could": Col("To win", 62, "count", help=BOUND),
    "visit": Col("Last visit", 96, "date"),
}
BY_CELL = ("label", "town", "numerator", "months", "visit")  # where a destination or a reason is cut to


def show(found: Grid, asked: Filters, pick: picks.Pick) -> Senders | None:
    """The practices of the cell that is picked, those with most to win first; None where they cannot be shown."""
    if audience() is not Audience.inside:
        return None
    cut = heat.cut(asked, found.view, pick)
    name = heat.name_of(found, pick)
    if cut.payer is not None or cut.priority is not None:
        states.off(
            "Which practices sent them is not shown here",
            "Practices are counted without payers and priorities. Take both away to see them.",
        )
        return None
    if cut.organisation is not None or cut.cause is not None:
        who = ask(senders, cut)
    else:
        who = ask(senders, cut, lines=_taken(found, asked, cut))
    parts.picture(_finding(who, name), _said(who, name))
    if who.rows.empty:
        states.off("No practice here", "No referral of this cell has a known destination.")
        return who
    _table(who, name, version(cut))
    if blind := not_observable(who.practices.rows, "practices"):
        parts.note(blind)
    return who


def _taken(found: Grid, asked: Filters, cut: Filters) -> frozenset[str]:
    """The lines that we take: where the picture shows it of every one of its lines, nothing more is asked."""
    lines, all_of_them = lines_seen_taken(found.lines)
    same_months = (cut.first, cut.last) == (asked.first, asked.last)
    return lines if all_of_them and same_months else ask(taken, Filters(cut.first, cut.last))


def _finding(who: Senders, name: str) -> str:
    said = first_to_see(who.home) if who.home else concentration(who.practices, "practices")
    return (said or f"{name}: the practices behind it").rstrip(".")


def _said(who: Senders, name: str) -> str:
    window = who.practices.window
    if who.home is None:
        return f"{name}: practices by referrals out of network, {window}."
    said = f"{name}: practices by what could come home, {window}: referrals that went out in lines that we take. "
    return said + BOUND


def _table(who: Senders, name: str, data: Hashable) -> None:
    visits, written = ask_records(last_touches)
    small = phone()
    mark = (data, small, written)
    rows, columns, ids = kept().get(("practices with visits", mark), lambda: _made(who, visits, small))
    lists.remember(LIST, [i for i in ids if i != NONE], f"Practices of {name}")
    place = table(
        rows,
        columns,
        # Another cell has other practices: what was picked by its place goes with it.
        key=f"practices-{hash(data) & 0xFFFFFFFF:x}",
        alt=f"Practices of {name}, those with most to win first",
        most=12,
        pick=True,
        version=mark,
    )
    if place is not None and ids[place] != NONE:
        links.link(entries.PRACTICE, f"Open {rows['label'].iloc[place]}", practice=ids[place], list=LIST)


def _made(who: Senders, visits: dict[str, str], small: bool) -> tuple[pd.DataFrame, dict[str, Col], list[str]]:
    """The rows with their last visits, the columns that say something, the ids in order."""
    last = [date.fromisoformat(visits[key]) if key in visits else None for key in who.rows["key"]]
    rows = who.rows.assign(visit=pd.Series(last, index=who.rows.index, dtype="object"))
    return rows, _columns(who, rows, small), rows["key"].tolist()


def _columns(who: Senders, rows: pd.DataFrame, small: bool) -> dict[str, Col]:
    if small:
        return ON_PHONE if who.home else {n: c for n, c in COLUMNS.items() if n in ("label", "numerator")}
    top = max((max(line) for line in rows["months"] if line), default=1)
    columns = COLUMNS | {"months": Col("Lost by month", 140, "line", "orange", top=float(top or 1))}
    gone = {"town"} if not rows["town"].any() else set()
    gone |= {"line"} if rows["line"].replace("", pd.NA).nunique() < 2 else set()  # the cell's own line
    gone |= set() if any(rows["months"].map(len)) else {"months"}
    if who.home is None:
        gone |= {name for name in columns if name not in BY_CELL}
    return {name: col for name, col in columns.items() if name not in gone}
