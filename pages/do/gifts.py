"""What were physicians given, and who is near the limit of the year?"""

from liaison.ui import states
from liaison.ui.gifts import layout

if not states.team_only("Gifts", "The ledger is not shown outside the team", "It names what single people were given."):
    layout.show()
