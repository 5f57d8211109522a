"""Who sends to whom, and what changed?"""

from liaison.ui import filters, states
from liaison.ui.network import layout

question = filters.chosen()
if not states.team_only("Network", "Who sends to whom is not shown outside the team", layout.WHY_NOT):
    layout.show(question)
