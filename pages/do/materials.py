"""What do we leave at practices, and who holds something that is out of date?"""

from liaison.ui import states
from liaison.ui.materials import layout

if not states.team_only("Materials"):
    layout.show()
