"""Campaigns: a new service, site or specialist made known to a list of practices, a part of it kept aside by lot.

The list is drawn once (`campaign_list.freeze`). From then on neither the list, nor who was kept aside, nor the day of
the start changes: a comparison that could be mended afterwards would prove nothing. So the checks here refuse every
change of them by hand, and there is no file format that could bring one in.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.store.tables import briefing, campaign, campaign_target
from liaison.vocabulary import CampaignArm, CampaignKind

SHARE = 0.25  # kept aside where nobody says otherwise
MOST_ASIDE = 0.5
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
