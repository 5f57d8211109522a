"""Are we enough, and are the goals of the year in reach?"""

from liaison.ui import states
from liaison.ui.staffing import layout

if not states.team_only("Staffing and goals"):
    layout.show()
