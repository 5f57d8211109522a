"""What the page asks for: the ledger of a calendar year, and whom an entry can name."""

from collections.abc import Hashable

from liaison.fieldwork.gift_ledger import Audited, audited, to_name, years
from liaison.ui import options
from liaison.ui.ask import ask_records
from liaison.ui.clock import today

PARAM = "year"


def year() -> str:
    """The calendar year that is looked at: this one, unless the URL says another that has entries."""
    now = today()[:4]
    found = dict.fromkeys([now, *ask_records(years)[0]])
    return options.field(PARAM, "Calendar year", {each: each for each in found}, now, width=150)


def ledger(of: str) -> tuple[Audited, Hashable]:
    """The year's ledger, read anew when somebody has written; and what tells this state from the next."""
    told, written = ask_records(audited, of)
    return told, (written, of)


def names() -> tuple[dict[str, str], dict[str, str]]:
    """Physicians by NPI, people of the team by id."""
    return ask_records(to_name)[0]
