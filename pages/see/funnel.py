"""Where do referrals get stuck?"""

from liaison.ui import ask, filters
from liaison.ui.funnel import asked, foot, head, picture

question = filters.chosen()
found = ask.ask(asked.shape, question)
if head.shown(found):
    head.show(found, question)
    stage = picture.show(found, question)
    foot.views(question, stage)
    foot.show(found)
