"""Follow-up mails to a practice: few texts of the team, filled from a visit, sent by each person's own mail program.

Three are there from the start; a record of the same id takes the place of one, and a voided record takes it away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, Fault
from liaison.store.tables import mail_template

WORDS = ("contact", "practice", "liaison", "visited_on", "next_step")
LONGEST = 1_000  # characters of a body: mail programs take some 2,000 from a link, and each sign may become three
_WORD = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Template:
    """`{contact}`, `{practice}` and so on in subject and body are filled in."""

    template_id: str
    title: str
    subject: str
    body: str


STARTING = (
    Template(
        "after-visit",
        "After a visit",
        "Thank you for your time",
        "Dear {contact},\n\nthank you for your time on {visited_on}.\n\nWhat I promised: {next_step}.\n\n"
        "If anything about referrals to us does not work as it should, please tell me.\n\n{liaison}",
    ),
    Template(
        "done",
        "What was promised is done",
        "What I promised is done",
        "Dear {contact},\n\non {visited_on} I promised: {next_step}.\n\nThis is done. Is there anything else that "
        "would help you?\n\n{liaison}",
    ),
    Template(
        "meet",
        "Asking for a meeting",
        "A short visit at {practice}?",
        "Dear {contact},\n\nmay I come by at {practice} for a quarter of an hour? Which day would suit you?"
        "\n\n{liaison}",
    ),
)


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    texts = ("title", "subject", "body")
    return [*_strange(values), *_lines(values), *patient_faults(values, texts)]


def _strange(values: Mapping[str, Any]) -> list[Fault]:
    """A word in braces that nothing fills would go out as it stands."""
    found = []
    for column in ("subject", "body"):
        strange = [word for word in _WORD.findall(str(values.get(column) or "")) if word not in WORDS]
        if strange:
            listed = ", ".join(f"{{{word}}}" for word in WORDS)
            found.append(Fault(column, f"names {{{strange[0]}}}, which nothing fills", f"Filled are {listed}."))
    return found


def _lines(values: Mapping[str, Any]) -> list[Fault]:
    if "\n" in str(values.get("subject") or "").strip():
        return [Fault("subject", "has more than one line", "Write the subject in one line.")]
    return []


MAIL_TEMPLATES = RecordKind(
    name="mail_templates",
    one="mail template",
    table=mail_template,
    keys=("template_id",),
    needs=("template_id", "title", "subject", "body"),
    longest={"template_id": LINE, "title": LINE, "subject": LINE, "body": LONGEST, "voided": LINE},
    check=_faults,
)


def templates(conn: Connection) -> tuple[Template, ...]:
    """Those that stand: the team's own in the order of titles, then the starting ones that they did not replace."""
    t = mail_template.c
    rows = conn.execute(select(t.template_id, t.title, t.subject, t.body, t.voided).order_by(t.title, t.key)).all()
    own = [Template(row.template_id, row.title, row.subject, row.body) for row in rows if not row.voided]
    replaced = {row.template_id for row in rows}
    return (*own, *(one for one in STARTING if one.template_id not in replaced))
