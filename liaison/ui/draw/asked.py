"""What the page reads: the newest proposal as it stands, and the map of it, made once for each of its revisions."""

from dataclasses import dataclass

from sqlalchemy import Connection

from liaison.charts.draft_map import DraftArea, DraftDot, DraftScene
from liaison.facts.joined import outline
from liaison.facts.shapes import Shape, bounds
from liaison.fieldwork.panels import panels
from liaison.metrics.spots import county_name
from liaison.models.stored.runs import made_from
from liaison.planning.territories.asked import KINDS
from liaison.planning.territories.drafts import Draft, newest_id, stored_draft
from liaison.planning.territories.market import NOBODY
from liaison.planning.territories.told import hours_a_week
from liaison.planning.territories.weigh import of_practices
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask_records, kept, viewer
from liaison.ui.clock import today
from liaison.ui.territories.asked import market, own
from liaison.vocabulary import TerritoryKind


@dataclass(frozen=True)
class Standing:
    """The newest proposal; `behind`: what people wrote has changed since it was drawn."""

    draft: Draft
    behind: bool


def standing() -> Standing | None:
    """Two lookups, and the proposal where they say that it changed."""
    at = str(homes.home().path)
    with reading(homes.home().store) as connection:
        found = newest_id(connection)
        if found is None:
            return None
        draft = kept().get((at, viewer().scope, "draft", *found), lambda: stored_draft(connection, found[0]))
        newest = made_from(connection, KINDS)[1]
    return None if draft is None else Standing(draft, draft.adopted is None and newest != draft.records_id)


def team() -> tuple[dict[str, str], list[str]]:
    """Everybody in force (id -> name), and those who have practices."""
    return ask_records(_team, today())[0]


def _team(connection: Connection, day: str) -> tuple[dict[str, str], list[str]]:
    whose = panels(connection, day)
    return whose.team, list(whose.people)


def name_of(practice_id: str) -> str:
    """What people call a practice."""
    return homes.live().label_of.get(("practice", practice_id), practice_id)


def scene(draft: Draft, shown: str) -> DraftScene:
    """The map of a proposal, or of today's assignment in the same areas."""
    key = (str(homes.home().path), "draft-scene", draft.draft_id, draft.revision, shown, own(), homes.live().data_id)
    return kept().get(key, lambda: _scene(draft, shown == "today"))


def _scene(draft: Draft, as_today: bool) -> DraftScene:
    land, places, people = market(), draft.market.areas, draft.market.people
    of = _of_today(draft) if as_today else list(draft.of)
    whose = draft.market.today if as_today else of_practices(draft.market, draft.of, draft.own)
    work = draft.market.by_area["work"]
    areas, shapes = list[DraftArea](), dict[int, list[Shape]]()
    for place, area in enumerate(places):
        shape = land.shape(area.kind, area.code)
        if shape is None or of[place] == NOBODY:
            continue
        hours = hours_a_week(float(work[place, of[place]]))
        says = f"{people[of[place]].name}, {hours:.1f} h a week"
        areas.append(DraftArea(area.id, area.name, says, of[place], shape))
        shapes.setdefault(of[place], []).append(shape)
    dots = [
        DraftDot(
            need.practice,
            name_of(need.practice),
            _said(draft, place, int(whose[place])),
            int(whose[place]),
            round(need.lon, 4),
            round(need.lat, 4),
            not as_today and int(whose[place]) != need.today and need.held is not None,
            int(whose[place]) != of[need.area],
        )
        for place, need in enumerate(draft.market.needs)
        if whose[place] != NOBODY
    ]
    frames = [ring for who in sorted(shapes) for ring in outline(shapes[who])]
    box = bounds(shape for mine in shapes.values() for shape in mine)
    fit = (box.west, box.south, box.east, box.north) if box else (-100.0, 30.0, -70.0, 45.0)
    urls = [f"/app/static/counties/{state}.geojson" for state in land.states]
    return DraftScene(areas, dots, _names(draft, of), frames, urls, fit)


def _names(draft: Draft, of: list[int]) -> list[tuple[str, tuple[float, float]]]:
    """Each liaison's first name over the area of theirs that is in the middle of the others."""
    found = []
    for who, one in enumerate(draft.market.people):
        mine = [place for place, whose in enumerate(of) if whose == who]
        if not mine:
            found.append(("", (0.0, 0.0)))
            continue
        middle = min(mine, key=lambda place: draft.market.apart[place, mine].sum())
        area = draft.market.areas[middle]
        found.append((one.name.split()[0], (area.lon, area.lat)))
    return found


def _said(draft: Draft, place: int, who: int) -> str:
    need, people = draft.market.needs[place], draft.market.people
    now = people[who].name
    before = next((p.name for p in people if p.id == need.held), need.held)
    was = f", today {before}" if before and need.held != people[who].id else ""
    return f"{now}{was}; {need.visits:.0f} visits a year"


def _of_today(draft: Draft) -> list[int]:
    """[area]: who has most of its practices today; an area without any is theirs whose territory it is in."""
    found = []
    of_territory: dict[str, list[int]] = {}
    counts: list[list[int]] = [[] for _ in draft.market.areas]
    for need in draft.market.needs:
        if need.today != NOBODY:
            counts[need.area].append(need.today)
            if territory := draft.territories[need.area]:
                of_territory.setdefault(territory, []).append(need.today)
    for place, here in enumerate(counts):
        near = here or of_territory.get(draft.territories[place] or "", [])
        found.append(max(sorted(set(near)), key=near.count) if near else NOBODY)
    return found


def area_name(draft: Draft, area: str) -> str:
    """'28801 Asheville', 'Buncombe, NC'."""
    kind, _, code = area.partition(":")
    found = next((each.name for each in draft.market.areas if each.id == area), None)
    return found or (county_name(code) if kind == TerritoryKind.county.value else code)
