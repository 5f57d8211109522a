"""Who is where this week, and what does not fit together?"""

from liaison.ui import states
from liaison.ui.week import layout

if not states.team_only("Week"):
    layout.show()
