"""Who was invited, who came, what followed?"""

from liaison.ui import states
from liaison.ui.events import layout

if not states.team_only("Events"):
    layout.show()
