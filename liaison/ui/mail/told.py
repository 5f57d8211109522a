"""What became of the team's mails, where a manager and an operator look."""

from datetime import UTC, datetime

from liaison.errors import LiaisonError
from liaison.jobs import mail_told
from liaison.ui import homes, parts, states


def problems() -> None:
    """What was not sent and why, a line each; nothing where all is well or no mail is sent."""
    home = homes.home()
    if not home.settings.mail_host:
        return
    for sentence in mail_told.told(home, datetime.now(UTC)).wrong:
        what, _, rest = sentence.partition(". ")
        states.error(LiaisonError(f"{what.rstrip('.')}.", remedy=rest))


def show() -> None:
    """How mail stands, then what is wrong with it."""
    parts.picture("Mail to the team", mail_told.told(homes.home(), datetime.now(UTC)).quiet)
    problems()
