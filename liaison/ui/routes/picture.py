"""The way on the map, and the day by the clock."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.day_timeline import day_timeline
from liaison.charts.deck import CompactDeck
from liaison.charts.market_map import picked_of
from liaison.charts.route_map import RouteScene, RouteStop, Way, route_map
from liaison.facts.shapes import middle
from liaison.metrics.filters import Filters
from liaison.metrics.ground import ground
from liaison.planning.problem import Window, at_clock, in_minutes
from liaison.planning.stored.plans import DONE, StoredPlan, StoredStop
from liaison.planning.stored.words import day_words, minutes
from liaison.ui import charts, homes, maps, parts
from liaison.ui.ask import ask, kept
from liaison.ui.routes import change
from liaison.ui.routes.asked import View, name_of, places
from liaison.ui.style import phone, tokens

HIGH, HIGH_ON_PHONE = 430, 300
WIDE, WIDE_ON_PHONE = 860, 350
NAMES = 14  # stops beside which there is room for names


def way(view: View, plan: StoredPlan) -> None:
    """The map; a click on a stop opens it for changes."""
    said = str(plan.papers.get("travel", ""))
    parts.picture("The way" if view.day else "The week's ways", f"Straight lines between stops. {said}")
    t, small, chosen = tokens(), phone(), change.chosen()
    key = (*_key(view, plan), "map", small, t.name, chosen)
    size = (WIDE_ON_PHONE, HIGH_ON_PHONE) if small else (WIDE, HIGH)

    def made() -> CompactDeck:
        return route_map(_scene(view, plan, small), t, picked=chosen, width=size[0], height=size[1])

    widget = f"route-map-{plan.plan_id}-{plan.revision}-{view.day}-{chosen}"
    alt = "Map of the stops in their order. The list beside it holds the same."
    maps.show(kept().get(key, made), key=widget, alt=alt, height=size[1], on_pick=partial(_picked, widget))


def way_when_asked(view: View, plan: StoredPlan) -> None:
    """On a phone the list leads; a map costs it seconds, and comes when it is asked for."""
    if st.toggle("The way on a map", key="route-map-asked"):
        way(view, plan)


def _key(view: View, plan: StoredPlan) -> tuple[object, ...]:
    return (str(homes.home().path), homes.live().data_id, plan.plan_id, plan.revision, view.day, tuple(view.days))


def _picked(widget: str) -> None:
    found = picked_of(st.session_state[widget]["selection"])
    if found is not None:
        change.choose(found[1])


def _scene(view: View, plan: StoredPlan, small: bool) -> RouteScene:
    land, lie = ask(ground, Filters(), own=""), places(plan)
    ways = []
    for day in view.days:
        stops = [
            RouteStop(
                stop.practice_id,
                name_of(stop.practice_id),
                str(number),
                f"{day_words(day)}, {at_clock(stop.arrive)} to {at_clock(stop.depart)}",
                _beside(view, stop, number, small, len(plan.of(day))),
                round(office.lon, 4),
                round(office.lat, 4),
                stop.state == DONE,
            )
            for number, stop in enumerate(plan.of(day), start=1)
            if (office := lie.get(stop.practice_id)) is not None and office.lat is not None and office.lon is not None
        ]
        ways.append(Way(stops, strong=view.day is not None))
    lat, lon = plan.papers["start"]
    return RouteScene(
        [(county.name, middle(county.shape), county.shape) for county in land.counties.values()],
        [f"app/static/counties/{state}.geojson" for state in land.states],
        (lon, lat),
        ways,
    )


def _beside(view: View, stop: StoredStop, number: int, small: bool, of: int) -> str:
    if view.day is None:
        return f"{stop.date:%a}" if number == 1 and stop.date else ""
    return "" if small or of > NAMES else f"{at_clock(stop.arrive)}  {name_of(stop.practice_id)}"


def clock(view: View, plan: StoredPlan) -> None:
    """A row a stop; for a week a row a day."""
    what = "Blue: visit. Dotted: drive. Pale: when it can be seen." if view.day else "Blue: visits. Dotted: drives."
    parts.picture("By the clock", f"{what} Grey: pause{', or done' if view.day else ''}. Times of {plan.zone}.")
    small = phone()
    charts.show(
        day_timeline,
        _spans(view, plan, small),
        version=(*_key(view, plan), "clock", small),
        key="route-clock",
        alt="When each stop is visited. The list beside it holds the same times.",
        small=small,
    )


def _spans(view: View, plan: StoredPlan, small: bool) -> pd.DataFrame:
    """Rows as `timeline_rows` wants them."""
    rows: list[dict[str, object]] = []
    for day in view.days:
        known, rested = plan.day(day), False
        label = f"{day:%a}" if small else day_words(day)
        if view.day is None:
            rows.append(_span(label, "visit", None, None))
        for number, stop in enumerate(plan.of(day), start=1):
            row = (str(number) if small else f"{number} {name_of(stop.practice_id)}") if view.day else label
            if view.day and known and known.pause and not rested and stop.arrive >= known.pause.closes:
                rested = True
                rows.append(_pause("Pause", known.pause))
            rows += _of_stop(row, stop, named=view.day is not None)
        if view.day is None and known and known.pause and plan.of(day):
            rows.append(_pause(label, known.pause))
    return pd.DataFrame(rows, columns=["row", "part", "from", "to", "label", "says"])


def _pause(row: str, pause: Window) -> dict[str, object]:
    return _span(row, "pause", pause.opens, pause.closes, "", "Pause")


def _of_stop(row: str, stop: StoredStop, *, named: bool) -> list[dict[str, object]]:
    name, takes = name_of(stop.practice_id), minutes(stop.depart - stop.arrive)
    leaves = stop.arrive - stop.wait - stop.drive
    part = "done" if stop.state == DONE else "visit"
    label = f"{at_clock(stop.arrive)}, {takes}" if named else ""
    says = f"{name}: {at_clock(stop.arrive)} to {at_clock(stop.depart)}"
    opens = [_span(row, "open", each.opens, each.closes, "", f"{name} can be seen") for each in stop.opens if named]
    drive = _span(row, "drive", leaves, stop.arrive - stop.wait, "", f"{minutes(stop.drive)} drive to {name}")
    return [*opens, drive, _span(row, part, stop.arrive, stop.depart, label, says)]


def _span(
    row: str, part: str, first: int | None, last: int | None, label: str = "", says: str = ""
) -> dict[str, object]:
    ends = [None if end is None else in_minutes(end) for end in (first, last)]
    return {"row": row, "part": part, "from": ends[0], "to": ends[1], "label": label, "says": says}
