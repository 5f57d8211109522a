"""A proposal as plain values: what the command prints and the page shows."""

from collections.abc import Mapping
from typing import Any

from liaison.planning.territories.drafts import Draft
from liaison.planning.territories.needs import WEEKS
from liaison.planning.territories.weigh import Part, Weighed
from liaison.vocabulary import month_text

SENTENCES = ("areas", "visits", "minutes", "travel", "hours", "value", "hand_over")  # papers in the order of reading


def draft_as_json(draft: Draft, names: Mapping[str, str]) -> dict[str, Any]:
    """The keys of `territories --json`. `names`: of practices. Hours are of a year, shares 0 to 1."""
    found, people = draft.weighed, {one.id: one.name for one in draft.market.people}
    return {
        "draft": draft.draft_id,
        "revision": draft.revision,
        "drawn_from": draft.by.value,
        "as_of": month_text(draft.as_of) if draft.as_of is not None else None,
        "data_version": draft.data_version,
        "adopted_on": draft.adopted.on.isoformat() if draft.adopted else None,
        "off": round(found.unfair, 4),
        "tolerance": draft.market.tolerance,
        "handed_over": found.handed_over,
        "travel_hours": round(found.travel / 60, 1),
        "today": {"off": round(draft.today.unfair, 4), "travel_hours": round(draft.today.travel / 60, 1)},
        "liaisons": [part_as_json(part, people) for part in found.parts],
        "changes": [
            {"practice_id": c.practice, "name": names.get(c.practice, c.practice), "from": c.before, "to": c.after}
            for c in found.changes
        ],
        "apart": apart(found),
        "too_coarse": [{"area": c.area, "name": c.name, "shares": round(c.shares, 2)} for c in draft.coarse],
        "areas": [
            {"kind": area.kind, "code": area.code, "name": area.name, "person_id": draft.market.people[who].id}
            for area, who in zip(draft.market.areas, draft.of, strict=True)
        ],
        "left_out": draft.papers["left_out"],
        "papers": [draft.papers[name] for name in SENTENCES],
    }


def part_as_json(part: Part, people: Mapping[str, str]) -> dict[str, Any]:
    """One liaison's; `hours_a_week`: in a year of so many weeks as a liaison works."""
    return {
        "person_id": part.person,
        "name": people.get(part.person, part.person),
        "practices": part.practices,
        "areas": part.areas,
        "visits": round(part.visits, 1),
        "hours": round(part.work / 60, 1),
        "hours_a_week": round(hours_a_week(part.work), 2),
        "off": round(part.off, 4),
        "travel_hours": round(part.travel / 60, 1),
        "gain": round(part.value, 2),  # referrals that the visits should bring
        "kept": part.kept,
        "gained": part.gained,
        "lost": part.lost,
    }


def apart(found: Weighed) -> list[dict[str, Any]]:
    """Each piece that does not hang together with the rest of its liaison's."""
    return [{"person_id": who, "areas": list(piece)} for who, rest in found.apart.items() for piece in rest]


def hours_a_week(minutes: float) -> float:
    """Minutes of a year as hours of one of its working weeks."""
    return minutes / 60 / WEEKS
