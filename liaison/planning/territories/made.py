"""Proposals made, changed and brought up to date; each change is weighed at once, and refused over somebody else's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.hand_over import in_charge
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.asked import Asked, asked
from liaison.planning.territories.design import draw
from liaison.planning.territories.drafts import Draft, save, stored_draft
from liaison.planning.territories.market import HAND_OVER, NOBODY, TOLERANCE, Market
from liaison.planning.territories.split import by_practice
from liaison.planning.travel.configured import roads
from liaison.store import reading

Progress = Callable[[float, str], None]


def draw_up(
    home: Home,
    progress: Progress,
    *,
    by: DrawnFrom = DrawnFrom.zip,
    people: Sequence[str] = (),
    split: bool = False,
    tolerance: float = TOLERANCE,
    hand_over: float = HAND_OVER,
    actor: str,
    today: date | None = None,
) -> Draft:
    """A new proposal, kept. `split`: where whole areas are too coarse, single practices go over until work is fair."""
    progress(0.02, "Reading the market")
    of = asked(home, today or _today(home), by, people, tolerance=tolerance, hand_over=hand_over)
    drawn = draw(of.market, progress)
    progress(0.92, "Weighing it")
    own = by_practice(of.market, drawn.of) if split else {}
    made = save(home.store, _draft(home, of, drawn.of, own), None, actor)
    progress(1.0, "Done")
    return made


def _draft(home: Home, of: Asked, areas: tuple[int, ...], own: dict[int, int]) -> Draft:
    market, road = of.market, roads(home.settings)
    papers: dict[str, Any] = {
        **of.papers,
        "people": [one.__dict__ for one in market.people],
        "stops": market.stops,
        "hand_over_minutes": market.hand_over,
        "tolerance": market.tolerance,
        "roads": {"circuity": road.circuity, "speeds": road.speeds, "park": road.park, "factor": road.factor},
        "left_out": dict(of.left_out),
    }
    now = datetime.now(UTC).isoformat()
    return Draft(
        "", 0, of.by, now, now, "", of.run_id, of.as_of, of.data_version, of.records_id, papers, market, areas, own,
        of.territories,
    )  # fmt: skip


@dataclass(frozen=True)
class Editor:
    """Changes to the proposal at the revision that was seen."""

    home: Home
    draft_id: str
    revision: int
    actor: str

    def move_area(self, area: str, person_id: str) -> Draft:
        """The whole area, with all its practices, goes to a liaison. `area`: as 'zip:28801'."""
        draft = self._draft()
        ids = [one.id for one in draft.market.areas]
        if area not in ids:
            raise LiaisonError(f"{area} is no area of this proposal.", remedy="Choose one of its areas.")
        place, who = ids.index(area), draft.person(person_id)
        of = tuple(who if n == place else o for n, o in enumerate(draft.of))
        own = {n: o for n, o in draft.own.items() if draft.market.needs[n].area != place}
        return self._saved(replace(draft, of=of, own=own))

    def move_practice(self, practice_id: str, person_id: str) -> Draft:
        """One practice goes to a liaison, and its area stays where it is."""
        draft = self._draft()
        ids = [need.practice for need in draft.market.needs]
        if practice_id not in ids:
            raise LiaisonError(f"{practice_id} is no practice of this proposal.", remedy="Choose one of them.")
        place, who = ids.index(practice_id), draft.person(person_id)
        own = {n: o for n, o in draft.own.items() if n != place}
        if draft.of[draft.market.needs[place].area] != who:
            own[place] = who
        return self._saved(replace(draft, own=own))

    def split(self) -> Draft:
        """Single practices at a border go over until work is fair."""
        draft = self._draft()
        return self._saved(replace(draft, own=by_practice(draft.market, draft.of)))

    def as_it_was(self, day: date) -> Draft:
        """Everybody has what they had on a day: adopted from a later one, it takes a change back."""
        draft = self._draft()
        with reading(self.home.store) as connection:
            held = in_charge(connection, day.isoformat())
        return self._saved(replace(draft, **_held(draft.market, draft.of, held)))

    def up_to_date(self, today: date | None = None) -> Draft:
        """The same division of the market as it stands now: who has what today, what visits need."""
        draft = self._draft()
        people = [one.id for one in draft.market.people]
        told = {"tolerance": draft.market.tolerance, "hand_over": draft.market.hand_over}
        now = asked(self.home, today or _today(self.home), draft.by, people, **told)
        of = {area.id: draft.of[n] for n, area in enumerate(draft.market.areas)}
        lost = [area.name for area in now.market.areas if area.id not in of]
        if lost:
            raise LiaisonError(
                f"The market has areas that this proposal does not know: {lost[0]}.", remedy="Draw a new proposal."
            )
        own = {draft.market.needs[n].practice: who for n, who in draft.own.items()}
        made = _draft(
            self.home,
            now,
            tuple(of[area.id] for area in now.market.areas),
            {n: own[need.practice] for n, need in enumerate(now.market.needs) if need.practice in own},
        )
        return self._saved(replace(made, draft_id=self.draft_id))

    def _draft(self) -> Draft:
        with reading(self.home.store) as connection:
            found = stored_draft(connection, self.draft_id)
        if found is None:
            raise LiaisonError("This proposal is gone.", remedy="Draw one anew.")
        return found

    def _saved(self, draft: Draft) -> Draft:
        return save(self.home.store, draft, self.revision, self.actor)


def _held(market: Market, of: Sequence[int], held: dict[str, str]) -> dict[str, Any]:
    """Areas to whom most of their practices were, the others by themselves; an area without any stays."""
    at = {one.id: place for place, one in enumerate(market.people)}
    whose = [at.get(held.get(need.practice, ""), NOBODY) for need in market.needs]
    areas = list(of)
    for area in range(len(areas)):
        here = [who for need, who in zip(market.needs, whose, strict=True) if need.area == area and who != NOBODY]
        if here:
            areas[area] = max(sorted(set(here)), key=here.count)
    own = {
        n: who
        for n, (need, who) in enumerate(zip(market.needs, whose, strict=True))
        if who not in (NOBODY, areas[need.area])
    }
    return {"of": tuple(areas), "own": own}


def _today(home: Home) -> date:
    return datetime.now(home.settings.time_zone).date()
