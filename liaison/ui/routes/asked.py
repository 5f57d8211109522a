"""What the page reads: whose plan, for which days, as it stands in the store. Plans are read anew when they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from liaison.fieldwork.panels import Panels, panels
from liaison.fieldwork.records import all_records
from liaison.fieldwork.syntax import DAYS
from liaison.planning.stored.asked import zone_of
from liaison.planning.stored.clashes import clashes
from liaison.planning.stored.offices import Office, offices
from liaison.planning.stored.plans import StoredPlan, monday, revision_of, stored_plan
from liaison.planning.stored.workday import Workday, workday
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask_records, kept, viewer

WEEKS = 3  # that can be chosen: this one and those after it


@dataclass(frozen=True)
class Worker:
    """A liaison, when they work and by which clock."""

    person_id: str
    name: str
    work: Workday
    zone: ZoneInfo

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(self.zone)

    def dates(self) -> list[date]:
        """Working days from today on."""
        today = self.now().date()
        every = (monday(today) + timedelta(days=n) for n in range(7 * WEEKS))
        return [day for day in every if day >= today and DAYS[day.weekday()] in self.work.days]

    def first_day(self) -> date | None:
        """Today while it lasts, else the next working day."""
        now = self.now()
        over = (now.hour * 60 + now.minute) * 100 >= self.work.ends
        return next((day for day in self.dates() if day > now.date() or not over), None)


@dataclass(frozen=True)
class View:
    """Whose plan is looked at, for which week, and which day of it (None: the whole week)."""

    worker: Worker
    week: date
    day: date | None

    @property
    def days(self) -> list[date]:
        return [self.day] if self.day else [day for day in self.worker.dates() if monday(day) == self.week]


def team() -> tuple[Panels, Mapping[str, Worker]]:
    """Who has practices, and how they work."""
    today = datetime.now(homes.home().settings.time_zone).date().isoformat()
    return ask_records(_team, today)[0]


def _team(connection: Connection, today: str) -> tuple[Panels, Mapping[str, Worker]]:
    whose, settings = panels(connection, today), homes.home().settings
    found = {}
    for row in all_records(connection, "people"):
        id_ = str(row["person_id"])
        if id_ in whose.people or (not whose.people and id_ in whose.team):
            work = workday(settings, row["works_from"], row["works_to"], row["days"])
            found[id_] = Worker(id_, str(row["name"]), work, zone_of(connection, settings, whose, id_))
    return whose, dict(sorted(found.items(), key=lambda each: each[1].name))


def plan(view: View) -> StoredPlan | None:
    """As it stands: one lookup, and the plan where it says that it changed."""
    with reading(homes.home().store) as connection:
        found = revision_of(connection, view.worker.person_id, view.week)
        if found is None:
            return None
        key = (str(homes.home().path), viewer().scope, "route", *found)
        return kept().get(key, lambda: stored_plan(connection, view.worker.person_id, view.week))


def places(of: StoredPlan) -> dict[str, Office]:
    """The practices that the plan names, as they are on record."""
    ids = tuple(sorted({*(stop.practice_id for stop in of.stops), *(left.practice_id for left in of.left_out)}))
    return ask_records(_places, ids, of.week)[0]


def _places(connection: Connection, ids: tuple[str, ...], week: date) -> dict[str, Office]:
    return offices(connection, ids, panels(connection, week.isoformat()))


def others(view: View, practice_ids: list[str], on: date) -> dict[str, str]:
    """Practice id -> who else goes, or went, there within a week, in words."""
    with reading(homes.home().store) as connection:
        found = clashes(connection, practice_ids, view.worker.person_id, on)
    told = {id_: [each.says for each in met if not each.own] for id_, met in found.items()}
    return {id_: " ".join(dict.fromkeys(said)) for id_, said in told.items() if said}


def name_of(practice_id: str) -> str:
    """What people call a practice."""
    return homes.live().label_of.get(("practice", practice_id), practice_id)
