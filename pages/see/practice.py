"""What is this practice's story? Without one in the URL: which practices are there?"""

from liaison.ui import filters, states
from liaison.ui.practice import directory, story, which

question = filters.chosen()
if not states.team_only("Practices"):
    asked_for = which.which()
    if asked_for:
        story.show(asked_for, question)
    else:
        directory.show(question)
