"""What is my day, my week?"""

from liaison.ui import states
from liaison.ui.routes import layout

if not states.team_only("Routes"):
    layout.show()
