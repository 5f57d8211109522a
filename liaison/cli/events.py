"""Commands for events and for tasks."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.files import write_file
from liaison.cli.options import PracticeType, ServiceLine, Territory, a_date, opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

if TYPE_CHECKING:
    from liaison.facts.home import Home
    from liaison.fieldwork.one_event import EventFile

ACTOR = "command line"
Lines = Annotated[
    Path | None,
    typer.Option(
        "--attend",
        metavar="FILE",
        help="Record who came: a person a line, by NPI, invitation code or exact name; - reads what is typed.",
    ),
]
Invite = Annotated[
    bool, typer.Option("--invite", help="Invite the practices that the filters leave; those on the list stay as is.")
]
FollowUp = Annotated[
    str | None, typer.Option("--follow-up", metavar="WORDS", help="Make this task for each practice that came.")
]
Due = Annotated[
    str | None, typer.Option("--due", metavar="YYYY-MM-DD", callback=a_date, help="By when the task is due.")
]


Ics = Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write the event as an iCalendar file.")]
Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates", metavar="FILE", help="Write certificates of attendance, a PDF with a page a person."
    ),
]
CreditFile = Annotated[
    Path | None,
    typer.Option(
        "--credit", metavar="FILE", help="Write certificates of credit; refused unless the event was designated for it."
    ),
]


def add_to(app: typer.Typer) -> None:
    for command in (events, tasks):
        app.command()(command)


def events(
    event_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Which event. Without it: all.")] = None,
    invite: Invite = False,
    territory: Territory = None,
    service_line: ServiceLine = None,
    practice_type: PracticeType = None,
    attend: Lines = None,
    follow_up: FollowUp = None,
    due: Due = None,
    ics: Ics = None,
    certificates: Certificates = None,
    credit: CreditFile = None,
) -> None:
    """Events: who was invited, who came, what followed; with an id, one event, and what is done for it.

    A list of attendance takes exact matches only; what is doubtful is printed for a decision. A practice that came
    is a touch of channel event. New events come in by import events.

    \b
    Example: python -m liaison events E7 --attend scanned.txt --certificates certificates.pdf
    """
    from liaison.fieldwork.one_event import events as every
    from liaison.store import reading

    with opened_home() as home:
        if event_id is None:
            if any((invite, attend, follow_up, ics, certificates, credit)):
                raise LiaisonError("This is done for one event.", remedy="Name the event's id: events E7 ...")
            with reading(home.store) as connection:
                show({"rows": [row.as_json() for row in every(connection)]})
            return
        done: dict[str, Any] = {}
        if invite:
            done["invited"] = _invite(home, event_id, territory, service_line, practice_type)
        if attend is not None:
            done |= _attend(home, event_id, attend)
        if follow_up is not None:
            done["tasks_made"] = _follow_up(home, event_id, follow_up, due)
        about = _about(home, event_id)
        _write(home, about, ics, certificates, credit)
        show({**done, **about.as_json()})


def _about(home: "Home", event_id: str) -> "EventFile":
    from liaison.fieldwork.one_event import event_file
    from liaison.store import reading

    with reading(home.store) as connection:
        return event_file(connection, event_id)


def _now(home: "Home") -> datetime:
    return datetime.now(home.settings.time_zone)


def _invite(home: "Home", event_id: str, territory: str | None, line: str | None, kind: str | None) -> int:
    """How many practices were not invited before."""
    from liaison.access import owner
    from liaison.fieldwork.inviting import invite, unwelcome
    from liaison.metrics.directory import directory
    from liaison.metrics.filters import Filters, checked
    from liaison.store import reading
    from liaison.vocabulary import Audience

    live = home.live()
    asked = checked(live, Filters(territory=territory, service_line=line, practice_type=kind))
    found = directory(live, owner(), Audience.inside, asked).on_record(that_sent=line is not None)
    with reading(home.store) as connection:
        out = unwelcome(connection)
    ids = [one for one in found if one not in out]
    return invite(home.store, event_id, ids, _now(home).date().isoformat(), actor=ACTOR)


def _attend(home: "Home", event_id: str, file: Path) -> dict[str, Any]:
    from liaison.fieldwork.attending import take
    from liaison.vocabulary import Recorded

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise LiaisonError(f"{file} cannot be read as text.", remedy="Give a file with a person a line.") from wrong
    taken = take(home.store, event_id, text.splitlines(), Recorded.file, _now(home), actor=ACTOR)
    return {
        "recorded": len(taken.recorded),
        "already": len(taken.already),
        "to_decide": [
            {"line": one.line, "why": one.why, "could_be": [f"{who.name}, {who.practice}" for who in one.could_be]}
            for one in taken.decide
        ],
    }


def _follow_up(home: "Home", event_id: str, what: str, due: str | None) -> int:
    from liaison.fieldwork.inviting import follow_up

    return follow_up(home.store, event_id, what, due, _now(home).date().isoformat(), actor=ACTOR)


def _write(home: "Home", about: "EventFile", ics: Path | None, came: Path | None, credit: Path | None) -> None:
    """The files that were asked for; each is made before any is written."""
    from liaison.fieldwork.organisations import our_name
    from liaison.reports.certificates import attendance_certificates, credit_certificates
    from liaison.reports.event_calendar import event_calendar
    from liaison.store import reading

    with reading(home.store) as connection:
        ours = our_name(connection)
    made = [
        (ics, lambda: event_calendar(about, _now(home))),
        (came, lambda: attendance_certificates(about, ours)),
        (credit, lambda: credit_certificates(about, ours)),
    ]
    for file, content in [(file, make()) for file, make in made if file is not None]:
        write_file(file, content)


def tasks(
    liaison: Annotated[str | None, typer.Option("--liaison", metavar="ID", help="Only this person's.")] = None,
    done: Annotated[str | None, typer.Option("--done", metavar="TASK", help="This task was done today.")] = None,
    add: Annotated[
        str | None, typer.Option("--add", metavar="WORDS", help="A new task for the person of --liaison.")
    ] = None,
    practice: Annotated[
        str | None, typer.Option("--practice", metavar="PRACTICE", help="The practice that the new task is for.")
    ] = None,
    due: Due = None,
) -> None:
    """What somebody of the team has to do: what is not done, the earliest due first.

    \b
    Example: python -m liaison tasks --liaison L1 --add "Send the slides" --practice P0042 --due 2026-12-10
    """
    from liaison.fieldwork.to_do import add_task, finish, open_tasks
    from liaison.store import reading

    with opened_home() as home:
        today = _now(home).date().isoformat()
        if add is not None:
            if liaison is None:
                raise LiaisonError("A task is somebody's.", remedy="Say whose with --liaison.")
            add_task(home.store, liaison, add, practice_id=practice, due_on=due, actor=ACTOR)
        with reading(home.store) as connection:
            every = open_tasks(connection)
        if done is not None:
            one = next((each for each in every if each.task_id == done), None)
            if one is None:
                raise LiaisonError(f"No open task is called {done}.", remedy="The command tasks lists them.")
            finish(home.store, one, today, actor=ACTOR)
        left = [each for each in every if each.task_id != done and liaison in (None, each.person_id)]
        show({"rows": [{**each.as_json(), "days_late": each.late(today)} for each in left]})
