"""What the page asks for: answers and mentions as people wrote them, read anew when somebody has written since."""

from collections.abc import Hashable

from liaison.metrics.directory import directory
from liaison.metrics.filters import Filters
from liaison.metrics.themes import Themes, themes
from liaison.metrics.voice import Voice, voice
from liaison.ui import homes
from liaison.ui.ask import ask, ask_records, audience, viewer


def said(question: Filters) -> tuple[Voice, Hashable]:
    """The voice, and the key of whatever is made from it."""
    settings = homes.home().settings
    asked = (viewer(), audience(), question, settings.feedback_minimum, settings.small_n)
    found, written = ask_records(voice, *asked)
    return found, (written, asked)


def noted(question: Filters, find: str = "", tag: str | None = None) -> Themes:
    return ask_records(themes, viewer(), audience(), question, find, tag)[0]


def names() -> dict[str, str]:
    """Practice on record -> its name with its town, in the order of names."""
    rows = sorted(ask(directory, Filters()).rows, key=lambda row: row.name.casefold())
    return {row.practice_id: f"{row.name}, {row.town}" if row.town else row.name for row in rows if row.on_record}
