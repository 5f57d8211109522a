"""Campaigns: a new service, site or specialist made known to a list of practices, a part of it kept aside by lot.

The list is drawn once (`campaign_list.freeze`), or comes in once as a file, drawn elsewhere. From then on neither the
list, nor who was kept aside, nor the day of the start changes: a comparison that could be mended afterwards would prove
nothing. So the checks here refuse every change of them, by hand, by a file and by the forgetting of one.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from liaison.errors import LiaisonError
from liaison.fieldwork.kind import RecordKind, Values
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.store.tables import briefing, campaign, campaign_target, practice
from liaison.vocabulary import CampaignArm, CampaignKind

SHARE = 0.25  # kept aside where nobody says otherwise
MOST_ASIDE = 0.5
WAVES = ("30", "60", "90")  # days from the start
FIXED = ("starts", "kept_aside", "seed", "frozen_on")  # what the comparison rests on


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found = []
    share, seed = values.get("kept_aside"), values.get("seed")
    if share is not None and not 0 <= share <= MOST_ASIDE:
        found.append(
            Fault("kept_aside", "is no share from 0 to 0.5", "Write 0.25 to keep a quarter of the list aside.")
        )
    if seed is not None and not (str(seed).isascii() and str(seed).isdecimal()):
        found.append(Fault("seed", "is no number", "Give digits, or leave it blank: one is drawn."))
    return found + patient_faults(values, ("title", "message", "voided"), values.get("starts"))


def _beside(conn: Connection, key: str, values: Mapping[str, Any]) -> list[Fault]:
    """What a frozen list rests on stays as it is; only the lot freezes one."""
    now = conn.execute(select(campaign).where(campaign.c.key == key)).mappings().first()
    if now is None or now["frozen_on"] is None:
        if values.get("frozen_on"):
            return [Fault("frozen_on", "is written when the list is drawn", "Freeze the list; leave this blank.")]
        return []
    remedy = "Void this campaign, with the reason, and plan another."
    said = f"cannot change: the list was frozen on {now['frozen_on']}"
    return [Fault(name, said, remedy) for name in FIXED if values.get(name) != now[name]]


def _fixed(conn: Connection, states: Mapping[str, Values | None]) -> None:
    """A file changes no frozen campaign in what its comparison rests on, nor does forgetting it."""
    held = conn.execute(select(campaign).where(campaign.c.frozen_on.is_not(None))).mappings()
    for now in held:
        if now["key"] not in states:
            continue
        after = states[now["key"]]
        if after is None or any(after.get(name) != now[name] for name in FIXED):
            raise _stays(now["campaign_id"], now["frozen_on"])


def _list_fixed(conn: Connection, states: Mapping[str, Values | None]) -> None:
    """No file adds to a frozen list, takes from it or moves a practice in it."""
    lists = conn.execute(select(campaign.c.campaign_id, campaign.c.frozen_on).where(campaign.c.frozen_on.is_not(None)))
    for campaign_id, day in lists.all():
        if any(key.startswith(CAMPAIGN_TARGETS.key_of({"campaign_id": campaign_id})) for key in states):
            raise _stays(campaign_id, day)


def _stays(campaign_id: str, day: str) -> LiaisonError:
    return LiaisonError(
        f"The list of {campaign_id} was frozen on {day}: no file changes it, its start or who was kept aside.",
        remedy="Void the campaign, with the reason, and plan another.",
    )


def not_frozen(conn: Connection, campaign_ids: Collection[str]) -> list[str]:
    """Those of them whose list is not frozen, by id."""
    c = campaign.c
    wanted = select(c.campaign_id).where(c.campaign_id.in_(campaign_ids), c.frozen_on.is_(None))
    return [str(id_) for id_ in conn.scalars(wanted.order_by(c.campaign_id))]


def list_faults(conn: Connection, values: Mapping[str, Any], today: str) -> list[Fault]:
    """What keeps a row of a list that was drawn elsewhere from coming in on an ISO day."""
    held = conn.execute(select(campaign).where(campaign.c.campaign_id == values["campaign_id"])).mappings().first()
    if held is None:
        return []  # said already, of the id
    t, at = campaign_target.c, (values["campaign_id"], values["practice_id"])
    there = (
        conn.execute(select(campaign_target).where(t.campaign_id == at[0], t.practice_id == at[1])).mappings().first()
    )
    if there is not None and all(values.get(name) == there[name] for name in values):
        return []  # the same again
    if held["frozen_on"]:
        said = f"is of a campaign whose list was frozen on {held['frozen_on']}"
        return [Fault("campaign_id", said, "It stays as it was drawn. Plan another campaign for another list.")]
    if held["voided"] or held["starts"] < today:
        said = "is of a voided campaign" if held["voided"] else f"is of a campaign that began on {held['starts']}"
        return [Fault("campaign_id", said, "A list is drawn on the day of the start at the latest: plan another one.")]
    unwelcome = conn.scalar(select(practice.c.do_not_visit).where(practice.c.practice_id == at[1]))
    if unwelcome and values["arm"] == CampaignArm.target.value:
        return [Fault("practice_id", "asked not to be visited", "Leave it out of the list.")]
    return _wave_faults(values)


def campaign_faults(conn: Connection, values: Mapping[str, Any]) -> list[Fault]:
    """What keeps a file's row of a campaign from coming in; a column that the file lacks stays as it is."""
    key = CAMPAIGNS.key_of(values)
    now = conn.execute(select(campaign).where(campaign.c.key == key)).mappings().first()
    return _beside(conn, key, {**({} if now is None else now), **values})


def _wave_faults(values: Mapping[str, Any]) -> list[Fault]:
    wave, aside = values.get("wave"), values.get("arm") == CampaignArm.kept_aside.value
    if aside and wave:
        return [Fault("wave", "is given for a practice that is kept aside", "Leave it blank: nobody introduces it.")]
    if not aside and wave not in WAVES:
        return [Fault("wave", f"is not one of {', '.join(WAVES)}", "Say within how many days it is to be introduced.")]
    return []


def _target_beside(conn: Connection, key: str, values: Mapping[str, Any]) -> list[Fault]:
    """No row of a list is written by hand, before it is frozen or after."""
    remedy = "Freeze the list of a campaign as a whole; another list is another campaign."
    return [Fault("practice_id", "is put on a list by the lot, once, and by nothing else", remedy)]


def _briefing_faults(values: Mapping[str, Any]) -> list[Fault]:
    return patient_faults(values, ("audience", "note", "voided"), values.get("briefed_on"))


CAMPAIGNS = RecordKind(
    name="campaigns",
    one="campaign",
    table=campaign,
    keys=("campaign_id",),
    needs=("campaign_id", "title", "what", "starts", "person_id"),
    forms={"starts": "date", "ends": "date", "frozen_on": "date"},
    choices={"what": CampaignKind},
    refers={"person_id": "people"},
    longest={
        "campaign_id": 40,  # part of the id of each task
        **dict.fromkeys(("title", "service_line"), LINE),
        "seed": 18,
        **dict.fromkeys(("message", "materials", "voided"), PARAGRAPH),
    },
    lasting="Void it, with the reason.",
    check=_faults,
    beside=_beside,
    fixed=_fixed,
)
CAMPAIGN_TARGETS = RecordKind(
    name="campaign_targets",
    one="practice of a campaign's list",
    table=campaign_target,
    keys=("campaign_id", "practice_id"),
    needs=("campaign_id", "practice_id", "arm"),
    forms={"volume": "not negative"},
    choices={"arm": CampaignArm},
    refers={"campaign_id": "campaigns", "practice_id": "practices"},
    longest={"stratum": LINE, "wave": LINE},
    lasting="A frozen list stays as it was drawn.",
    beside=_target_beside,
    fixed=_list_fixed,
)
BRIEFINGS = RecordKind(
    name="briefings",
    one="briefing",
    table=briefing,
    keys=("campaign_id", "audience", "briefed_on"),
    needs=("campaign_id", "audience", "briefed_on"),
    forms={"briefed_on": "date"},
    refers={"campaign_id": "campaigns", "person_id": "people"},
    longest={"audience": LINE, "note": PARAGRAPH, "voided": LINE},
    spelled=("audience",),
    lasting="Void it, with the reason.",
    check=_briefing_faults,
)
