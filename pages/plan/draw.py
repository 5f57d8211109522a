"""Who should cover what?"""

from liaison.ui import states
from liaison.ui.draw import layout

if not states.team_only("Draw territories"):
    layout.show()
