"""All tables of the store. Each names the room that owns its rows (`info["owner"]`)."""

from liaison.store.tables.audit import audit
from liaison.store.tables.barriers import barrier, barrier_declined
from liaison.store.tables.base import metadata
from liaison.store.tables.campaigns import briefing, campaign, campaign_target
from liaison.store.tables.drafts import visit_draft
from liaison.store.tables.effects import effect_result, effect_run
from liaison.store.tables.events import attendance, event, invitation
from liaison.store.tables.feedback import feedback, mention
from liaison.store.tables.gifts import gift, gift_limit
from liaison.store.tables.goals import goal
from liaison.store.tables.introductions import introduction
from liaison.store.tables.jobs import job
from liaison.store.tables.mail import mail, mail_read
from liaison.store.tables.mail_templates import mail_template
from liaison.store.tables.manifest import batch, fact_file, named, rollup_file, version
from liaison.store.tables.mappings import saved_mapping
from liaison.store.tables.materials import material
from liaison.store.tables.ranked import (
    alert,
    alert_note,
    exploration_slot,
    forecast_row,
    next_visit_choice,
    ranking,
    ranking_row,
    source_worth,
)
from liaison.store.tables.records import (
    assignment,
    contact,
    cost,
    history,
    margin,
    merge,
    organisation,
    person,
    practice,
    provider_place,
    territory_part,
    visit,
    waiting_time,
)
from liaison.store.tables.routes import calendar_feed, route_day, route_plan, route_stop
from liaison.store.tables.tasks import task
from liaison.store.tables.territory_drafts import territory_draft, territory_draft_area, territory_draft_practice

__all__ = [
    "alert", "alert_note", "assignment", "attendance", "audit", "barrier", "barrier_declined", "batch", "briefing",
    "calendar_feed", "campaign", "campaign_target", "contact", "cost", "effect_result", "effect_run", "event",
    "exploration_slot", "fact_file", "feedback", "forecast_row", "gift", "gift_limit", "goal", "history",
    "introduction", "invitation", "job", "mail", "mail_read", "mail_template", "margin", "material", "mention", "merge",
    "metadata", "named", "next_visit_choice", "organisation", "person", "practice", "provider_place", "ranking",
    "ranking_row", "rollup_file", "route_day", "route_plan", "route_stop", "saved_mapping", "source_worth", "task",
    "territory_draft", "territory_draft_area", "territory_draft_practice", "territory_part", "version", "visit",
    "visit_draft",     "waiting_time",
]  # fmt: skip
