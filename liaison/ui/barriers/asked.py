"""What the page asks for: the board from the store, what is stuck from the data, and both set against each other."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from liaison.fieldwork.barrier_board import Board, OnBoard, board, ended
from liaison.fieldwork.barrier_proposals import Proposed, declines, proposals
from liaison.fieldwork.practices import names_and_towns
from liaison.metrics.barrier_times import Cause, TimeTo, causes, times
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.metrics.stuck_at import StuckAt, stuck_at
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, ask_records, version
from liaison.ui.clock import today

EVERYTHING = Filters()


def now() -> Board:
    """The board as it stands, read anew when somebody has written."""
    found, _ = ask_records(board, today(), homes.home().settings.barrier_escalate_days)
    return found


def stuck() -> StuckAt:
    """What is stuck at each practice and line, of all that is open now."""
    return ask(stuck_at, EVERYTHING)


def at_stake(row: OnBoard) -> Figure | None:
    """Stuck of open referrals of a barrier's practice and line; None where it names no practice."""
    return None if row.practice_id is None else stuck().at(row.practice_id, row.values["service_line"])


def proposed() -> Proposed:
    """What is stuck above the team's number where no barrier stands."""
    with reading(homes.home().store) as connection:
        said = declines(connection)  # these are no records, so that the stamp of records does not tell
    about = homes.home().settings.barrier_stuck_from, said, version(EVERYTHING)
    return ask_records(_proposed, *about)[0]


def _proposed(connection: Connection, least: int, *_: Hashable) -> Proposed:
    return proposals(connection, stuck().rows, least)


@dataclass(frozen=True)
class Looked:
    """`by_department`, `by_kind`: days to resolve; `causes`: what comes back, twelve months to today."""

    by_department: tuple[TimeTo, ...]
    by_kind: tuple[TimeTo, ...]
    causes: tuple[Cause, ...]
    n: int


def looked_back(connection: Connection, day: str, escalate_after: int) -> Looked:
    """Every barrier that counts, by how long it took and what it was about."""
    rows = ended(board(connection, day, escalate_after), day)
    return Looked(times(rows, "department"), times(rows, "kind"), causes(rows, day), len(rows))


def back() -> Looked:
    """`looked_back` as of today."""
    return ask_records(looked_back, today(), homes.home().settings.barrier_escalate_days)[0]


def practices_named(connection: Connection) -> Mapping[str, str]:
    """Practice id -> name and town, by name: what a form offers."""
    return {id_: f"{name}, {town}" if town else name for id_, (name, town) in names_and_towns(connection).items()}


def lines(given: str | None = None) -> dict[str, str]:
    """Service lines as files spell them, and one that a barrier has already: what a form offers."""
    return {name: name for name in sorted({row.line_label for row in stuck().rows} | ({given} if given else set()))}
