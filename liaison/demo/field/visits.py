"""What the visits left behind: promises kept, materials, a seat at an evening lecture. No day and no place changes."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from liaison.demo.field.campaign import campaign
from liaison.demo.field.events import touch_ids
from liaison.demo.field.scene import Row, Scene
from liaison.demo.field.words import CARD, FLYER, VERSIONS, Version
from liaison.vocabulary import CampaignArm

KEPT = 0.86  # of the promises whose day has come
LEAVES_CARD, LEAVES_NEW_CARD, LEAVES_MORE, LEAVES_FLYER = 0.12, 0.8, 0.3, 0.7  # of the visits in person


def visit_file(scene: Scene) -> pd.DataFrame:
    """The file of visits with these columns more; event visits carry the id that attendance gives them."""
    draw, file = scene.draw("visits"), scene.visits
    file = file.assign(materials=_left(scene, draw), next_step_done_on=_kept(scene, draw))
    touches = touch_ids(scene)
    file.loc[touches.index, touches.columns] = touches
    return file


def begins(scene: Scene, version: Version) -> date:
    return scene.month(version.begins)


def _left(scene: Scene, draw: np.random.Generator) -> list[str]:
    """The flyer goes to the campaign's targets only."""
    plan = campaign(scene)
    starts = date.fromisoformat(str(plan.row["starts"]))
    newer = max(begins(scene, v) for v in VERSIONS if v.id == CARD)
    others = [(v.id, begins(scene, v), expires(scene, v)) for v in VERSIONS if v.id not in (CARD, FLYER)]
    card, more, flyer, pick = draw.random((4, len(scene.visits)))
    at = zip(scene.visits["channel"], scene.visits["practice_id"], scene.dates, strict=True)
    found = []
    for nth, (channel, place, day) in enumerate(at):
        ids = []
        if channel == "in_person":
            if card[nth] < (LEAVES_NEW_CARD if day >= newer else LEAVES_CARD):
                ids.append(CARD)
            current = sorted({id_ for id_, first, last in others if first <= day and (last is None or day <= last)})
            if more[nth] < LEAVES_MORE and current:
                ids.append(current[int(pick[nth] * len(current))])
            if day >= starts and plan.arms.get(place) is CampaignArm.target and flyer[nth] < LEAVES_FLYER:
                ids.append(FLYER)
        found.append(";".join(ids))
    return found


def expires(scene: Scene, version: Version) -> date | None:
    """The last day of a version, the end of a month."""
    return None if version.ends is None else scene.month(version.ends) - timedelta(days=1)


def _kept(scene: Scene, draw: np.random.Generator) -> list[str]:
    """Mostly on the day or around it; what is due after the end is open, and so is what was forgotten."""
    keeps, late = draw.random(len(scene.visits)), draw.integers(-4, 6, len(scene.visits))
    found = []
    for day, due, kept, more in zip(scene.dates, scene.visits["next_step_on"], keeps, late, strict=True):
        done = None
        if due and kept < KEPT:
            done = scene.known(max(day, date.fromisoformat(due) + timedelta(days=int(more))))
        found.append(done or "")
    return found


def materials(scene: Scene) -> list[Row]:
    """The catalogue."""
    rows: list[Row] = []
    for version in VERSIONS:
        last = expires(scene, version)
        rows.append(
            {
                "material_id": version.id,
                "version_name": version.name if version.name.startswith("v") else str(scene.end.year),
                "title": version.title,
                "kind": version.kind,
                "service_line": version.line.capitalize() or None,
                "valid_from": begins(scene, version).isoformat(),
                "expires_on": last.isoformat() if last else None,
            }
        )
    return rows
