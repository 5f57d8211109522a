"""What must I know before I go in?"""

from liaison.ui import states
from liaison.ui.brief import layout

if not states.team_only("Brief"):
    layout.show()
