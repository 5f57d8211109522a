"""The map: today's assignment and the proposal, one at a time in the same colours, and the table of liaisons."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.deck import CompactDeck
from liaison.charts.draft_map import colours, draft_map
from liaison.planning.territories.drafts import Draft
from liaison.planning.territories.told import hours_a_week
from liaison.ui import homes, maps, options, parts, tables
from liaison.ui.ask import kept
from liaison.ui.draw import change
from liaison.ui.draw.asked import name_of, scene
from liaison.ui.maps import Legend
from liaison.ui.style import phone, tokens
from liaison.ui.tables import Col

SHOWN = {"proposed": "Proposed", "today": "Today"}
HIGH, HIGH_ON_PHONE = 480, 300
WIDE, WIDE_ON_PHONE = 760, 350
LIAISONS = {
    "name": Col("Liaison", 220),
    "practices": Col("Practices", 110, "count"),
    "week": Col("Hours a week", 130, "count", help="Visits, ways between them, way out and home, in 46 weeks a year"),
    "today": Col("Hours today", 130, "count", help="Hours a week by today's assignment"),
    "off": Col("From a fair share", 140),
    "out": Col("Of it from home and back", 190, "count", help="Hours a week to the first stop and back home"),
    "gain": Col("Referrals a year", 140, "count", help="What the visits should bring by the list of next visits"),
    "moves": Col("Practices come and go", 170),
}
LIAISONS_ON_PHONE = {
    "name": Col("Liaison", 132),
    "practices": Col("Practices", 74, "count"),
    "week": Col("Hours", 60, "count", help="Work in a week: visits, ways between them, way out and home"),
    "off": Col("Off", 74, help="From a fair share of the work"),
    **{name: LIAISONS[name] for name in ("today", "out", "gain", "moves")},
}
CHANGES = {
    "name": Col("Practice", 180),
    "before": Col("Today", 105),
    "after": Col("Proposed", 105),
    "visits": Col("Visits", 60, "count", help="Needed in a year"),
}
CHANGES_ON_PHONE = {"name": Col("Practice", 190), "after": Col("Proposed", 114), "before": CHANGES["before"]}


def way(draft: Draft) -> None:
    """The map; a click picks an area or a practice for a change."""
    shown = options.buttons("shown", "Which", SHOWN, "proposed")
    drawn = "Colour: liaison. Dots: practices; ringed ones change hands." if shown == "proposed" else "Colour: liaison."
    parts.picture("Who would cover what" if shown == "proposed" else "Who covers what today", drawn)
    t, small, picked = tokens(), phone(), change.chosen(draft)
    size = (WIDE_ON_PHONE, HIGH_ON_PHONE) if small else (WIDE, HIGH)
    key = (str(homes.home().path), "draft-map", draft.draft_id, draft.revision, shown, small, t.name, picked)

    def made() -> CompactDeck:
        return draft_map(scene(draft, shown), t, picked=picked, width=size[0], height=size[1])

    widget = f"draft-map-{draft.draft_id}-{draft.revision}-{shown}-{picked}"
    alt = "Map of areas by liaison. The tables beside and below it hold the same."
    maps.show(kept().get(key, made), key=widget, alt=alt, height=size[1], on_pick=partial(change.from_map, widget))
    people = draft.market.people
    fills = colours(len(people), t)
    more = [(fill, t.quiet, one.name) for fill, one in zip(fills, people, strict=True)]
    if len(set(fills)) > 1:
        maps.legend(Legend([], [], "", "", more))


def liaisons(draft: Draft) -> None:
    """One row a liaison."""
    columns, made = LIAISONS_ON_PHONE if phone() else LIAISONS, partial(liaisons_frame, draft)
    tables.table(made, columns, key="draw-liaisons", alt="Work of each liaison", version=_key(draft))


def liaisons_frame(draft: Draft) -> pd.DataFrame:
    """name, off, moves: str; practices, week, today, out, gain: numbers."""
    names = {one.id: one.name for one in draft.market.people}
    before = {part.person: part for part in draft.today.parts}
    return pd.DataFrame(
        [
            {
                "name": names[part.person],
                "practices": part.practices,
                "week": round(hours_a_week(part.work), 1),
                "off": f"{part.off:+.0%}".replace("-", "\u2212").replace("+0%", "0%").replace("\u22120%", "0%"),
                "today": round(hours_a_week(before[part.person].work), 1),
                "out": round(hours_a_week(part.travel), 1),
                "gain": round(part.value),
                "moves": f"+{part.gained} \u2212{part.lost}" if part.gained or part.lost else "",
            }
            for part in draft.weighed.parts
        ],
        columns=list(LIAISONS),
    )


def changes(draft: Draft) -> None:
    """Practices that change hands; a row picks its practice for a change."""
    found = draft.weighed.changes
    parts.picture(f"{len(found):,} practices go to somebody else" if found else "No practice goes to anybody else")
    if not found:
        return
    key = f"draw-changes-{draft.draft_id}-{draft.revision}"
    ids = [each.practice for each in found]
    tables.table(
        partial(changes_frame, draft),
        CHANGES_ON_PHONE if phone() else CHANGES,
        key=key,
        alt="Practices that change hands",
        most=9,
        pick=True,
        version=_key(draft),
        on_pick=partial(_from_table, key, ids),
    )


def _from_table(key: str, ids: list[str]) -> None:
    rows = tables.picked_rows(st.session_state[key], len(ids))
    change.choose(ids[rows[0]] if rows else None)


def changes_frame(draft: Draft) -> pd.DataFrame:
    """practice_id, name, before, after: str; visits: number."""
    names = {one.id: one.name for one in draft.market.people}
    needs = {need.practice: need for need in draft.market.needs}
    return pd.DataFrame(
        [
            {
                "practice_id": each.practice,
                "name": name_of(each.practice),
                "before": names.get(each.before or "", each.before or "nobody"),
                "after": names[each.after],
                "visits": round(needs[each.practice].visits),
            }
            for each in draft.weighed.changes
        ],
        columns=["practice_id", *CHANGES],
    )


def _key(draft: Draft) -> tuple[object, ...]:
    return (str(homes.home().path), homes.live().data_id, draft.draft_id, draft.revision)
