"""A proposal becomes what holds from a day on: assignments and territories, dated, in one transaction."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from sqlalchemy import Connection, select, update

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.hand_over import Dated, Ground, hand_over, redraw
from liaison.metrics.window import last_complete
from liaison.models.stored.runs import made_from
from liaison.planning.territories.asked import KINDS
from liaison.planning.territories.drafts import PART, Draft, checked, stored_draft
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import practice, territory_draft, territory_part
from liaison.vocabulary import TerritoryKind, month_words

NONE_CHANGED = Dated(0, 0)


class BehindError(LiaisonError):
    """What the proposal was drawn from has changed since."""


@dataclass(frozen=True)
class Adoption:
    """What was written: records that ended and began, of assignments and of parts of territories."""

    draft_id: str
    on: date
    assignments: Dated
    territories: Dated

    def as_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "assignments": {"ended": self.assignments.ended, "began": self.assignments.began},
            "territories": {"ended": self.territories.ended, "began": self.territories.began},
        }


def adopt(
    home: Home,
    draft_id: str,
    revision: int,
    on: date,
    *,
    actor: str,
    with_territories: bool = True,
    past: bool = False,
) -> Adoption:
    """Each practice is in the charge of the liaison that the proposal says, from the day `on`; with territories, the
    areas make up territories too (from the first of a month). Nothing is taken away: what held ends the day before.

    Raises LiaisonError where the day lies in months that are already complete (unless `past`), where a record begins
    later already, where the proposal is not the one that was seen (StaleDraftError), or is of older records
    (BehindError).
    """
    refuse_past(home, on, past)
    with writing(home.store) as connection:
        alone(connection, PART)
        checked(connection, draft_id, revision)
        draft = stored_draft(connection, draft_id)
        if draft is None:
            raise AssertionError("A proposal that was just seen is not there.")
        if made_from(connection, KINDS)[1] != draft.records_id:
            raise BehindError(
                "Practices, people, assignments or territories have changed since this proposal was drawn.",
                remedy="Bring it up to date and look at it again, then adopt it.",
            )
        assignments = hand_over(connection, draft.whose, on, actor)
        drawn = redraw(connection, ground_of(connection, draft), on, actor) if with_territories else NONE_CHANGED
        said: dict[str, Any] = {"adopted_on": on.isoformat(), "adopted_by": actor, "revision": revision + 1}
        said["adopted_at"] = datetime.now(UTC).isoformat()
        connection.execute(update(territory_draft).where(territory_draft.c.draft_id == draft_id).values(said))
    return Adoption(draft_id, on, assignments, drawn)


def refuse_past(home: Home, on: date, past: bool) -> None:
    """LiaisonError where a day lies in months of which figures have been read, unless that is meant."""
    ends = list(last_complete(home.live().newest_extract).values())
    if not past and ends and on.year * 12 + on.month - 1 <= max(ends):
        raise LiaisonError(
            f"{on.isoformat()} lies in a month that is complete: figures to {month_words(max(ends))} have been read.",
            remedy="Choose a later day, or say that the past is to be rewritten (--past).",
        )


def ground_of(connection: Connection, draft: Draft) -> list[Ground]:
    """The areas with the territory that each becomes; ZIPs that are no area (post office boxes) go with the area in
    which their practices count."""
    called = territory_of(connection, draft)
    found = {
        (area.kind, area.code): Ground(area.kind, area.code, *called[who])
        for area, who in zip(draft.market.areas, draft.of, strict=True)
    }
    by_zip = TerritoryKind.zip.value
    codes = {
        r.practice_id: (r.zip or "")[:5] for r in connection.execute(select(practice.c.practice_id, practice.c.zip))
    }
    for need in draft.market.needs:
        code, area = codes.get(need.practice, ""), draft.market.areas[need.area]
        if code and area.kind == by_zip and (by_zip, code) not in found:
            found[by_zip, code] = Ground(by_zip, code, *called[draft.of[need.area]])
    return list(found.values())


def territory_of(connection: Connection, draft: Draft) -> list[tuple[str, str]]:
    """[person]: (id, name) of their territory: the one of today of which they keep most, each once; else a new one."""
    names = {
        r.territory_id: r.name for r in connection.execute(select(territory_part.c.territory_id, territory_part.c.name))
    }
    known = sorted(name for name in set(draft.territories) if name is not None)
    keeps = np.zeros((len(draft.market.people), len(known)))
    visits = draft.market.by_area["visits"]
    for area, (who, before) in enumerate(zip(draft.of, draft.territories, strict=True)):
        if before is not None:
            keeps[who, known.index(before)] += visits[area] + 1e-6
    rows, columns = linear_sum_assignment(-keeps)
    taken = {int(row): known[int(c)] for row, c in zip(rows, columns, strict=True) if keeps[row, c] > 0}
    found = []
    for place, one in enumerate(draft.market.people):
        id_ = taken.get(place, f"territory-{one.id}")
        found.append((id_, names.get(id_, f"Territory of {one.name}")))
    return found
