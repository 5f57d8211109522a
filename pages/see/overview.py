"""What changed, what needs me?"""

from liaison.ui import filters
from liaison.ui.overview import parts

question = filters.chosen()
if parts.shown():
    parts.head(question)
    parts.lines(question)
    parts.footer(question)
