"""One campaign: a new clinic made known to a list of practices, a quarter of it kept aside by lot before it began."""

from dataclasses import dataclass
from datetime import date, timedelta

from liaison.demo.field.scene import Row, Scene
from liaison.demo.field.words import BRIEFED, CAMPAIGN, FLYER, MESSAGE
from liaison.demo.lines import LINES
from liaison.fieldwork.campaign_list import draw
from liaison.vocabulary import CampaignArm

SHARE, LISTED, MOST = 0.25, 0.3, 90  # kept aside; of all practices on the list, and at most
BEGAN = -4  # months before the end


@dataclass(frozen=True)
class Campaign:
    """`row`: of the records; `volumes`: practice -> referrals of the twelve months before, the list; `arms`: what the
    lot makes of it."""

    row: Row
    frozen_on: str
    volumes: dict[str, float]
    arms: dict[str, CampaignArm]
    briefings: list[Row]


def campaign(scene: Scene) -> Campaign:
    """The same list as is frozen by the front door, with what the lot will say."""
    id_, title, line = CAMPAIGN
    starts, first = scene.month(BEGAN), scene.options.months + BEGAN
    seen = scene.visits[scene.visits["date"] < starts.isoformat()]
    late = seen.drop_duplicates("practice_id", keep="last")
    late = late[late["date"] >= (starts - timedelta(days=180)).isoformat()]  # so that nobody has to be introduced anew
    many = min(len(late), max(8, round(scene.options.practices * LISTED)), MOST)
    sent = scene.world.counts[max(0, first - 12) : first, :, LINES.index(line)].sum(axis=(0, 2))
    sums = {place: float(sent[scene.position[place]]) for place in late["practice_id"]}
    volumes = dict(sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:many])
    seed = str(scene.options.seed)
    row: Row = {
        "campaign_id": id_,
        "title": title,
        "what": "service",
        "starts": starts.isoformat(),
        "person_id": "M1",
        "service_line": line,
        "message": MESSAGE,
        "materials": FLYER,
        "kept_aside": SHARE,
        "seed": seed,
    }
    arms = {one.practice_id: one.arm for one in draw(volumes, SHARE, int(seed))} if volumes else {}
    frozen = starts - timedelta(days=6)
    return Campaign(row, frozen.isoformat(), volumes, arms, _briefings(id_, frozen))


def _briefings(id_: str, day: date) -> list[Row]:
    days = [(day + timedelta(days=2 + at)).isoformat() for at in range(len(BRIEFED))]
    return [
        {"campaign_id": id_, "audience": who, "briefed_on": on, "person_id": "M1", "note": "Whom to put through"}
        for who, on in zip(BRIEFED, days, strict=True)
    ]
