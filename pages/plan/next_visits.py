"""Whom to see next, why, and what will it bring?"""

from liaison.ui import filters, states
from liaison.ui.next_visits import layout

if not states.team_only("Next visits"):
    layout.show(filters.chosen())
