"""Who loses what to whom, and why?"""

from liaison.ui import ask, filters
from liaison.ui.leakage import asked, drill, head, heat, states

question = filters.chosen()
found = ask.ask(asked.grid, question)
if states.shown(found):
    head.show(found, question)
    cell = heat.show(found, question)
    behind = drill.show(found, question, cell)
    drill.footer(found, behind, question, cell)
