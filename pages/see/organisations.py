"""What does a competitor take, from whom, since when?"""

from liaison.ui import filters, states
from liaison.ui.organisations import choice, one, pairs, ranking

question = filters.chosen()
if choice.shown():
    if choice.shared():
        pairs.show()
    elif key := choice.one():
        if not states.team_only("Organisations", "Single organisations are not shown outside the team"):
            one.show(question, key)
    else:
        ranking.show(question)
