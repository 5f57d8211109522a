"""The list on the map: a dot a practice, sized and coloured by its gain; the table beside it holds the same."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.deck import CompactDeck
from liaison.charts.gain_metric import GAIN
from liaison.charts.market_map import MapDot, Scene, market_map, picked_of, radius
from liaison.charts.place_metrics import Place
from liaison.facts.shapes import Box, bounds, middle
from liaison.metrics.filters import Filters
from liaison.metrics.ground import ground
from liaison.models.stored import Listed
from liaison.ui import homes, lists, maps, parts
from liaison.ui.ask import ask, kept
from liaison.ui.maps import Legend
from liaison.ui.next_visits import cards, choose
from liaison.ui.next_visits.asked import Newest, due_at, name_of, team, where
from liaison.ui.next_visits.marks import Amounts, Scale
from liaison.ui.style import phone, tokens
from liaison.ui.tables import Col, picked_row, table

CHOSEN = "chosen"
HIGH, HIGH_ON_PHONE = 470, 300
WIDE, WIDE_ON_PHONE = 860, 350
_TURN = "lz-next-visits-map"
COLUMNS = {
    "rank": Col("Rank", 46, "count"),
    "name": Col("Practice", 164),
    "town": Col("Town", 84),
    "gain": Col("Gain", 48, help="Referrals that one more visit should bring."),
    "between": Col("Between", 72),
}
ON_PHONE = {"rank": COLUMNS["rank"], "name": Col("Practice", 190), "gain": COLUMNS["gain"]}


def show(now: Newest, rows: Sequence[Listed], write: Amounts) -> None:
    """Map and table share one pick; its card stands below."""
    ids = tuple(row.row.practice_id for row in rows)
    lists.remember(choose.LIST, ids, cards.TITLE)
    picked = st.query_params.get(CHOSEN)
    if picked is not None and picked not in ids:
        st.query_params.pop(CHOSEN)
        picked = None
    held = st.session_state.setdefault(_TURN, {"turn": 0})
    if held.get("stamp") != (now.key(), ids, picked):
        held |= {"turn": held["turn"] + 1, "stamp": (now.key(), ids, picked)}
    left, right = (st.container(), st.container()) if phone() else st.columns([5, 3], gap="large")
    with left:
        _map(now, rows, ids, picked, held["turn"], write)
    with right:
        _table(now, rows, ids, picked, held["turn"], write)
    if picked:
        row = rows[ids.index(picked)]
        scale = Scale.of([row.row.low], [row.row.high])
        cards.one(row, due_at(now, (picked,)), team(now), scale, write, filled=True, small=phone())


def _map(
    now: Newest, rows: Sequence[Listed], ids: tuple[str, ...], picked: str | None, turn: int, write: Amounts
) -> None:
    unit = "margin" if write.money else "referrals"
    parts.picture("Where the next visits are", f"Dot area and colour: {unit} that one more visit should bring.")
    t, small = tokens(), phone()
    shown = kept().get(now.key("scene", ids, write, homes.live().data_id), lambda: scene(rows, write))
    wide, high = (WIDE_ON_PHONE, HIGH_ON_PHONE) if small else (WIDE, HIGH)
    chosen = (picked,) if picked else ()

    def made() -> CompactDeck:
        return market_map(shown, t, picked=chosen, width=wide, height=high)

    deck = kept().get(now.key("deck", ids, write, chosen, small, t.name, homes.live().data_id), made)
    alt = "Map of the practices on the list by expected gain. The table beside it holds the same figures."
    key = f"visits-map-{turn}"
    maps.show(deck, key=key, alt=alt, height=high, on_pick=partial(_from_map, key, picked))
    top, largest = shown.top, shown.largest
    dots = [(radius(n, largest), write.plain(n)) for n in (largest / 10, largest / 2, largest)]
    dots[-1] = (dots[-1][0], f"{dots[-1][1]} {unit}")
    maps.legend(Legend(dots, GAIN.ramp(t), "0", f"{write.plain(top)} and more, expected gain"))
    lie = where()
    away = sum(1 for each in ids if each not in lie or lie[each].lat is None)
    if away:
        parts.note(f"{away:,} of the list lie nowhere that we know; they are in the table.")


def scene(rows: Sequence[Listed], write: Amounts) -> Scene:
    """The market's ground with the list on it; the largest first, so that small ones lie on top."""
    land, lie = ask(ground, Filters(), own=""), where()
    dots = []
    for listed in rows:
        row, spot = listed.row, lie.get(listed.row.practice_id)
        if spot is None or spot.lat is None or spot.lon is None or row.gain <= 0:
            continue
        says = f"{write.gain(row.gain)}, {write.plain(row.low)} to {write.plain(row.high)}"
        place = Place(row.practice_id, name_of(row.practice_id), None, None, None, None, amount=row.gain, says=says)
        dots.append(MapDot(place, round(spot.lon, 4), round(spot.lat, 4), row.gain))
    box = bounds(c.shape for c in land.counties.values())
    return Scene(
        ground=[(c.name, middle(c.shape), c.shape) for c in land.counties.values()],
        dots=sorted(dots, key=lambda dot: -dot.size),
        urls=[f"app/static/counties/{state}.geojson" for state in land.states],
        fit=box or Box(-125.0, 25.0, -67.0, 49.0),
        metric=GAIN,
    )


def _from_map(key: str, picked: str | None) -> None:
    """A click picks, a second one on the same lets go."""
    found = picked_of(st.session_state[key]["selection"])
    if found is not None:
        _choose(None if found[1] == picked else found[1])


def _choose(practice_id: str | None) -> None:
    if practice_id:
        st.query_params[CHOSEN] = practice_id
    else:
        st.query_params.pop(CHOSEN, None)


def _table(
    now: Newest, rows: Sequence[Listed], ids: tuple[str, ...], picked: str | None, turn: int, write: Amounts
) -> None:
    parts.picture("The same, as a table", "In the order to go; pick one to see why.")
    key = f"visits-table-{turn}"
    frame = kept().get(now.key("twin", ids, write, homes.live().data_id), lambda: twin(rows, write))
    table(
        frame,
        ON_PHONE if phone() else COLUMNS,
        key=key,
        alt="Practices in the order to go, with the gain of a visit",
        most=6 if phone() else 12,
        pick=True,
        first=ids.index(picked) if picked else None,
        version=now.key("twin", ids, write, homes.live().data_id),
        on_pick=partial(_from_table, key, ids),
    )


def twin(rows: Sequence[Listed], write: Amounts) -> pd.DataFrame:
    """The list as rows of a table."""
    lie = where()
    found = [
        {
            "rank": listed.row.rank,
            "name": name_of(listed.row.practice_id),
            "town": lie[listed.row.practice_id].city if listed.row.practice_id in lie else "",
            "gain": write.plain(listed.row.gain),
            "between": f"{write.plain(listed.row.low)} to {write.plain(listed.row.high)}",
        }
        for listed in rows
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _from_table(key: str, ids: tuple[str, ...]) -> None:
    place = picked_row(st.session_state[key], len(ids))
    _choose(None if place is None else ids[place])
