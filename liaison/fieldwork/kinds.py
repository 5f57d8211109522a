"""All kinds of record, by name."""

from liaison.errors import LiaisonError
from liaison.fieldwork.barriers import BARRIERS
from liaison.fieldwork.campaigns import BRIEFINGS, CAMPAIGN_TARGETS, CAMPAIGNS
from liaison.fieldwork.costs import COSTS
from liaison.fieldwork.events import ATTENDANCE, EVENTS, INVITATIONS
from liaison.fieldwork.feedback import FEEDBACK, MENTIONS
from liaison.fieldwork.gifts import GIFT_LIMITS, GIFTS
from liaison.fieldwork.goals import GOALS
from liaison.fieldwork.introductions import INTRODUCTIONS
from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.mail_templates import MAIL_TEMPLATES
from liaison.fieldwork.margins import MARGINS
from liaison.fieldwork.materials import MATERIALS
from liaison.fieldwork.organisations import ORGANISATIONS
from liaison.fieldwork.people import ASSIGNMENTS, PEOPLE, PROVIDERS
from liaison.fieldwork.practices import CONTACTS, PRACTICES
from liaison.fieldwork.tasks import TASKS
from liaison.fieldwork.territories import TERRITORIES
from liaison.fieldwork.visits import VISITS
from liaison.fieldwork.waits import WAITS

KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        ORGANISATIONS,
        PRACTICES,
        PROVIDERS,
        TERRITORIES,
        PEOPLE,
        ASSIGNMENTS,
        CONTACTS,
        VISITS,
        COSTS,
        GOALS,
        MARGINS,
        WAITS,
        TASKS,
        BARRIERS,
        *(EVENTS, INVITATIONS, ATTENDANCE),
        *(FEEDBACK, MENTIONS),
        GIFTS,
        GIFT_LIMITS,
        MATERIALS,
        *(CAMPAIGNS, CAMPAIGN_TARGETS, BRIEFINGS),
        INTRODUCTIONS,
        MAIL_TEMPLATES,
    )
}


def kind_named(name: str) -> RecordKind:
    """The kind of that name; LiaisonError where there is none."""
    if name not in KINDS:
        raise LiaisonError(f"There are no records called {name}.", remedy=f"Known are {', '.join(KINDS)}.")
    return KINDS[name]
