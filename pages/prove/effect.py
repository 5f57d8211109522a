"""What did visits cause, how sure is it, and was it worth its cost?"""

from liaison.ui import states
from liaison.ui.effect import layout

if not states.team_only("Programme effect", "What visits caused is not shown outside the team", layout.WHY_NOT):
    layout.show()
