"""Who is covered, what is overdue, and what do we owe?"""

from liaison.ui import states
from liaison.ui.team import layout

if not states.team_only("Team"):
    layout.show()
