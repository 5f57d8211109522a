"""The order of the page's parts: the sentence, then the voice by whom, what was mentioned, or the forms."""

from dataclasses import replace

from liaison.metrics.filters import Filters
from liaison.metrics.findings.feedback import voice_headline, weakest
from liaison.ui import filters, options, parts
from liaison.ui.ask import audience
from liaison.ui.feedback import asked, foot, marks, mentions, write
from liaison.vocabulary import Audience

NAME = "Feedback"
VIEW = "view"
VOICE, MENTIONS, WRITE = "voice", "mentions", "write"


def show(question: Filters) -> None:
    """The page."""
    question = _until_today(question)
    found, key = asked.said(question)
    parts.head(NAME, voice_headline(found))
    if lowest := weakest(found):
        parts.say(lowest)
    if audience() is not Audience.inside:
        marks.total(found, key)
        foot.show(found)
        return
    noted = asked.noted(question)
    words = {VOICE: "Answers", MENTIONS: f"Mentions \u00b7 {len(noted.noted):,}", WRITE: "Write down"}
    begins = VOICE if found.total.n else MENTIONS if noted.noted else WRITE
    view = options.buttons(VIEW, "Part of the feedback", words, begins)
    if view == VOICE:
        marks.show(found, key)
    elif view == MENTIONS:
        mentions.show(question)
    else:
        write.show()
    foot.show(found)


def _until_today(question: Filters) -> Filters:
    """Without a window that was chosen: what was written down this month counts as well, referrals or none."""
    if audience() is not Audience.inside or filters.PARAM["window"] in filters.params():
        return question
    return replace(question, last=None)
