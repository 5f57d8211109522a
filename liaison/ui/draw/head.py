"""What the proposal comes to in one sentence, and what stands in its way."""

from html import escape

from liaison.metrics.findings.draw import coarse_notes, draw_headline
from liaison.planning.territories.drafts import Draft
from liaison.ui import parts
from liaison.ui.draw.asked import area_name
from liaison.ui.markup import html

NAME = "Draw territories"


def show(draft: Draft) -> None:
    """Sentence, notes; areas that lie apart are named in red."""
    found = draft.weighed
    parts.head(NAME, draw_headline(found.unfair, draft.today.unfair, found.handed_over, len(draft.market.needs)))
    for note in coarse_notes([(c.name, c.shares) for c in draft.coarse], draft.by.value, len(draft.own)):
        parts.note(note)
    people = {one.id: one.name for one in draft.market.people}
    lines = [
        f"{people[who]}: {', '.join(area_name(draft, area) for area in piece[:4])}{' ...' if len(piece) > 4 else ''}"
        for who, rest in found.apart.items()
        for piece in rest
    ]
    if lines:
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        html(f'<div class="lz-draw"><p class="now">Lies apart from the rest of theirs:</p><ul>{items}</ul></div>')
