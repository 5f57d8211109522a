"""What the page reads: everybody's plan of one week, each read anew when it changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liaison.planning.stored.board import Board, board
from liaison.planning.stored.plans import monday
from liaison.planning.stored.words import day_words
from liaison.ui import homes, options
from liaison.ui.routes import asked
from liaison.ui.routes.asked import View, Worker

WEEK = "week"
BACK, AHEAD = 1, 3  # weeks that can be chosen


@dataclass(frozen=True)
class Team:
    """The week that is looked at, who works, and their board."""

    workers: Mapping[str, Worker]
    board: Board
    today: date

    def name(self, person_id: str) -> str:
        return self.workers[person_id].name

    def opens(self, person_id: str, on: date) -> bool:
        """Whether the page Routes shows that day."""
        return on in self.workers[person_id].dates()


def team() -> Team | None:
    """Everybody with practices, in the week that the URL says; None where nobody has any."""
    _, workers = asked.team()
    if not workers:
        return None
    week = date.fromisoformat(options.now(WEEK, weeks(), this_week().isoformat()))
    plans = {id_: asked.plan(View(worker, week, None)) for id_, worker in workers.items()}
    works = {id_: worker.work.days for id_, worker in workers.items()}
    return Team(workers, board(week, plans, works), _today())


def this_week() -> date:
    """The one that is under way; from Saturday on the next one."""
    today = _today()
    return monday(today) + timedelta(days=7 if today.weekday() > 4 else 0)


def weeks() -> dict[str, str]:
    """Monday -> words."""
    now = monday(_today())
    every = (now + timedelta(weeks=n) for n in range(-BACK, AHEAD))
    near = {now: "This week, ", now + timedelta(weeks=1): "Next week, "}
    return {each.isoformat(): f"{near.get(each, '')}{day_words(each)}" for each in every}


def _today() -> date:
    return datetime.now(homes.home().settings.time_zone).date()
