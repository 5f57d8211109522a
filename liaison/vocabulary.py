"""The field's closed lists, each with its words for the screen; how names compare, what an NPI is, months."""

import unicodedata
from enum import StrEnum


class Word(StrEnum):
    """A member of a closed list; its label is what people read."""

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Stage(Word):
    created = "created"
    received = "received"
    authorised = "authorised"
    scheduled = "scheduled"
    seen = "seen"
    loop_closed = "loop_closed"

    @property
    def column(self) -> str:
        """The referral's date that says the stage was reached."""
        return "closed_on" if self is Stage.loop_closed else f"{self.value}_on"


class Exit(Word):
    declined = "declined"
    cancelled = "cancelled"
    no_show = "no_show"
    expired = "expired"
    out_of_network = "out_of_network"


class NetworkStatus(Word):
    inside = "in"
    out = "out"
    unknown = "unknown"

    @property
    def label(self) -> str:
        return {"in": "In network", "out": "Out of network", "unknown": "Unknown"}[self.value]


class Vantage(Word):
    ordered = "ordered"
    received = "received"
    claims = "claims"


class Channel(Word):
    in_person = "in_person"
    virtual = "virtual"
    phone = "phone"
    email = "email"
    event = "event"


class Purpose(Word):
    introduction = "introduction"
    follow_up = "follow_up"
    ask = "ask"
    education = "education"
    problem = "problem"
    drop_by = "drop_by"


class BarrierKind(Word):
    """What keeps a practice from referring, or makes it hard."""

    scheduling = "scheduling"
    access = "access"
    report_back = "report_back"
    authorisation = "authorisation"
    routing = "routing"
    courtesy = "courtesy"
    billing = "billing"
    directory = "directory"
    clinical = "clinical"
    other = "other"

    @property
    def label(self) -> str:
        return {
            "access": "Access, wait",
            "routing": "Wrong routing",
            "courtesy": "Staff courtesy",
            "billing": "Billing, insurance",
            "directory": "Directory, contact data",
            "clinical": "Clinical question",
        }.get(self.value) or super().label


class BarrierSource(Word):
    """How a barrier became known."""

    visit = "visit"
    phone = "phone"
    data = "data"
    other = "other"


class BarrierStatus(Word):
    """Where a barrier stands; solved and told to the practice are two things."""

    open = "open"
    resolved = "resolved"
    loop_closed = "loop_closed"
    voided = "voided"

    @property
    def label(self) -> str:
        return "Resolved, loop open" if self is BarrierStatus.resolved else super().label


class EventKind(Word):
    grand_rounds = "grand_rounds"
    lunch_and_learn = "lunch_and_learn"
    cme_session = "cme_session"
    meet_up = "meet_up"
    webinar = "webinar"
    other = "other"

    @property
    def label(self) -> str:
        hyphened = {"lunch_and_learn": "Lunch-and-learn", "cme_session": "CME session", "meet_up": "Meet-up"}
        return hyphened.get(self.value, super().label)


class Answer(Word):
    """What an invitation was answered with."""

    accepted = "accepted"
    declined = "declined"
    tentative = "tentative"


class Recorded(Word):
    """How somebody's attendance was written down."""

    typed = "typed"
    scanned = "scanned"
    pasted = "pasted"
    file = "file"


class Respondent(Word):
    physician = "physician"
    advanced_practice = "advanced_practice"
    coordinator = "coordinator"
    practice_manager = "practice_manager"
    other = "other"

    @property
    def label(self) -> str:
        longer = {"advanced_practice": "Nurse practitioner or PA", "coordinator": "Referral coordinator"}
        return longer.get(self.value, super().label)


class MentionTag(Word):
    """What a referrer's remark is about."""

    service_gap = "service_gap"
    competitor = "competitor"
    access = "access"
    report_back = "report_back"
    referral_process = "referral_process"
    communication = "communication"
    insurance = "insurance"
    praise = "praise"
    other = "other"


class IntroductionOutcome(Word):
    """What came of bringing a referring provider and a specialist together."""

    will_refer = "will_refer"
    undecided = "undecided"
    declined = "declined"
    not_met = "not_met"


class Priority(Word):
    routine = "routine"
    urgent = "urgent"
    stat = "stat"


class CostKind(Word):
    salary = "salary"
    travel = "travel"
    event = "event"
    material = "material"
    other = "other"


class GiftKind(Word):
    """What the ledger holds; a repayment is what a physician gave back."""

    gift = "gift"
    meal = "meal"
    on_campus = "on_campus"
    repayment = "repayment"

    @property
    def label(self) -> str:
        return "Benefit on the campus" if self is GiftKind.on_campus else super().label


class CampaignKind(Word):
    """What a campaign makes known."""

    service = "service"
    site = "site"
    specialist = "specialist"
    other = "other"


class CampaignArm(Word):
    """Where the lot put a practice of a campaign's list."""

    target = "target"
    kept_aside = "kept_aside"


class ReportFile(Word):
    """A form in which a report leaves."""

    pdf = "pdf"
    pptx = "pptx"
    xlsx = "xlsx"

    @property
    def label(self) -> str:
        return {"pdf": "PDF", "pptx": "Slides", "xlsx": "Spreadsheet"}[self.value]


class TerritoryKind(Word):
    zip = "zip"
    county = "county"


class GoalMeasure(Word):
    """What a goal of a year counts."""

    referrals = "referrals"
    visits = "visits"

    @property
    def label(self) -> str:
        return {"referrals": "Referrals in network", "visits": "Visits in person"}[self.value]


class Audience(Word):
    """Who will see a figure: decides what is hidden, in one place (`metrics.suppression`)."""

    inside = "inside"
    outside = "outside"
    cms = "cms"


class Continuum(Word):
    prospect_or_lapsed = "prospect_or_lapsed"
    one_time = "one_time"
    occasional = "occasional"
    steady = "steady"


class Loyalty(Word):
    loyalist = "loyalist"
    splitter = "splitter"
    dabbler = "dabbler"
    too_few = "too_few"


class MailKind(Word):
    """What the team's people are told by mail."""

    assigned = "assigned"
    overdue = "overdue"
    digest = "digest"

    @property
    def label(self) -> str:
        return {"assigned": "What is given to me", "overdue": "What is overdue", "digest": "My week"}[self.value]


class Telehealth(Word):
    """How a provider sees patients from afar; where nothing is said, nothing is known."""

    not_offered = "not_offered"
    video = "video"
    phone = "phone"
    both = "both"

    @property
    def label(self) -> str:
        return {"both": "Video and phone"}.get(self.value, super().label)

    @property
    def ways(self) -> frozenset[str]:
        """Of video and phone."""
        return frozenset({"not_offered": (), "both": ("video", "phone")}.get(self.value, (self.value,)))


CARD_ISSUER = "80840"  # NPIs are card numbers of this issuer: Luhn over it and the ten digits (45 CFR 162.406)
NONE = "(none)"  # the row of referrals whose key is blank; rows still add up to the total


def comparison_key(name: str | None) -> str:
    """Lower case, letters and digits only: two spellings of one name have the same key."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    return "".join(c for c in plain if c.isalnum())


def valid_npi(text: str) -> bool:
    """Ten digits of which the last checks the others."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(d) for d in reversed(CARD_ISSUER + text)]
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)]
    return sum(doubled) % 10 == 0


def month_id(text: str) -> int:
    """'2026-03' -> year x 12 + month - 1, so that months subtract."""
    year, month = text.split("-")[:2]
    return int(year) * 12 + int(month) - 1


def month_text(month: int) -> str:
    """The inverse of `month_id`: '2026-03'."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_words(month: int) -> str:
    """A month as people read it: 'Mar 2026'."""
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{names[month % 12]} {month // 12}"
