"""What did the programme bring, how sure are we, and what comes next? One page, one sheet of paper."""

from liaison.ui import states
from liaison.ui.summary import layout

if not states.team_only("Executive summary", "This summary is not shown outside the team", layout.WHY_NOT):
    layout.show()
