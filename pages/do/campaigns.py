"""What do we make known to whom, how far are we, and who is kept aside to compare with?"""

from liaison.ui import states
from liaison.ui.campaigns import layout

if not states.team_only("Campaigns"):
    layout.show()
