"""What did I do there?"""

from liaison.ui import states
from liaison.ui.log import layout

if not states.team_only("Log a visit"):
    layout.show()
