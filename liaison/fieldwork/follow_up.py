"""A follow-up mail as a `mailto:` link: a template filled from a visit, for the mail program of whoever sends it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from liaison.fieldwork.mail_templates import Template
from liaison.fieldwork.patient_words import patient_words

LONGEST_LINK = 1_900  # characters: what the mail programs of the three large systems take whole from a link
_WORD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class FollowUp:
    """`link`: opens the mail program; with the text, unless `says` tells why not. `to`: blank without one."""

    to: str
    subject: str
    body: str
    link: str
    says: str


def follow_up(template: Template, to: str, facts: Mapping[str, str | None]) -> FollowUp:
    """The mail. `facts`: word of the template -> what it stands for; a line whose word is not known is left out, and
    so is what looks as if it named a patient, which is said."""
    known, says = {word: value for word, value in facts.items() if value}, list[str]()
    for word, value in list(known.items()):
        if seen := patient_words(value):
            del known[word]
            says.append(f"The {word.replace('_', ' ')} holds what looks like {seen}, so it is left out.")
    subject = " ".join(_filled(template.subject, known).split())
    # A table's cell takes no line break with every keyboard: \\n written out is one.
    body = _paragraphs(_filled(template.body.replace("\\n", "\n"), known))
    link = _link(to, subject, body)
    if len(link) > LONGEST_LINK:
        link = _link(to, subject, "")
        says.append("The text is longer than a link carries: copy it into the mail.")
    return FollowUp(to, subject, body, link, " ".join(says))


def _filled(text: str, known: Mapping[str, str]) -> str:
    lines = (line for line in text.splitlines() if all(word in known for word in _WORD.findall(line)))
    return "\n".join(_WORD.sub(lambda found: known[found[1]].rstrip(" ."), line) for line in lines)


def _paragraphs(text: str) -> str:
    """A line that was left out leaves no gap of two."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _link(to: str, subject: str, body: str) -> str:
    """RFC 6068: everything but the address' own signs is escaped, lines end in CR LF."""
    asked = {"subject": subject, "body": body.replace("\n", "\r\n")}
    said = "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items() if value)
    return f"mailto:{quote(to, safe='@')}?{said}" if said else f"mailto:{quote(to, safe='@')}"
