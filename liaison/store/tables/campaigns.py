"""Campaigns: what is made known to which practices, which were kept aside by lot, who of our own people was briefed.

Dates are ISO text. `kept_aside` is a share; `seed` the digits that the lot began with; `materials` ids parted by
semicolons. A target's `volume` is what it had sent in twelve months when the list was frozen; `wave` the days from the
start within which it is to be introduced (blank for those kept aside).
"""

from sqlalchemy import Column, Float, Index

from liaison.store.tables.base import record, texts

campaign = record(
    "campaign",
    *texts("campaign_id", "title", "what", "starts", "person_id", required=True),
    *texts("service_line", "message", "materials", "ends"),
    Column("kept_aside", Float),
    *texts("seed", "frozen_on", "voided"),
)

campaign_target = record(
    "campaign_target",
    *texts("campaign_id", "practice_id", "arm", required=True),
    *texts("stratum", "wave"),
    Column("volume", Float),
)
Index(None, campaign_target.c.campaign_id)

briefing = record(
    "briefing",
    *texts("campaign_id", "audience", "briefed_on", required=True),
    *texts("person_id", "note", "voided"),
)
Index(None, briefing.c.campaign_id)
