"""The survey on one sheet of paper, filled in by hand and typed in afterwards: no link, no name of who answers."""

from typing import Any

from liaison.reports.paper import pdf
from liaison.vocabulary import Respondent

QUESTIONS = (
    "How easy is it to refer a patient to us?",
    "How well do we report back to you?",
    "How soon are your patients seen?",
)


def feedback_form(organiser: str = "", practice: str = "") -> bytes:
    """The form as a PDF; `practice`: printed on it, so that it need not be written."""
    data: dict[str, Any] = {
        "title": "Your experience of referring to us",
        "organiser": organiser,
        "practice": practice,
        "roles": [role.label for role in Respondent],
        "questions": list(QUESTIONS),
    }
    return pdf("feedback", data)
