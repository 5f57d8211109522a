"""What do I have to do today, and this week?"""

from liaison.ui import states
from liaison.ui.my_day import layout

if not states.team_only("My day"):
    layout.show()
