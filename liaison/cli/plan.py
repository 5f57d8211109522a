"""The command that plans a liaison's week over the store, and writes it as a calendar file."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from liaison.cli.files import write_file
from liaison.cli.options import a_date, opened_home
from liaison.cli.show import Progress, show
from liaison.errors import LiaisonError

if TYPE_CHECKING:
    from liaison.facts.home import Home
    from liaison.planning.stored.plans import StoredPlan

Who = Annotated[str, typer.Option("--liaison", metavar="ID", help="Whose week: a person's id.")]
Week = Annotated[
    str | None,
    typer.Option("--week", metavar="YYYY-MM-DD", help="Any day of the week. Default: this week."),
]
Ics = Annotated[
    Path | None,
    typer.Option(
        "--ics", metavar="FILE", help="Also write the week as an iCalendar file; a later one updates entries."
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", callback=a_date, help="The day of the sheet; its week is planned."),
]
Pdf = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Also write the day (--date) as a sheet to print.")
]
Anew = Annotated[bool, typer.Option("--anew", help="Plan from nothing; pins, agreed times and locked days stay.")]
Seconds = Annotated[
    float | None,
    typer.Option("--seconds", metavar="N", min=0.01, max=600, help="How long to search for a better plan."),
]


def add_to(app: typer.Typer) -> None:
    app.command("plan")(plan)


def plan(
    liaison: Who,
    week: Week = None,
    day: Day = None,
    ics: Ics = None,
    pdf: Pdf = None,
    anew: Anew = False,
    seconds: Seconds = None,
) -> None:
    """A liaison's week: which practices to visit, when and in which order.

    What stands is shown; a week that nobody planned is planned. The page Routes shows the same plan.

    \b
    Example: python -m liaison plan --liaison L1 --ics week.ics
    """
    from liaison.planning.stored.made import improve

    if pdf is not None and day is None:
        raise LiaisonError("A sheet is of one day.", remedy="Name it: --date 2026-11-24.")
    with opened_home() as home:
        monday = _week(home, day or week)
        found = _standing(home, liaison, monday)
        if found is None or anew or seconds is not None:
            how: Literal["anew", "again"] = "anew" if anew or found is None else "again"
            improve(home, liaison, monday, Progress(), how=how, seconds=seconds, actor="command line")
            found = _standing(home, liaison, monday)
        if found is None:
            raise AssertionError("A plan that was just written is not there.")
        if ics is not None:
            _write(home, found, ics)
        if pdf is not None and day is not None:
            _write_sheet(home, found, date.fromisoformat(day), pdf)
        show(_Shown(home, found, ics, pdf))


def _week(home: "Home", week: str | None) -> date:
    from liaison.planning.stored.plans import monday

    if week is None:
        return monday(datetime.now(home.settings.time_zone).date())
    try:
        return monday(date.fromisoformat(week))
    except ValueError as wrong:
        raise LiaisonError(f"{week} is not a day.", remedy="Write days as 2026-11-24.") from wrong


def _standing(home: "Home", person_id: str, week: date) -> "StoredPlan | None":
    from liaison.planning.stored.plans import stored_plan
    from liaison.store import reading

    with reading(home.store) as connection:
        return stored_plan(connection, person_id, week)


def _write(home: "Home", found: "StoredPlan", file: Path) -> None:
    from liaison.fieldwork.panels import panels
    from liaison.planning.stored.offices import offices
    from liaison.reports.route_calendar import route_calendar
    from liaison.store import reading

    with reading(home.store) as connection:
        whose = panels(connection, datetime.now(UTC).date().isoformat())
        named = offices(connection, [stop.practice_id for stop in found.stops], whose)
    name = f"Visits of {whose.team.get(found.person_id, found.person_id)}"
    write_file(file, route_calendar([found], named, name))


def _write_sheet(home: "Home", found: "StoredPlan", on: date, file: Path) -> None:
    from zoneinfo import ZoneInfo

    from liaison.reports.day_sheet import day_sheet

    write_file(file, day_sheet(home, found, on, datetime.now(ZoneInfo(found.zone))))


@dataclass(frozen=True)
class _Shown:
    home: "Home"
    plan: "StoredPlan"
    ics: Path | None
    pdf: Path | None

    def as_json(self) -> dict[str, Any]:
        """Minutes since midnight, as `route --problem`; `minutes` are those of driving."""
        from liaison.planning.problem import in_minutes

        days = [
            {
                "date": day.date.isoformat(),
                "minutes": in_minutes(day.driving),
                "locked": day.locked,
                "conflicts": list(day.conflicts),
                "stops": [
                    {
                        "id": stop.practice_id,
                        "arrive": in_minutes(stop.arrive),
                        "depart": in_minutes(stop.depart),
                        "value": round(stop.value, 4),
                    }
                    for stop in self.plan.of(day.date)
                ],
            }
            for day in self.plan.days
        ]
        return {
            "liaison": self.plan.person_id,
            "week": self.plan.week.isoformat(),
            "zone": self.plan.zone,
            "revision": self.plan.revision,
            "value": round(self.plan.value, 4),
            "solver": self.plan.solver,
            "travel": self.plan.papers.get("travel"),
            "days": days,
            "left_out": [
                {"id": left.practice_id, "value": round(left.value, 4), "value_lost": left.lost}
                for left in self.plan.left_out
            ],
            "ics": str(self.ics) if self.ics else None,
            "pdf": str(self.pdf) if self.pdf else None,
        }

    def as_text(self) -> str:
        """A block of lines a day."""
        from liaison.planning.problem import at_clock
        from liaison.planning.stored.words import day_words, minutes

        parts = [f"value: {self.plan.value:,.1f}, {minutes(self.plan.driving)} of driving, {self.plan.solver}"]
        for day in self.plan.days:
            lines = [f"{day_words(day.date)}: {minutes(day.driving)} of driving"]
            lines += [f"  {at_clock(stop.arrive)}  {stop.practice_id}" for stop in self.plan.of(day.date)]
            parts.append("\n".join([*lines, *(f"  cannot be: {said}" for said in day.conflicts)]))
        return "\n\n".join([*parts, f"left out: {len(self.plan.left_out):,}"])
