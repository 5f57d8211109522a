"""What day and time it is where the instance stands."""

from datetime import datetime

from liaison.ui import homes


def now() -> datetime:
    """The moment, in the instance's zone."""
    return datetime.now(homes.home().settings.time_zone)


def today() -> str:
    """The instance's date, ISO."""
    return now().date().isoformat()
