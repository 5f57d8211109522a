"""What the page reads: the team as it stands, and referrals by whose practices they were."""

from sqlalchemy import Connection

from liaison.fieldwork.holdings import Holding, holdings
from liaison.metrics.credit import Credit, Held, credit
from liaison.metrics.filters import Filters
from liaison.planning.stored.plans import state_of_all
from liaison.planning.stored.team import Team, team
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, ask_records
from liaison.ui.clock import today


def read() -> Team:
    """As it stands today. Plans are no records: what tells one state of them from the next is asked for apart."""
    with reading(homes.home().store) as connection:
        plans = state_of_all(connection)
    return ask_records(_team, today(), plans)[0]


def _team(connection: Connection, now: str, plans: object) -> Team:
    return team(connection, now)


def credits() -> Credit:
    """The last twelve complete months, by today's record of who held what when."""
    held: tuple[Holding, ...] = ask_records(holdings)[0]
    return ask(credit, Filters(), held=tuple(Held(*one) for one in held))
