"""What else was done for practices beside visits, by practice and month: barriers resolved, events, campaigns.

Each kind is a list of (practice, month) pairs, so that its effect is measured as that of visits is. `against`: where a
kind names its own comparison (a part held aside by lot), the practices that it holds; else everybody not yet in it.

A campaign is taken as the lot assigned it: each target from the month of its start on, visited or not. Who was visited
first was chosen by somebody; who is a target was not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from liaison.fieldwork.merges import final, standing
from liaison.store.tables import attendance, barrier, campaign, campaign_target, event
from liaison.vocabulary import CampaignArm, month_id

RECORDS = ("barriers", "events", "attendance", "campaigns", "campaign_targets")  # kinds of record that this reads


@dataclass(frozen=True)
class Exposures:
    """`kind`: its name; `title` over it; `done`: what happened to a practice, as in "practices that ...".

    `months`: (practice id, month id) -> how many, merged practices as one; `nowhere`: those without a practice.
    """

    kind: str
    title: str
    done: str
    months: Mapping[tuple[str, int], int]
    nowhere: int = 0
    against: frozenset[str] | None = None


def exposures(connection: Connection) -> tuple[Exposures, ...]:
    """Every kind that has rows; a later month than the data know is for the caller to leave out."""
    b, a, e = barrier.c, attendance.c, event.c
    resolved = select(b.practice_id, b.resolved_on).where(b.resolved_on.is_not(None), b.voided.is_(None))
    came = (
        select(a.practice_id, e.starts_at)
        .join_from(attendance, event, a.event_id == e.event_id)
        .where(a.voided.is_(None), e.cancelled.is_(None))
    )
    found = (
        _kind(connection, "barriers", "Barriers resolved", "had a barrier resolved", resolved),
        _kind(connection, "events", "Events attended", "came to an event", came),
        *_campaigns(connection),
    )
    return tuple(each for each in found if each.months or each.nowhere)


def _kind(connection: Connection, kind: str, title: str, done: str, rows: Select[Any]) -> Exposures:
    into = standing(connection, "practice")
    months: dict[tuple[str, int], int] = {}
    nowhere = 0
    for practice, day in connection.execute(rows):
        if practice is None:
            nowhere += 1
        else:
            key = (final(into, practice), month_id(day))
            months[key] = months.get(key, 0) + 1
    return Exposures(kind, title, done, months, nowhere)


def _campaigns(connection: Connection) -> list[Exposures]:
    """Each campaign whose list is frozen; without practices kept aside it is compared as the other kinds are."""
    into = standing(connection, "practice")
    c, t = campaign.c, campaign_target.c
    frozen = select(c.campaign_id, c.title, c.starts).where(c.frozen_on.is_not(None), c.voided.is_(None))
    found = []
    for id_, title, starts in connection.execute(frozen.order_by(c.starts, c.campaign_id)).all():
        rows = connection.execute(select(t.practice_id, t.arm).where(t.campaign_id == id_)).all()
        arms = {arm: {final(into, place) for place, at in rows if at == arm} for arm in CampaignArm}
        months = {(place, month_id(starts)): 1 for place in arms[CampaignArm.target]}
        aside = frozenset(arms[CampaignArm.kept_aside] - arms[CampaignArm.target])
        done = f"were targets of the campaign {title}"
        found.append(Exposures(f"campaign:{id_}", f"Campaign: {title}", done, months, against=aside or None))
    return found
