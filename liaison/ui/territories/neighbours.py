"""What a territory would look like with the neighbours' ZIPs: tick those that border on it, see it with and without."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.metrics.filters import Filters
from liaison.metrics.ground import bordering
from liaison.metrics.places import PlaceCounts
from liaison.metrics.redrawn import Redrawn, Share, redrawn
from liaison.metrics.spots import zip_name
from liaison.ui import options, parts, states
from liaison.ui.ask import kept, version
from liaison.ui.style import phone
from liaison.ui.tables import Col, picked_rows, table
from liaison.ui.territories import view
from liaison.ui.territories.asked import counts, last_month, market, own, territories

WITH = "with"
BORDERS = {
    "label": Col("ZIP", 180),
    "now": Col("Now in", 170),
    "referrals": Col("Referrals", 84, "count"),
    "numerator": Col("Lost", 64, "count"),
    "value": Col("Leakage", 110, "share", "orange"),
}
ON_PHONE = {"label": 150, "numerator": 58, "value": 96}
OUTCOME = {
    "label": Col("Territory", 184),
    "practices": Col("Practices", 74, "count"),
    "referrals": Col("Referrals", 76, "count"),
    "numerator": Col("Lost", 58, "count"),
    "value": Col("Leakage", 96, "share", "orange"),
}


def show(asked: Filters) -> None:
    """Choose a territory, tick ZIPs, see the sums."""
    covers = territories(last_month(asked))
    names = {key: each.territory.name for key, each in covers.items() if each.zips}
    if not names or asked.territory:
        why = "Take the territory filter away: its neighbours are needed." if names else "Bring territories in first."
        states.off("No territory can be redrawn here", why)
        return
    of = options.field("of", "Territory", names, next(iter(names)), width=280)
    land, found = market(), counts(asked)
    key = version(asked, "bordering", of, own())
    near = kept().get(key, lambda: bordering(land, covers[of].zips))
    if not near:
        states.off("No ZIP borders on it", "Nothing of the market lies beside this territory.")
        return
    ticked = [code for code in st.query_params.get(WITH, "").split(",") if code in near]
    left, right = st.columns([11, 9], gap="medium")
    with left:
        rows = kept().get((key, "rows"), lambda: border_rows(found, near))
        _borders(rows, of, ticked, (key, "rows"))
    with right:
        what = kept().get((key, tuple(ticked)), lambda: redrawn(found, of, ticked))
        _outcome(what, ticked, sorted(covers[of].zips), (key, tuple(ticked)))


def _borders(rows: pd.DataFrame, of: str, ticked: Sequence[str], data: Hashable) -> None:
    parts.picture(f"{len(rows)} ZIPs border on it", "Tick those that it would take over. A corner is no border.")
    shown = {k: replace(BORDERS[k], width=w) for k, w in ON_PHONE.items()} if phone() else BORDERS
    held = st.session_state.setdefault("lz-borders", {"turn": 0})
    if held.get("now") != (of, tuple(ticked)):
        held |= {"turn": held["turn"] + 1, "now": (of, tuple(ticked))}
    key = f"borders-{of}-{held['turn']}"
    places = {code: place for place, code in enumerate(rows["key"])}
    table(
        rows,
        shown,
        key=key,
        alt="ZIPs that border on the territory",
        version=data,
        most=9,
        pick=True,
        several=True,
        first=[places[code] for code in ticked],
        on_pick=partial(_tick, key, tuple(rows["key"])),
    )


def border_rows(found: PlaceCounts, near: Sequence[str]) -> pd.DataFrame:
    """key, label, now, referrals, numerator, value of the ZIPs, most referrals lost first; 0 where nobody refers."""
    by_zip = {row.key: row.figure for row in found.by("zip").rows}
    whose: dict[str, str] = {}
    for row in found.rows:
        whose[row.zip] = found.label("territory", row.territory)
    rows = []
    for code in near:
        figure = by_zip.get(code)
        every = figure.coverage.of if figure and figure.coverage else 0
        lost = figure.numerator or 0 if figure else 0
        rows.append((code, zip_name(code), whose.get(code, ""), every, lost, figure.value if figure else None))
    frame = pd.DataFrame(rows, columns=["key", "label", "now", "referrals", "numerator", "value"])
    return frame.sort_values(["numerator", "referrals", "key"], ascending=[False, False, True], ignore_index=True)


def _tick(key: str, codes: tuple[str, ...]) -> None:
    ticked = [codes[place] for place in picked_rows(st.session_state[key], len(codes))]
    if ticked:
        st.query_params[WITH] = ",".join(ticked)
    else:
        st.query_params.pop(WITH, None)


def _outcome(what: Redrawn, ticked: Sequence[str], zips: Sequence[str], data: Hashable) -> None:
    count = f"{len(ticked)} ZIP{'' if len(ticked) == 1 else 's'}"
    more = what.added.figure.coverage.of if what.added.figure.coverage else 0
    finding = f"With {count} it would gain {more:,} referrals" if ticked else "Nothing is ticked: it is as it stands"
    parts.picture(
        finding, f"Added up over {what.today.figure.window}: what was counted, along other lines. No forecast."
    )
    rows = kept().get((data, "outcome"), lambda: outcome_rows(what))
    shown = {k: replace(OUTCOME[k], width=w) for k, w in ON_PHONE.items()} if phone() else OUTCOME
    table(rows, shown, key="redrawn", alt="The territory with and without the ZIPs ticked", most=9, version=data)
    if ticked:
        st.button(
            "Show it on the map",
            key="redrawn-map",
            icon=":material/map:",
            on_click=_on_map,
            args=((*zips, *ticked),),
        )


def outcome_rows(what: Redrawn) -> pd.DataFrame:
    """label, practices, referrals, numerator, value: today, what comes in, with it; then who gives it up."""
    listed: list[tuple[str, Share]] = [(f"{what.today.label} today", what.today)]
    if what.added.practices:
        listed += [("ZIPs added", what.added), (f"{what.redrawn.label} with them", what.redrawn)]
    for today, after in what.others:
        listed += [(f"{today.label} today", today), (f"{after.label} without", after)]
    rows = [
        (label, s.practices, s.figure.coverage.of if s.figure.coverage else 0, s.figure.numerator, s.figure.value)
        for label, s in listed
    ]
    return pd.DataFrame(rows, columns=["label", "practices", "referrals", "numerator", "value"])


def _on_map(zips: tuple[str, ...]) -> None:
    st.query_params["by"] = "zip"
    view.choose(zips)
