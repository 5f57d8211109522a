"""Invented words of the field: departments and what goes wrong in them, events, materials, what referrers say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """Where barriers come from. `share`: of all barriers; `median`: days to a resolution; `given`: days until due."""

    name: str
    kind: str
    line: str
    share: float
    median: float
    given: int
    complaints: tuple[str, ...]
    cures: tuple[str, ...]


DEPARTMENTS = (
    Department(
        "Neurology scheduling", "scheduling", "neurology", 0.36, 34.0, 30,
        ("Nobody calls back with a date for a new patient", "Two weeks on hold before a first date",
         "Referrals by fax wait until somebody finds them"),
        ("A scheduler was named for outside practices", "Direct line for practices opened",
         "The fax queue is worked twice a day now"),
    ),
    Department(
        "Central scheduling", "access", "orthopaedics", 0.22, 15.0, 14,
        ("First appointment is a month out", "The line rings out before noon", "No late appointments for workers"),
        ("Two slots a day are held for referrals", "Call-back within the day was agreed"),
    ),
    Department(
        "Medical records", "report_back", "cardiology", 0.18, 10.0, 14,
        ("The visit note never came", "Reports come by fax, three weeks late"),
        ("The practice gets notes by direct message now", "The fax number on file was wrong and is corrected"),
    ),
    Department(
        "Billing office", "billing", "", 0.12, 24.0, 30,
        ("A plan that we list was refused at the desk", "Pre-payment was asked for without an explanation"),
        ("The list of plans was corrected", "The desk has a sheet on payment plans"),
    ),
    Department(
        "Referral office", "routing", "gastroenterology", 0.12, 12.0, 14,
        ("A referral was sent on to the wrong clinic", "The order was asked for twice"),
        ("The routing table was corrected", "One form is enough now; the practice has it"),
    ),
)  # fmt: skip
STUCK = "Referrals wait without a date"
UNSOLVED = "No room before next spring; the practice was told to send elsewhere meanwhile"
DUPLICATE = "Reported twice"

TOPICS = (
    ("Headache in primary care", "neurology"),
    ("When to send a murmur", "cardiology"),
    ("Knee pain before surgery", "orthopaedics"),
    ("Lung nodules found by chance", "pulmonology"),
    ("Reflux that does not respond", "gastroenterology"),
)
MEET_UP = ("Coffee with the new specialists", "The speaker is ill; a new day will be set")
ACCREDITED = "Fallow Ridge Council for Continuing Education (invented)"
STATEMENT = (
    "Fallow Ridge Council for Continuing Education designates this live activity for a maximum of 1.5 credits. "
    "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
)
CREDIT = 1.5
FOLLOW_UPS = ("Send the slides", "Answer the question about direct scheduling", "Bring the speaker along")


@dataclass(frozen=True)
class Version:
    """A version of a material. `begins`, `ends`: months after the programme's start or, below 0, before the end."""

    id: str
    name: str
    title: str
    kind: str
    line: str
    begins: int
    ends: int | None = None


CARD, FLYER, HOURS = "line-card", "heart-failure-flyer", "summer-hours"
VERSIONS = (
    Version(CARD, "v1", "Direct line card", "Card", "", 0),
    Version(CARD, "v2", "Direct line card", "Card", "", -3),
    Version("headache-guide", "v1", "Headache referral guide", "Referral guide", "neurology", 0),
    Version("chest-pain", "v1", "Chest pain pathway", "Referral guide", "cardiology", 0),
    Version("chest-pain", "v2", "Chest pain pathway", "Referral guide", "cardiology", 9),
    Version("knee-form", "v1", "Direct scheduling form", "Form", "orthopaedics", 2),
    Version(HOURS, "2026", "Summer hours of our clinics", "Leaflet", "", -5, -2),
    Version(FLYER, "v1", "Heart failure clinic: whom to send", "Brochure", "cardiology", -4),
)

CAMPAIGN = ("heart-failure", "Heart failure clinic", "cardiology")
MESSAGE = "A heart failure clinic with dates within five days; one number for practices, a note back the same day."
BRIEFED = ("Cardiology front desk", "Central scheduling")


@dataclass(frozen=True)
class Asked:
    """A department that the survey asked about. `share` of the answers (0: `few` of them), the marks it tends to."""

    name: str
    line: str
    share: float
    marks: tuple[float, float, float]  # ease, report back, access
    likely: float
    few: int = 0


SURVEYED = (
    Asked("Cardiology clinic", "cardiology", 0.52, (4.4, 4.0, 4.2), 8.6),
    Asked("Neurology clinic", "neurology", 0.28, (3.4, 3.2, 1.9), 5.9),
    Asked("Orthopaedics clinic", "orthopaedics", 0.20, (4.1, 3.1, 4.3), 7.8),
    Asked("Sleep centre", "pulmonology", 0.0, (3.8, 3.6, 2.8), 7.0, few=3),
    Asked("Skin clinic", "dermatology", 0.0, (3.9, 3.5, 2.4), 7.2, few=2),
)
PRAISE = ("The coordinator there knows us by name.", "Notes come back the same week.", "Easy to reach by phone.")
BLAME = ("Two months for a new patient is too long.", "We never hear what came of it.", "The fax line is always busy.")

# tag, words, line, whether a competitor is named
REMARKS = (
    ("service_gap", "Nobody near us reads sleep studies.", "pulmonology", False),
    ("service_gap", "We send children with seizures out of the region.", "neurology", False),
    ("competitor", "They have a date for us the same week.", "cardiology", True),
    ("competitor", "Their portal shows us where a referral stands.", "cardiology", True),
    ("access", "Neurology is booked until after the holidays.", "neurology", False),
    ("referral_process", "One form for all clinics would help.", "", False),
    ("insurance", "Which plans do you take since January?", "", False),
    ("praise", "The new orthopaedics line works.", "orthopaedics", False),
)

GIFTS = (
    ("Textbook, second edition", 189.0),
    ("Basket at the end of the residency", 94.0),
    ("Dinner after a talk", 118.0),
)
MEAL = 38.0  # a share of the evening's dinner
MET = ("Will send the next new patient.", "Wants to see how the first report comes back.", "Has a specialist already.")
