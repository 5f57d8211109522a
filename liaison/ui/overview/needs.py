"""What needs somebody today beside what the data say: barriers that are overdue."""

from html import escape

from liaison.metrics.findings.barriers import overdue_words
from liaison.ui import entries, links
from liaison.ui.barriers import asked
from liaison.ui.markup import html


def barriers() -> None:
    """A row among the changes: how many, the latest of them, who hears of it; nothing where none is overdue."""
    now = asked.now()
    late = [row for row in now.open() if row.late]
    if not late:
        return
    first = late[0]
    short, rest = overdue_words(
        len(late), first.late or 0, first.where, sum(row.escalated for row in late), now.managers
    )
    html(
        f'<div class="lz-change"><span class="v now">{len(late):,}</span>'
        f"<p><strong>{escape(short)}</strong>{escape(rest)}</p></div>"
    )
    links.link(entries.BARRIERS, "Barriers")
