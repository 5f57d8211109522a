"""The commands together, and what a refusal or a fault looks like."""

from collections.abc import Sequence

import typer

from liaison.cli import (
    barriers,
    brief,
    calendar_feed,
    campaigns,
    changes,
    data,
    drives,
    events,
    feedback,
    figures,
    gifts,
    hand_over,
    log,
    mail,
    market,
    materials,
    my_day,
    network,
    operate,
    organisations,
    outlook,
    places,
    plan,
    practice,
    rank,
    regain,
    report,
    roi,
    route,
    specialists,
    staffing,
    team,
    territories,
    waiting,
    week,
)
from liaison.cli.show import as_json, say, show
from liaison.errors import LiaisonError

REFUSED, FAULT = 1, 70  # usage is 2, from the parser; 70 is what systems call a fault of the program

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (
    data,
    drives,
    figures,
    waiting,
    changes,
    market,
    materials,
    operate,
    regain,
    practice,
    log,
    organisations,
    network,
    places,
    outlook,
    rank,
    report,
    roi,
    route,
    gifts,
    campaigns,
    plan,
    brief,
    my_day,
    mail,
    team,
    hand_over,
    calendar_feed,
    events,
    week,
    barriers,
    specialists,
    territories,
    staffing,
    drives,
    feedback,
):
    group.add_to(app)


@app.callback()
def options(
    json: bool = typer.Option(False, "--json", help="Print one JSON object. May also stand after the command."),
) -> None:
    """Liaison: files in, trusted figures out. LIAISON_HOME names the home (default data/local).

    \b
    Example: python -m liaison leakage --by service_line --from 2026-01 --to 2026-06
    """


def main(arguments: Sequence[str]) -> int:
    """Run one command. 0: done; 1: refused, with what would mend it; 2: not understood."""
    given = list(arguments)
    as_json.set("--json" in given)
    try:
        app([a for a in given if a != "--json"], prog_name="python -m liaison")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except LiaisonError as refused:
        return _refuse(refused)
    except Exception as error:  # noqa: BLE001  the outermost place: logged, shown by number
        return _fault(error, given)
    return 0


def _refuse(refused: LiaisonError) -> int:
    from liaison.jobs.work import refusal

    told = refusal(refused)
    if as_json.get():
        beside = {name: value for name, value in told.items() if name not in ("message", "where", "remedy")}
        show({"error": {name: told[name] for name in ("message", "where", "remedy")}, **beside})
    else:
        say(str(refused))
    return REFUSED


def _fault(error: Exception, given: list[str]) -> int:
    from liaison.cli.options import settings
    from liaison.jobs import log

    command = next((a for a in given if not a.startswith("-")), "")
    told = log.fault_json(log.fault(settings().home, f"command {command}", error, "commands.log"), "commands.log")
    if as_json.get():
        show({"error": {name: told[name] for name in ("message", "where", "remedy")}})
    else:
        say(f"{told['message']} {told['remedy']}")
    return FAULT
