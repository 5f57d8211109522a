"""What became of the team's mails, where a manager and an operator look."""

from datetime import UTC, datetime

from liaison.errors import LiaisonError
from liaison.jobs import mail_told
from liaison.ui import homes, parts, states


def problems() -> None:
    """What was not sent and why, a line each; nothing where all is well or no mail is sent."""
    if homes.home().settings.mail_host:
        _wrong(_now())


def show() -> None:
    """How mail stands, then what is wrong with it."""
    now = _now()
    parts.picture("Mail to the team", now.quiet)
    _wrong(now)


def _now() -> mail_told.Told:
    return mail_told.told(homes.home(), datetime.now(UTC))


def _wrong(told: mail_told.Told) -> None:
    for sentence in told.wrong:
        what, _, rest = sentence.partition(". ")
        states.error(LiaisonError(f"{what.rstrip('.')}.", remedy=rest))
