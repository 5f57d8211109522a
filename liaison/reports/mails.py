"""Mails to the team's own people: plain text, each thing with its way into Liaison. No figure, no gift, no patient.

A subject names nobody: it is what a locked phone shows.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import quote

from liaison.errors import LiaisonError
from liaison.fieldwork.agenda import Item, What
from liaison.fieldwork.owed import Moved, Week
from liaison.metrics.figure import date_words
from liaison.metrics.findings.barriers import plural
from liaison.vocabulary import MailKind

MOST, VISITS = 20, 8  # lines of one list, and of visits; the rest is counted, and stands in Liaison
NAMES = {
    What.task: "Task",
    What.promise: "Promised",
    What.barrier: "Barrier",
    What.told: "Tell the practice that it is solved",
    What.visit: "Visit",
    What.event: "Event",
}
HOW = {"raised": "raised", "reopened": "open again", "solved": "solved", "told": "the practice was told"}
WHY = {
    MailKind.assigned: "what is given to you",
    MailKind.overdue: "what of yours is overdue",
    MailKind.digest: "your week",
}


@dataclass(frozen=True)
class Written:
    """One mail before it is addressed. `keys`: what of the outbox it tells; its id is made of them."""

    kind: MailKind
    person_id: str
    subject: str
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Whom:
    """Who is written to, and where they open Liaison (blank: no links)."""

    person_id: str
    name: str
    links: str


def given(to: Whom, items: Sequence[Item], keys: Sequence[str]) -> Written:
    """What is theirs since somebody gave it to them."""
    many = plural(len(items), "thing")
    head = f"{many} {'is' if len(items) == 1 else 'are'} yours now"
    return _written(MailKind.assigned, to, head, [_list("", items, to)], keys)


def overdue(to: Whom, items: Sequence[Item], keys: Sequence[str]) -> Written:
    """What became overdue and was not told before."""
    head = f"{plural(len(items), 'thing')} of yours {'is' if len(items) == 1 else 'are'} overdue"
    return _written(MailKind.overdue, to, head, [_list("", items, to)], keys)


def digest(to: Whom, of: Week, keys: Sequence[str]) -> Written:
    """The week: overdue, due, to be seen, open, and what happened to the barriers of the panel."""
    dated = [item for item in of.due if item.what is not What.visit]
    late = [item for item in dated if item.late]
    ahead = [item for item in dated if not item.late]
    visits = [item for item in of.due if item.what is What.visit]
    parts = [
        _list(f"Overdue: {len(late):,}", late, to),
        _list(f"Due this week: {len(ahead):,}", ahead, to),
        _list(f"To be seen in their cadence: {len(visits):,}", visits, to, VISITS),
        _list(f"Open promises, and what has no day: {len(of.open):,}", of.open, to),
        _moved(of.moved, to),
    ]
    head = f"Your week from {date_words(date.fromisoformat(of.monday))}"
    return _written(MailKind.digest, to, head, parts, keys)


def trial(at: str) -> Written:
    """What the command sends to see whether the settings are right; each at its own moment."""
    return Written(MailKind.digest, "", "Liaison: a trial", "Liaison can send mail.\n", ("trial", at))


def message(written: Written, name: str, address: str, sender: str, at: str, instance: bytes) -> EmailMessage:
    """The mail as it goes out, with the same id each time it is tried. `at`: when it was first tried (RFC 5322);
    `instance`: what tells this instance's ids from another's.

    Raises LiaisonError for an address that cannot be one.
    """
    made = EmailMessage()
    made["From"] = Address("Liaison", addr_spec=sender)
    made["To"] = address_of(name, address)
    made["Subject"] = written.subject
    made["Date"] = at
    name_of = hmac.new(instance, "\n".join(sorted(written.keys)).encode(), sha256).hexdigest()[:40]
    made["Message-ID"] = f"<{name_of}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"  # no answer of an absent person comes back (RFC 3834)
    made.set_content(written.text)
    return made


def address_of(name: str, address: str) -> Address:
    """Somebody's address with their name. LiaisonError for what is none."""
    refused = LiaisonError(f"{name or 'This'} has no usable e-mail address.", remedy="Write it as ann@example.org.")
    try:
        found = Address(" ".join(name.split()), addr_spec=address.strip())
    except (ValueError, IndexError, HeaderParseError) as wrong:
        raise refused from wrong
    if not found.domain or not address.isascii():
        raise refused
    return found


def _written(kind: MailKind, to: Whom, head: str, parts: Sequence[str], keys: Sequence[str]) -> Written:
    mine = _link(to, "my-day", liaison=to.person_id)
    foot = [f"Your day in Liaison: {mine}"] if mine else []
    foot += [f"You are told {WHY[kind]}. Choose what you are told in My day, under Mail to me."]
    text = "\n\n".join([f"{to.name},", f"{head}.", *(part for part in parts if part), "\n".join(foot)])
    return Written(kind, to.person_id, f"Liaison: {head}", text + "\n", tuple(keys))


def _list(title: str, items: Sequence[Item], to: Whom, most: int = MOST) -> str:
    lines = [_line(item, to) for item in items[:most]]
    return _part(title, lines, len(items))


def _part(title: str, lines: Sequence[str], many: int) -> str:
    if not lines:
        return ""
    more = [f"- and {many - len(lines):,} more, in Liaison"] if many > len(lines) else []
    return "\n".join([*([title.upper()] if title else []), *lines, *more])


def _line(item: Item, to: Whom) -> str:
    what = f"{item.practice}: {item.title}" if item.what is What.visit else f"{NAMES[item.what]}: {item.title}"
    where = item.practice if item.what is not What.visit else ""
    beside = "" if item.what in (What.visit, What.told) else item.beside
    said = [one for one in (what, where, _when(item), beside) if one]
    link = _way(item, to)
    return f"- {', '.join(said)}" + (f"\n  {link}" if link else "")


def _when(item: Item) -> str:
    if item.late:
        return f"{plural(item.late, 'day')} late"
    if item.on is None:
        return "without a day"
    return (
        f"{'' if item.what is What.event else 'by '}{date_words(date.fromisoformat(item.on))} {item.at or ''}".strip()
    )


def _way(item: Item, to: Whom) -> str:
    if item.what in (What.barrier, What.told):
        return _link(to, "barriers", barrier=item.key)
    if item.what is What.event:
        return _link(to, "events")
    return _link(to, "brief", practice=item.practice_id) if item.practice_id else ""


def _moved(moved: Sequence[Moved], to: Whom) -> str:
    lines = []
    for one in moved[:MOST]:
        link = _link(to, "barriers", barrier=one.barrier_id)
        line = f"- {one.practice}: {one.what}, {HOW[one.how]} {date_words(date.fromisoformat(one.on))}"
        lines.append(line + (f"\n  {link}" if link else ""))
    return _part(f"Barriers of your panel since last Monday: {len(moved):,}", lines, len(moved))


def _link(to: Whom, page: str, **about: str) -> str:
    """Ids of practices, people and barriers only, as in the links of pages."""
    if not to.links:
        return ""
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in about.items())
    return f"{to.links}/{page}" + (f"?{asked}" if asked else "")
