"""The list of a campaign is drawn once: who is introduced by when, and who is kept aside by lot; tasks come of it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.campaigns import SHARE
from liaison.fieldwork.edits import add, edit
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_campaign import CampaignFile, campaign_file
from liaison.fieldwork.panels import panels
from liaison.fieldwork.records import RECORDS, write
from liaison.fieldwork.syntax import LINE
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import practice, task
from liaison.vocabulary import CampaignArm

WAVES = (30, 60, 90)  # days from the start; the practices that send most come first
STRATA, LEAST_IN_STRATUM = 4, 4  # by volume, so that the two groups are of the same sizes


@dataclass(frozen=True)
class Drawn:
    """Where the lot put a practice. `stratum`: 1 holds those that send most; `wave`: days, None if kept aside."""

    practice_id: str
    arm: CampaignArm
    stratum: int
    wave: int | None
    volume: float


def draw(volumes: Mapping[str, float], share: float, seed: int) -> tuple[Drawn, ...]:
    """Keep `share` of the practices aside by lot, within strata of volume; the rest is introduced in three waves.

    The number kept aside is `share` of the list, rounded; strata get their parts of it by largest remainder. The same
    seed over the same list is the same draw, whatever the order in which the list is given.
    """
    ordered = sorted(volumes, key=lambda one: (-volumes[one], one))
    many = max(1, min(STRATA, len(ordered) // LEAST_IN_STRATUM))
    bounds = [round(len(ordered) * at / many) for at in range(many + 1)]
    parts = [ordered[low:high] for low, high in pairwise(bounds)]
    exact = [len(part) * share for part in parts]
    seats = [int(each) for each in exact]
    left = int(len(ordered) * share + 0.5) - sum(seats)
    for at in sorted(range(many), key=lambda place: (seats[place] - exact[place], place))[:left]:
        seats[at] += 1
    lot = np.random.default_rng(seed)
    aside = {
        part[place]
        for part, seat in zip(parts, seats, strict=True)
        for place in lot.choice(len(part), seat, replace=False).tolist()
    }
    stratum = {one: number for number, part in enumerate(parts, 1) for one in part}
    targets = [one for one in ordered if one not in aside]
    wave = {one: WAVES[at * len(WAVES) // len(targets)] for at, one in enumerate(targets)}
    arms = {one: CampaignArm.kept_aside if one in aside else CampaignArm.target for one in ordered}
    return tuple(Drawn(one, arms[one], stratum[one], wave.get(one), volumes[one]) for one in ordered)


@dataclass(frozen=True)
class Frozen:
    """What a freeze did: how many practices are targets, kept aside, and left out because they asked for no visit."""

    targets: int
    kept_aside: int
    unwelcome: int


def plan_campaign(store: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """A new campaign; returns its id. Without a share a quarter is kept aside, without a seed one is drawn."""
    given = {"campaign_id": f"c-{secrets.token_hex(4)}", **{k: v for k, v in values.items() if v is not None}}
    given.setdefault("kept_aside", SHARE)
    given.setdefault("seed", str(secrets.randbelow(10**9)))
    return add(store, "campaigns", given, actor=actor)


def change_campaign(store: Engine, about: CampaignFile, values: Mapping[str, Any], *, actor: str) -> None:
    """Other values of a campaign; what its frozen list rests on is refused."""
    edit(store, "campaigns", about.campaign_id, values, expected_version=about.version, actor=actor)


def freeze(
    store: Engine, campaign_id: str, practice_ids: Sequence[str], volumes: Mapping[str, float], on: str, *, actor: str
) -> Frozen:
    """Draw the list of a campaign on an ISO day, once. `volumes`: practice -> referrals of twelve months, 0 if absent.

    Practices that asked not to be visited are left out; merged ones are one. Raises LiaisonError where the list is
    frozen already, the campaign began before that day, an id is no practice, or fewer than two are left.
    """
    with writing(store) as conn:
        alone(conn, RECORDS)
        about = campaign_file(conn, campaign_id, on)
        if about.frozen_on is not None:
            raise LiaisonError(
                f"The list of {about.title} was frozen on {about.frozen_on}.",
                remedy="It stays as it was drawn. Plan another campaign for another list.",
            )
        if about.voided:
            raise LiaisonError(f"{about.title} is voided.", remedy="Plan another campaign.")
        if about.starts < on:  # whoever was visited meanwhile was chosen by somebody, not by the lot
            raise LiaisonError(
                f"{about.title} began on {about.starts}; its list is drawn on that day at the latest.",
                remedy="Let it start today or later: those kept aside are kept aside from the start.",
            )
        wanted, unwelcome = _wanted(conn, practice_ids)
        if len(wanted) < 2:
            raise LiaisonError("A list of fewer than two practices cannot be drawn.", remedy="Give more practices.")
        into = standing(conn, "practice")
        sums = dict.fromkeys(wanted, 0.0)
        for one, volume in volumes.items():
            if (at := final(into, one)) in sums:
                sums[at] += volume
        drawn = draw(sums, about.share, int(about.seed))
        rows = [
            {
                "campaign_id": campaign_id,
                "practice_id": one.practice_id,
                "arm": one.arm.value,
                "stratum": str(one.stratum),
                "wave": None if one.wave is None else str(one.wave),
                "volume": one.volume,
            }
            for one in drawn
        ]
        write(conn, "campaign_targets", rows, actor)
        write(conn, "campaigns", [{"campaign_id": campaign_id, "frozen_on": on}], actor)
    aside = sum(one.arm is CampaignArm.kept_aside for one in drawn)
    return Frozen(len(drawn) - aside, aside, unwelcome)


def _wanted(conn: Connection, practice_ids: Sequence[str]) -> tuple[list[str], int]:
    """The practices that the ids end up as, and how many of them asked not to be visited and are left out."""
    into = standing(conn, "practice")
    ids = list(dict.fromkeys(final(into, one.strip()) for one in practice_ids if one.strip()))
    rows = conn.execute(select(practice.c.practice_id, practice.c.do_not_visit))
    known = {id_: bool(asked) for id_, asked in rows}
    strangers = [one for one in ids if one not in known]
    if strangers:
        shown = ", ".join(strangers[:3]) + (", ..." if len(strangers) > 3 else "")
        many = f"{len(strangers):,} {'id is' if len(strangers) == 1 else 'ids are'} no practice on record: {shown}."
        raise LiaisonError(many, remedy="Correct them, or import practices first.")
    wanted = [one for one in ids if not known[one]]
    return wanted, len(ids) - len(wanted)


def introduce(store: Engine, campaign_id: str, today: str, *, actor: str) -> int:
    """A task for each target not introduced yet, due with its wave; returns how many are new.

    For whoever looks after the practice, else for the campaign's owner; asked again, it adds only what is missing.
    """
    with writing(store) as conn:
        alone(conn, RECORDS)
        about, whose = campaign_file(conn, campaign_id, today), panels(conn, today)
        if about.frozen_on is None or about.voided:
            raise LiaisonError(f"{about.title} has no list to introduce.", remedy="Freeze its list first.")
        source = f"campaign:{campaign_id}"
        waiting = {f"{source}:{one.practice_id}"[:LINE]: one for one in about.targets if one.first_on is None}
        there = set(conn.scalars(select(task.c.key).where(task.c.source == source)))
        new = []
        for id_, one in waiting.items():
            who = next((each for each in whose.of.get(one.practice_id, ()) if each in whose.team), about.person_id)
            what, due = f"Introduce {about.title}"[:LINE], one.due_on
            new.append((id_, {"person_id": who, "practice_id": one.practice_id, "what": what, "due_on": due}))
        rows = [{"task_id": id_, "source": source, **row} for id_, row in new if id_ not in there]
        write(conn, "tasks", rows, actor)
    return len(rows)


def brief(store: Engine, campaign_id: str, values: Mapping[str, Any], *, actor: str) -> str:
    """Our own people were told: `audience`, `briefed_on`, `person_id` (by whom), `note`."""
    return add(store, "briefings", {"campaign_id": campaign_id, **values}, actor=actor)
