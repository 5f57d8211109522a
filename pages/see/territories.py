"""Where is volume, where is loss, who covers it?"""

from liaison.ui import filters
from liaison.ui.territories import head, layout

question = filters.chosen()
if head.shown(question):
    head.show(question)
    now = layout.main(question)
    layout.closer(question, now)
    layout.footer(question, now)
