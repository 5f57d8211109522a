"""May one believe the ranking? What can honestly be shown of it, for the sceptic."""

from liaison.ui import states
from liaison.ui.how_good import layout

if not states.team_only("How good is this?"):
    layout.show()
