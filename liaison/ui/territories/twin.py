"""The map's twin: the same places as a table, in the same order, with the same pick."""

from functools import partial

from liaison.metrics.filters import Filters
from liaison.ui import parts
from liaison.ui.ask import version
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.ui.territories import view
from liaison.ui.territories.asked import listing
from liaison.ui.territories.view import View

ONE = {"county": "County", "zip": "ZIP", "territory": "Territory", "practice": "Practice"}
ROWS, ROWS_ON_PHONE = 9, 6


def columns(now: View) -> dict[str, Col]:
    """The columns that fit beside the map at 1280 px."""
    small = phone()
    label = Col(ONE[now.by], 150 if small else 162)
    shown = {"label": label}
    if not small:
        shown["referrals"] = Col("Referrals", 76, "count")
    shown["numerator"] = Col("Lost", 56, "count")
    if now.colour == "unknown":
        return shown | {"unknown": Col("Unknown", 96, "share", "gray")}
    return shown | {"value": Col("Leakage", 96, "share", "orange")}


def show(asked: Filters, now: View) -> None:
    """The table; a tick picks on the map too."""
    listed = listing(asked, now.by, now.within)
    pick = "tick those to add up" if now.several else "pick one to find it on the map"
    parts.picture("The same, as a table", f"By referrals lost; {pick}.")
    places = {key: place for place, key in enumerate(listed.keys)}
    key = now.key("twin")
    table(
        listed.rows,
        columns(now),
        key=key,
        alt=f"{view.BY[now.by]} by referrals lost, with the figures of the map",
        most=ROWS_ON_PHONE if phone() else ROWS,
        pick=True,
        first=[places[k] for k in now.picked],
        version=version(asked, "twin", now.by, now.within),
        on_pick=partial(view.from_table, key, listed.keys),
        several=now.several,
    )
