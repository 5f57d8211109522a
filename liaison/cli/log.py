"""Commands for visits: log, change, void and list them; records as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError
from liaison.vocabulary import BarrierKind, Channel, Purpose

if TYPE_CHECKING:
    from liaison.facts.home import Home

ACTOR = "command line"


def _option(name: str, metavar: str, says: str, **more: Any) -> Any:
    return typer.Option(name, metavar=metavar, help=says, **more)


def _words(words: type[StrEnum]) -> str:
    return "|".join(words)


def add_to(app: typer.Typer) -> None:
    app.command("log")(log)
    app.command("export")(export)


def log(
    liaison: Annotated[str | None, _option("--liaison", "ID", "Who was there; alone: lists their newest.")] = None,
    practice: Annotated[str | None, _option("--practice", "ID", "Where.")] = None,
    visit: Annotated[str | None, _option("--visit", "ID", "One that is logged: shown, changed or voided.")] = None,
    on: Annotated[str | None, _option("--date", "DATE", "Its day. Default: today.", callback=a_date)] = None,
    channel: Annotated[Channel | None, _option("--channel", _words(Channel), "Default: in_person.")] = None,
    purpose: Annotated[Purpose | None, _option("--purpose", _words(Purpose), "What for.")] = None,
    outcome: Annotated[str | None, _option("--outcome", "TEXT", "What came of it.")] = None,
    ask: Annotated[str | None, _option("--ask", "TEXT", "What was asked.")] = None,
    met: Annotated[str | None, _option("--met", "NAMES", "Whom one met, parted by semicolons.")] = None,
    materials: Annotated[str | None, _option("--materials", "IDS", "What was left, parted by semicolons.")] = None,
    next_step: Annotated[str | None, _option("--next-step", "TEXT", "What was promised.")] = None,
    by: Annotated[str | None, _option("--by", "DATE", "By when.", callback=a_date)] = None,
    done: Annotated[str | None, _option("--done", "DATE", "When the promise was kept.", callback=a_date)] = None,
    minutes: Annotated[float | None, _option("--minutes", "N", "How long.")] = None,
    miles: Annotated[float | None, _option("--miles", "N", "How far.")] = None,
    notes: Annotated[str | None, _option("--notes", "TEXT", "No patient's name, birth date or record number.")] = None,
    barrier: Annotated[BarrierKind | None, _option("--barrier", "KIND", "A problem that was raised.")] = None,
    what: Annotated[str | None, _option("--what", "TEXT", "What the problem is.")] = None,
    void: Annotated[str | None, _option("--void", "WHY", "With --visit: it counts nowhere.")] = None,
    stand: Annotated[bool, typer.Option("--stand", help="With --visit: it counts again.")] = False,
) -> None:
    """Log a visit; with --visit show, change or void one; without a practice list the newest.

    \b
    Example: python -m liaison log --liaison L1 --practice P0016 --purpose follow_up --next-step "Call" --by 2026-12-08
    """
    given = {
        "person_id": liaison,
        "practice_id": practice,
        "date": on,
        "channel": channel.value if channel else None,
        "purpose": purpose.value if purpose else None,
        "outcome": outcome,
        "ask": ask,
        "people_met": met,
        "materials": materials,
        "next_step": next_step,
        "next_step_on": by,
        "next_step_done_on": done,
        "minutes": minutes,
        "miles": miles,
        "notes": notes,
    }
    values = {name: value for name, value in given.items() if value is not None}
    if (barrier is None) != (what is None):
        raise LiaisonError("A barrier has a kind and says what happened.", remedy="Give --barrier and --what together.")
    if visit is None and (void is not None or stand):
        raise LiaisonError("Nothing says which visit.", remedy="Give --visit ID.")
    raised = {"kind": barrier.value, "what": what} if barrier else None
    with opened_home() as home:
        if visit is not None:
            show(_changed(home, visit, values, void, stand))
        elif practice is None:
            show(_newest(home, values))
        else:
            show(_logged(home, values, raised))


def _today(home: "Home") -> date:
    return datetime.now(home.settings.time_zone).date()


def _logged(home: "Home", values: dict[str, Any], raised: dict[str, Any] | None) -> "_Shown":
    from liaison.planning.stored import visited
    from liaison.planning.stored.clashes import clashes
    from liaison.store import reading

    today = _today(home)
    values = {"date": today.isoformat(), "channel": Channel.in_person.value, **values}
    place, who = values["practice_id"], values.get("person_id", "")
    with reading(home.store) as connection:
        met = clashes(connection, [place], who, date.fromisoformat(values["date"])).get(place, [])
    saved = visited.log(home.store, values, actor=ACTOR, today=today, raised=raised)
    return _shown(home, saved.visit_id, barrier=saved.barrier_id, others=list(dict.fromkeys(m.says for m in met)))


def _changed(home: "Home", key: str, values: dict[str, Any], void: str | None, stand: bool) -> "_Shown":
    from liaison.fieldwork.logged import visit_now
    from liaison.planning.stored import visited
    from liaison.store import reading

    with reading(home.store) as connection:
        version = visit_now(connection, key).version
    if values:
        version = visited.change(home.store, key, values, expected_version=version, actor=ACTOR, today=_today(home))
    if void is not None or stand:
        visited.void(home.store, key, void, expected_version=version, actor=ACTOR)
    return _shown(home, key)


def _newest(home: "Home", values: dict[str, Any]) -> dict[str, Any]:
    from liaison.fieldwork.logged import latest_visits
    from liaison.store import reading

    more = [name for name in values if name != "person_id"]
    if more:
        raise LiaisonError(
            "Nothing says where the visit was.", remedy="Give --practice ID, or --visit ID to change one."
        )
    with reading(home.store) as connection:
        found = latest_visits(connection, values.get("person_id"))
    return {"visits": [each.as_json() for each in found]}


@dataclass(frozen=True)
class _Shown:
    """One visit with what was said about it."""

    visit: dict[str, Any]
    history: list[dict[str, str]]
    more: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"visit": self.visit, **self.more, "history": self.history}

    def as_text(self) -> str:
        """A line a value; then what was said, newest first."""
        lines = [f"{name.replace('_', ' ')}: {value}" for name, value in self.visit.items() if value is not None]
        lines += [f"also: {said}" for said in self.more.get("others", [])]
        lines += [f"barrier: {self.more['barrier']}"] if self.more.get("barrier") else []
        return "\n".join([*lines, "", *(f"{each['at'][:16]} {each['actor']}: {each['said']}" for each in self.history)])


def _shown(home: "Home", key: str, **more: Any) -> _Shown:
    from liaison.fieldwork.logged import visit_now
    from liaison.fieldwork.one_practice import changes_of
    from liaison.store import reading

    with reading(home.store) as connection:
        said = reversed(changes_of(connection, "visits", key))
        told = [{"at": each.at, "actor": each.actor, "said": each.said} for each in said]
        return _Shown(visit_now(connection, key).as_json(), told, more)


def export(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="Records that people keep, such as visits.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the CSV.")],
) -> None:
    """Write records as the CSV of their format; it imports back unchanged.

    \b
    Example: python -m liaison export visits visits.csv
    """
    from liaison.ingest import export as written
    from liaison.store import reading

    with opened_home() as home, reading(home.store) as connection:
        show(written.export(connection, format_name, file))
