"""The map's twin chart: practices by what they refer and what of it is lost; a rectangle picks a set."""

from functools import partial

from liaison.charts.practice_scatter import practice_scatter, scatter_rows
from liaison.metrics.filters import Filters
from liaison.ui import charts, parts
from liaison.ui.ask import kept, version
from liaison.ui.style import phone, tokens
from liaison.ui.territories import view
from liaison.ui.territories.asked import listing
from liaison.ui.territories.view import View


def show(asked: Filters, now: View) -> None:
    """The chart; it is drawn anew when something else than its rectangle picks."""
    within = now.within if now.by == "practice" else None
    places = listing(asked, "practice", within).places
    parts.picture(
        "Who refers much and loses much lies top right",
        "Practices by referrals with a known destination and the share that went out of network. "
        + ("Tick practices in the table" if phone() else "Drag a rectangle, or tick them in the table,")
        + " to add them up.",
    )
    picked = frozenset(now.picked) if now.by == "practice" else frozenset()
    t = tokens()
    name = version(asked, "scatter", within, picked)
    rows = kept().get((name, t.name), lambda: scatter_rows(places, t, picked))
    if rows.empty:
        parts.note("No practice here has a referral with a known destination.")
        return
    key = now.key("scatter")
    charts.brush(
        practice_scatter,
        rows,
        version=name,
        key=key,
        alt="Practices by referrals and share lost; the table of practices holds the same figures",
        on_brush=partial(view.from_box, key),
        box=now.box,
    )
