"""How the page is looked at: what is listed, its colour, what is picked. All of it stands in the URL."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from liaison.charts.market_map import picked_of
from liaison.charts.place_metrics import PLACE_METRICS
from liaison.charts.practice_scatter import BRUSH, Rectangle
from liaison.metrics.filters import Filters
from liaison.metrics.places import PUBLISHED, PlaceBy
from liaison.ui import options
from liaison.ui.ask import version
from liaison.ui.charts import brushed
from liaison.ui.tables import picked_rows
from liaison.ui.territories.asked import Listing, Within, counts, listing, team

BY = {"county": "Counties", "territory": "Territories", "zip": "ZIPs", "practice": "Practices"}
COLOURS = {metric.id: metric.label for metric in PLACE_METRICS.values()}
FIRST, COLOUR = "county", "leakage"
BOX, CHOSEN, SEVERAL, WITHIN = "box", "chosen", "several", "within"
MOST = 300  # ids that a URL carries
_TURN = "lz-territories"


@dataclass(frozen=True)
class View:
    """`picked`: keys of what is listed, in its order. `turn`: map and table are drawn under a new key when it rises."""

    by: PlaceBy
    colour: str
    within: Within
    several: bool
    picked: tuple[str, ...]
    box: Rectangle | None
    turn: int

    @property
    def one(self) -> str | None:
        """The key of the only one that is picked."""
        return self.picked[0] if len(self.picked) == 1 else None

    def key(self, widget: str) -> str:
        return f"{widget}-{self.turn}"


def kinds(covered: bool) -> dict[str, str]:
    """What can be listed; territories only where there are some."""
    seen = BY if team() else {name: BY[name] for name in PUBLISHED}
    return {name: label for name, label in seen.items() if covered or name != "territory"}


def by_now(covered: bool) -> PlaceBy:
    return cast("PlaceBy", options.now("by", kinds(covered), FIRST))


def read(asked: Filters, by: PlaceBy) -> View:
    """The view as the URL has it; what it names and is not there is left away."""
    colour = options.now("colour", COLOURS, COLOUR)
    within = _within(by)
    listed = listing(asked, by, within)
    box = _box(st.query_params.get(BOX, "")) if by == "practice" else None
    given = st.query_params.get(CHOSEN, "")
    wanted = set(given.split(",")) if given else set()
    picked = tuple(key for key in listed.keys if key in wanted)[: None if team() else 1]
    if given and len(picked) != len(wanted):
        _say(CHOSEN, ",".join(picked))
    if box and not picked:
        picked = inside(listed, box)
    several = st.query_params.get(SEVERAL) == "1" or len(picked) > 1
    stamp = (version(asked), by, colour, within, several, picked, box)
    held = st.session_state.setdefault(_TURN, {"turn": 0})
    if held.get("stamp") != stamp:
        held |= {"turn": held["turn"] + 1, "stamp": stamp}
    return View(by, colour, within, several, picked, box, held["turn"])


def _within(by: PlaceBy) -> Within:
    """An area as 'county.37021'."""
    kind, _, key = st.query_params.get(WITHIN, "").partition(".")
    if by != "practice" or kind not in ("county", "zip", "territory") or not key:
        return None
    return cast("PlaceBy", kind), key


def _box(text: str) -> Rectangle | None:
    """A rectangle as '40_200_0.3_0.9': referrals from and to, share from and to."""
    try:
        left, right, low, high = (float(part) for part in text.split("_"))
    except ValueError:
        left, right, low, high = (math.nan,) * 4
    if all(map(math.isfinite, (left, right, low, high))) and left <= right and low <= high:
        return left, right, low, high
    st.query_params.pop(BOX, None)
    return None


def inside(listed: Listing, box: Rectangle) -> tuple[str, ...]:
    """Keys of the practices in a rectangle: referrals with a known destination, share lost."""
    left, right, low, high = box
    return tuple(
        place.key
        for place in listed.places
        if place.known
        and place.out is not None
        and left <= place.known <= right
        and low <= place.out / place.known <= high
    )


def _say(param: str, value: str) -> None:
    """Into the URL, or out of it where there is nothing to say."""
    if value:
        st.query_params[param] = value
    else:
        st.query_params.pop(param, None)


def choose(keys: Sequence[str]) -> None:
    """These are picked now; a rectangle is no longer what picked them."""
    st.query_params.pop(BOX, None)
    _say(CHOSEN, ",".join(keys[:MOST]))


def none() -> None:
    """Nothing is picked."""
    choose(())


def several(key: str) -> None:
    """The switch: several rows can be picked, or one."""
    on = bool(st.session_state[key])
    _say(SEVERAL, "1" if on else "")
    if not on:
        given = st.query_params.get(CHOSEN, "").split(",")
        choose(given[:1] if len(given) == 1 else ())


def from_map(key: str, now: tuple[str, ...], more: bool) -> None:
    """A click on the map picks, a second one on the same lets go; where several are picked it adds."""
    found = picked_of(st.session_state[key]["selection"])
    if found is None:
        return
    _, picked = found
    if more:
        choose([k for k in now if k != picked] if picked in now else [*now, picked])
    else:
        choose(() if now == (picked,) else (picked,))


def from_table(key: str, keys: tuple[str, ...]) -> None:
    """The rows that are ticked."""
    choose([keys[place] for place in picked_rows(st.session_state[key], len(keys))])


def from_box(key: str) -> None:
    """A rectangle on the chart picks what lies in it; it stands in the URL, not the ids."""
    ends = brushed(st.session_state[key], BRUSH)
    st.query_params.pop(CHOSEN, None)
    if not ends or set(ends) != {"known", "value"}:
        st.query_params.pop(BOX, None)
        return
    (left, right), (low, high) = ends["known"], ends["value"]
    st.query_params["by"] = "practice"
    _say(BOX, f"{left:.1f}_{right:.1f}_{low:.3f}_{high:.3f}")


def open_area(by: PlaceBy, key: str) -> None:
    """Lists the practices of an area."""
    st.query_params["by"] = "practice"
    st.query_params[WITHIN] = f"{by}.{key}"
    choose(())


def close_area() -> None:
    """Lists all practices again."""
    st.query_params.pop(WITHIN, None)
    choose(())


def area_label(within: Within, asked: Filters) -> str:
    """What an area is called."""
    return counts(asked).label(*within) if within else "the market"
