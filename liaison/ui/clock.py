"""What day it is where the instance stands."""

from datetime import datetime

from liaison.ui import homes


def today() -> str:
    """The instance's date, ISO."""
    return datetime.now(homes.home().settings.time_zone).date().isoformat()
