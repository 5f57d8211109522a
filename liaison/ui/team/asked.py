"""What the page reads: the team as it stands, and referrals by whose practices they were."""

from collections.abc import Hashable

from sqlalchemy import Connection

from liaison.fieldwork.holdings import Holding, holdings
from liaison.fieldwork.panels import Panels, panels
from liaison.metrics.credit import Credit, Held, credit
from liaison.metrics.filters import Filters
from liaison.planning.stored.plans import state_of_all
from liaison.planning.stored.team import Team, team
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, ask_records
from liaison.ui.clock import today


def read() -> tuple[Team, Hashable]:
    """As it stands today, and what tells this state from the next. Plans are no records: theirs is asked for apart."""
    with reading(homes.home().store) as connection:
        plans = state_of_all(connection)
    found, written = ask_records(_team, today(), plans)
    return found, (written, today(), plans)


def _team(connection: Connection, now: str, plans: object) -> Team:
    return team(connection, now)


def people() -> Panels:
    """Who has practices today, and who is of the team."""
    found: Panels = ask_records(panels, today())[0]
    return found


def credits() -> Credit:
    """The last twelve complete months, by today's record of who held what when."""
    held: tuple[Holding, ...] = ask_records(holdings)[0]
    return ask(credit, Filters(), held=tuple(Held(*one) for one in held))
