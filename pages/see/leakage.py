"""Who loses what to whom, and why?"""

from liaison.ui import ask, filters, rows
from liaison.ui.leakage import asked, drill, footer, head, heat, practices, states

question = filters.chosen()
found = ask.ask(asked.grid, question, view=heat.view())
if states.shown(found):
    head.show(found, question)
    cell = heat.show(found, question)
    drill.show(found, question, cell)
    who = practices.show(found, question, cell)
    rows.show(heat.cut(question, found.view, cell), key="cell", what="out of network")
    footer.show(found, who, cell)
