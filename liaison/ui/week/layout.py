"""The order of the page's parts: the week, its sentence, the board, what does not fit together."""

from liaison.ui import entries, links, parts, states
from liaison.ui.week import asked, foot, grid, head, matters


def show() -> None:
    """The page."""
    team = asked.team()
    if team is None:
        parts.head(head.NAME, "Nobody has practices in their charge")
        states.off("No liaison is on record", "The page Data takes the team's people and whose practices are whose.")
        links.link(entries.DATA, "Data")
        return
    head.choice()
    head.show(team)
    grid.show(team)
    matters.show(team)
    foot.show(team)
