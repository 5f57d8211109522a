"""The pages of the app: where each lies, what it is called, which of the global filters it can honour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Off = Callable[[Mapping[str, str]], Mapping[str, str]]  # what the URL says, filters by name -> filter -> why off

PLACE = ("territory", "practice_type")
PAYERS = ("payer", "priority")
WITHOUT_GROUPS = ("territory", "month", "destination", "cause")  # views of the heat map that payers can cut


def _nothing_off(said: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def _payers_off(said: Mapping[str, str]) -> Mapping[str, str]:
    return dict.fromkeys(PAYERS, "practices are counted without payers and priorities.")


def _payers_by_group(said: Mapping[str, str]) -> Mapping[str, str]:
    """Only the view of the heat map that the page opens with needs practice groups."""
    if said.get("view") not in WITHOUT_GROUPS:
        return dict.fromkeys(PAYERS, "practice groups are counted without payers and priorities. Choose another view.")
    return {}


def _payers_or_place(said: Mapping[str, str]) -> Mapping[str, str]:
    """Stages are counted by place or by payer: both together are as many rows as there are referrals."""
    if any(said.get(name) for name in PLACE):
        return dict.fromkeys(PAYERS, "stages are counted by place or by payer. Take territory and type away first.")
    return {}


def _no_payers(said: Mapping[str, str]) -> Mapping[str, str]:
    return dict.fromkeys((*PAYERS, "source"), "what people say of us has no payer, priority or source.")


def _one_place(said: Mapping[str, str]) -> Mapping[str, str]:
    if said.get("practice"):
        return {"territory": "a practice lies in one.", "practice_type": "a practice is of one."}
    return _payers_off(said)  # the directory


def _pairs_off(said: Mapping[str, str]) -> Mapping[str, str]:
    """Shared patients are pairs of providers over a year: no filter of referrals can cut them."""
    if said.get("view") == "shared":
        every = ("window", "territory", "service_line", "practice_type", "payer", "priority", "source")
        return dict.fromkeys(every, "pairs of providers have no month, place, line or payer.")
    return _payers_off(said)


def _list_off(said: Mapping[str, str]) -> Mapping[str, str]:
    """The list is made once, for all months together; a line keeps the practices that send it."""
    every = dict.fromkeys(("payer", "priority", "source"), "a practice is ranked as a whole.")
    return every | {"window": "the list is for the month after the last complete one."}


@dataclass(frozen=True)
class Entry:
    """A page of the app. `off` says which filters it cannot honour; without `filtered` it has none at all.

    `sheets`: the stylesheets of its parts, beside the one that every page has.
    """

    file: str
    title: str
    url: str
    icon: str
    off: Off = _nothing_off
    filtered: bool = True
    sheets: tuple[str, ...] = ()


OVERVIEW = Entry(
    "pages/see/overview.py", "Overview", "overview", ":material/space_dashboard:", _payers_off, sheets=("overview",)
)
TERRITORIES = Entry("pages/see/territories.py", "Territories", "territories", ":material/map:", _payers_off)
LEAKAGE = Entry("pages/see/leakage.py", "Leakage", "leakage", ":material/call_split:", _payers_by_group)
FUNNEL = Entry("pages/see/funnel.py", "Funnel", "funnel", ":material/filter_alt:", _payers_or_place)
PRACTICE = Entry(
    "pages/see/practice.py",
    "Practices",
    "practice",
    ":material/local_hospital:",
    _one_place,
    sheets=("practice", "visits"),
)
ORGANISATIONS = Entry(
    "pages/see/organisations.py", "Organisations", "organisations", ":material/apartment:", _pairs_off
)
NETWORK = Entry("pages/see/network.py", "Network", "network", ":material/hub:", _payers_off)
NEXT_VISITS = Entry(
    "pages/plan/next_visits.py",
    "Next visits",
    "next-visits",
    ":material/event_upcoming:",
    _list_off,
    sheets=("visits",),
)
HOW_GOOD = Entry("pages/plan/how_good.py", "How good is this?", "how-good", ":material/fact_check:", filtered=False)
LOG = Entry("pages/do/log.py", "Log a visit", "log", ":material/edit_note:", filtered=False)
EFFECT = Entry(
    "pages/prove/effect.py", "Programme effect", "effect", ":material/query_stats:", filtered=False, sheets=("effect",)
)
SUMMARY = Entry(
    "pages/prove/summary.py",
    "Executive summary",
    "summary",
    ":material/summarize:",
    filtered=False,
    sheets=("summary",),
)
MY_DAY = Entry("pages/do/my_day.py", "My day", "my-day", ":material/today:", filtered=False, sheets=("my_day",))
TEAM = Entry("pages/do/team.py", "Team", "team", ":material/groups:", filtered=False)
BRIEF = Entry("pages/do/brief.py", "Brief", "brief", ":material/badge:", filtered=False, sheets=("visits", "brief"))
ROUTES = Entry("pages/plan/routes.py", "Routes", "routes", ":material/route:", filtered=False, sheets=("routes",))
EVENTS = Entry("pages/do/events.py", "Events", "events", ":material/event:", filtered=False)
MATERIALS = Entry("pages/do/materials.py", "Materials", "materials", ":material/auto_stories:", filtered=False)
CAMPAIGNS = Entry("pages/do/campaigns.py", "Campaigns", "campaigns", ":material/campaign:", filtered=False)
GIFTS = Entry("pages/do/gifts.py", "Gifts", "gifts", ":material/redeem:", filtered=False)
WEEK = Entry("pages/plan/week.py", "Week", "week", ":material/calendar_view_week:", filtered=False, sheets=("week",))
BARRIERS = Entry(
    "pages/do/barriers.py", "Barriers", "barriers", ":material/report:", filtered=False, sheets=("barriers",)
)
DRAW = Entry(
    "pages/plan/draw.py",
    "Draw territories",
    "draw-territories",
    ":material/edit_location_alt:",
    filtered=False,
    sheets=("draw",),
)
STAFFING = Entry("pages/plan/staffing.py", "Staffing and goals", "staffing", ":material/groups:", filtered=False)
FEEDBACK = Entry("pages/do/feedback.py", "Feedback", "feedback", ":material/forum:", _no_payers)
DATA = Entry("pages/operate/data.py", "Data", "data", ":material/database:", filtered=False)
# Grouped by what people want: a group stands here as soon as it has a page.
GROUPS: dict[str, tuple[Entry, ...]] = {
    "See": (OVERVIEW, TERRITORIES, LEAKAGE, FUNNEL, PRACTICE, ORGANISATIONS, NETWORK),
    "Plan": (NEXT_VISITS, ROUTES, WEEK, DRAW, STAFFING, HOW_GOOD),
    "Do": (MY_DAY, BRIEF, LOG, BARRIERS, EVENTS, FEEDBACK, MATERIALS, GIFTS, CAMPAIGNS, TEAM),
    "Prove": (EFFECT, SUMMARY),
    "Data & admin": (DATA,),
}


def listed() -> dict[str, Entry]:
    """Every page of the app by its title."""
    return {entry.title: entry for group in GROUPS.values() for entry in group}
