"""The map: our counties raised, areas by a metric or practices by loss, and what its sizes and colours stand for."""

from functools import partial

import streamlit as st

from liaison.charts.deck import CompactDeck
from liaison.charts.market_map import Scene, market_map, radius
from liaison.charts.place_metrics import PLACE_METRICS, sizes
from liaison.charts.words import whole
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import concentration
from liaison.ui import maps, options, parts
from liaison.ui.ask import kept, version
from liaison.ui.maps import Legend
from liaison.ui.style import phone, tokens
from liaison.ui.territories import outlines, view
from liaison.ui.territories.asked import listing, market, own, scene, team
from liaison.ui.territories.view import COLOURS, View

HIGH, HIGH_ON_PHONE = 500, 300
WIDE, WIDE_ON_PHONE = 860, 350
NOUN = {"county": "counties", "zip": "ZIPs", "territory": "territories", "practice": "practices"}


def controls(asked: Filters, now: View, covered: bool) -> None:
    """What is listed and coloured, and whether several may be picked."""
    with st.container(horizontal=True, vertical_alignment="center", key="map-controls", gap="small"):
        options.buttons("by", "What is listed", view.kinds(covered), view.FIRST)
        options.field("colour", "Colour", COLOURS, view.COLOUR, width=200, label_visibility="collapsed")
        if team():
            if st.session_state.get("pick-several") != now.several:
                st.session_state["pick-several"] = now.several
            st.toggle("Pick several", key="pick-several", on_change=view.several, args=("pick-several",))
        if now.by == "zip":
            outlines.button()
    if now.within:
        with st.container(horizontal=True, vertical_alignment="center", key="map-within"):
            parts.note(f"Only practices in {view.area_label(now.within, asked)}.")
            st.button("All practices", key="all-practices", type="tertiary", on_click=view.close_area)


def show(asked: Filters, now: View) -> None:
    """The map with its finding and its legend."""
    shown = scene(asked, now.by, now.colour, now.within)
    listed = listing(asked, now.by, now.within)
    finding = concentration(listed.found, NOUN[now.by]) or f"{COLOURS[now.colour]} by {view.BY[now.by].lower()}"
    parts.picture(finding.rstrip("."), _drawn(now, listed.found.window))
    maps.show(
        deck(asked, now, shown),
        key=now.key("map"),
        alt=f"Map of {NOUN[now.by]} by {COLOURS[now.colour].lower()}. The table beside it holds the same figures.",
        height=HIGH_ON_PHONE if phone() else HIGH,
        on_pick=partial(view.from_map, now.key("map"), now.picked, now.several),
    )
    maps.legend(_legend(now, shown))


def deck(asked: Filters, now: View, shown: Scene) -> CompactDeck:
    """The map's text, made once for what it shows and what is picked."""
    t, small = tokens(), phone()
    picked = frozenset(now.picked)
    name = version(asked, "deck", now.by, now.colour, now.within, picked, small, t.name, own())
    wide, high = (WIDE_ON_PHONE, HIGH_ON_PHONE) if small else (WIDE, HIGH)
    return kept().get(name, lambda: market_map(shown, t, picked=picked, width=wide, height=high))


def _drawn(now: View, window: object) -> str:
    metric = PLACE_METRICS[now.colour]
    if now.by == "practice":
        return f"Dot area: referrals. Colour: {metric.drawn}, {window}."
    said = f"Colour: {metric.drawn}, {window}. Dots: practices."
    if now.by in ("zip", "territory"):
        file = market().file
        said += (
            f" ZIP outlines from {file}."
            if file
            else " ZIP areas are approximate: the nearest ZIP's centre in a county."
        )
    return said


def _legend(now: View, shown: Scene) -> Legend:
    t, metric = tokens(), shown.metric
    top, largest = shown.top, shown.largest
    dots = [(radius(n, largest), whole(n)) for n in sizes(largest)] if now.by == "practice" else []
    if dots:
        dots[-1] = (dots[-1][0], f"{dots[-1][1]} referrals")
    more = [(t.raised, t.line, "none known")] if now.by != "practice" else []
    places = [area.place for area in shown.areas] if shown.areas else [dot.place for dot in shown.dots]
    if any(place.suppressed for place in places):
        more.append((t.raised, t.quiet, "striped: fewer than 11, or would give such a number away"))
    if any(not place.observable for place in places):
        more.append((t.ground, t.quiet, "seen only through what it sends us"))
    high = f"{metric.write(top)} and more" if metric.top else metric.write(top)
    return Legend(dots, metric.ramp(t), "0%" if metric.share else "0", f"{high}, {metric.label.lower()}", more)
