"""The brief: what one knows of a practice before going in, from what the store and the rollups hold. Never a gift.

Nothing here is counted or worded anew: figures come from `metrics`, reasons from the stored list, sentences from
`metrics.findings.brief`; people's own words are shown as they wrote them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.barriers_due import BarrierDue, barriers_due
from liaison.fieldwork.due import Due, due
from liaison.fieldwork.materials import Shelf, shelf
from liaison.fieldwork.one_practice import PracticeFile, Record, Touch, practice_file, survivor
from liaison.fieldwork.promises import Promise, open_promises
from liaison.fieldwork.specialists import by_video
from liaison.fieldwork.syntax import DAYS, days
from liaison.fieldwork.waits import Wait, waits_before
from liaison.metrics.filters import Filters, checked
from liaison.metrics.findings import brief as findings
from liaison.metrics.findings.brief import Joined, Known, Opener, Promised, Solved, brief_headline, openers
from liaison.metrics.practice_lines import PracticeLines, practice_lines
from liaison.models.stored import OfPractice, of_practice
from liaison.store import reading
from liaison.vocabulary import Audience, comparison_key, month_words

TOUCHES, REASONS = 3, 3
COORDINATES = "coordinat"  # a job with this in it is where referrals are put together


@dataclass(frozen=True)
class Kept:
    """What people wrote of a practice, as one look at the store found it."""

    file: PracticeFile
    due: Due
    promise: Promise | None
    barriers: tuple[BarrierDue, ...]
    waits: Mapping[str, tuple[Wait, Wait]]
    shelf: Shelf
    video: Mapping[str, Sequence[str]]  # service line -> our specialists who see patients by video


@dataclass(frozen=True)
class Brief:
    """`place`: where it stands in the list of next visits; `why`: the reasons there; `against`: what speaks against it.

    `providers`: with `in_office` and whether they are in on the day (None: not known); `contacts`: who coordinates
    referrals first; `touches`: the last three, newest first; `promise`: the open one; `barriers`: barriers that are
    open, or solved and not told; `bring`: materials that are out of date there, or that it never got.
    """

    practice_id: str
    name: str
    day: str
    headline: str
    record: Record | None
    place: str
    why: tuple[str, ...]
    against: tuple[str, ...]
    providers: tuple[Record, ...]
    contacts: tuple[Record, ...]
    liaisons: tuple[str, ...]
    touches: tuple[Touch, ...]
    promise: Promise | None
    barriers: tuple[BarrierDue, ...]
    lines: PracticeLines
    changed: tuple[str, ...]
    openers: tuple[Opener, ...]
    overdue: tuple[str, ...]
    bring: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        late = self.promise.late(self.day) if self.promise else 0
        return {
            "practice_id": self.practice_id,
            "name": self.name,
            "day": self.day,
            "headline": self.headline,
            "openers": [one.as_json() for one in self.openers],
            "place": self.place,
            "why": list(self.why),
            "against": list(self.against),
            "record": dict(self.record) if self.record else None,
            "providers": [dict(each) for each in self.providers],
            "contacts": [dict(each) for each in self.contacts],
            "liaisons": list(self.liaisons),
            "touches": [dict(each.__dict__) for each in self.touches],
            "promise": {**self.promise.as_json(), "days_late": late} if self.promise else None,
            "barriers": [each.as_json(self.day) for each in self.barriers],
            "overdue": list(self.overdue),
            "bring": list(self.bring),
            "lines": self.lines.as_json(),
            "changed": list(self.changed),
        }

    def as_text(self) -> str:
        """For a terminal: the parts in the order of the page."""
        parts = [f"{self.name}: {self.headline}."]
        parts += [_block("Openers", [one.says for one in self.openers]), _block(self.place or "Why", self.why)]
        people = [
            f"{each['name']}, {each['job'] or 'contact'}, {each['phone'] or 'no phone'}" for each in self.contacts
        ]
        inside = [f"{each['name']}, in {(each['in_office'] or 'on days not known')}" for each in self.providers]
        parts += [_block("People", [*people, *inside]), _block("Last touches", [told(t) for t in self.touches])]
        parts += [_block("Bring", self.bring)]
        parts += [_block("Barriers", [each.says(self.day) for each in self.barriers]), _block("Changed", self.changed)]
        return "\n\n".join(part for part in parts if part)


def _block(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def told(touch: Touch) -> str:
    """'12 Oct 2026, in person, ask, Maya: met the manager; next: send the card'."""
    when = findings.day_words(touch.date)
    more = [f"met {touch.people_met.replace(';', ', ')}" if touch.people_met else "", touch.outcome or ""]
    more += [f"asked: {touch.ask}" if touch.ask else "", f"next: {touch.next_step}" if touch.next_step else ""]
    said = "; ".join(part.rstrip(" .;") for part in more if part)
    return f"{when}, {touch.how.lower()}, {touch.who}{': ' + said if said else ''}"


def kept_of(connection: Connection, practice_id: str, today: str) -> Kept:
    """One look at the store; a merged practice is read as the one it counts as."""
    file = practice_file(connection, survivor(connection, practice_id))
    id_ = file.practice_id
    promised = open_promises(connection, [id_])
    late = due(connection, [id_], today)[id_]
    ids = (id_, *file.merged_from)
    waits = waits_before(connection, today)
    return Kept(
        file,
        late,
        promised[0] if promised else None,
        barriers_due(connection, ids),
        waits,
        shelf(connection, id_, today),
        by_video(connection, today),
    )


def compose(name: str, kept: Kept, lines: PracticeLines, of: OfPractice | None, today: str) -> Brief:
    """The brief for an ISO day, from its parts."""
    file = kept.file
    open_ = [each for each in kept.barriers if each.open]
    solved = [each for each in kept.barriers if each.resolved_on and not each.open]
    late = kept.promise.late(today) if kept.promise else None
    here = _once(file.working_on(today))
    place, why, against = _listed(of)
    return Brief(
        file.practice_id,
        file.record["name"] if file.record else name,
        today,
        brief_headline(kept.due.seen, late, len(open_), len(solved)),
        file.record,
        place,
        why,
        against,
        here,
        tuple(sorted(file.contacts, key=lambda c: (COORDINATES not in (c["job"] or "").lower(), c["name"]))),
        tuple(dict.fromkeys(str(a["name"] or a["person_id"]) for a in file.assigned_on(today))),
        file.touches[:TOUCHES],
        kept.promise,
        kept.barriers,
        lines,
        findings.what_changed(lines),
        openers(_known(kept, lines, here), today),
        tuple(each for each in kept.due.overdue if not each.startswith("Promised")),
        kept.shelf.to_bring([comparison_key(row.key) for row in lines.rows if row.key and (row.now or row.before)]),
    )


def _known(kept: Kept, lines: PracticeLines, here: Sequence[Record]) -> Known:
    promises = [Promised(t.next_step, t.date, t.next_step_on, t.next_step_done_on) for t in kept.file.touches
                if t.next_step and (t.next_step_done_on or _is(kept.promise, t))]  # fmt: skip
    solved = [
        Solved(each.what, each.raised_on, each.resolved_on, each.resolution or "")
        for each in kept.barriers
        if each.resolved_on and not each.open
    ]
    joined = [Joined(each["name"], each["starts"]) for each in here if each["starts"]]
    sends = {comparison_key(row.key): row.label for row in lines.rows if row.key and (row.now or row.before)}
    waits = [
        findings.Wait(sends[line], now.days, now.measured_on, before.days, before.measured_on)
        for line, (now, before) in kept.waits.items()
        if line in sends
    ]
    return Known(promises, solved, lines, joined, waits, kept.video)


def _is(promise: Promise | None, touch: Touch) -> bool:
    return promise is not None and promise.visit_id == touch.visit_id


def _once(providers: Sequence[Record]) -> tuple[Record, ...]:
    """Each provider once, by name."""
    return tuple({each["npi"]: each for each in sorted(providers, key=lambda p: p["name"])}.values())


def _listed(of: OfPractice | None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Its place in the list of next visits, the reasons and what speaks against it, as they were stored."""
    if of is None or (of.listed is None and of.left_out is None):
        return "", (), ()
    row = of.listed.row if of.listed else of.left_out.row  # type: ignore[union-attr]
    why, against = ([str(each["says"]) for each in said] for said in (row.reasons, row.against))
    place = f"{row.rank:,} of {of.of:,} on the list for {month_words(of.run.month)}"
    if of.left_out:
        return f"Kept off the list: {of.left_out.why}", tuple(why[:REASONS]), tuple(against)
    return place, tuple(why[:REASONS]), (*(of.listed.not_for if of.listed else ()), *against)


def brief(home: Home, viewer: Viewer, practice_id: str, today: str) -> Brief:
    """The brief of one practice on an ISO day, for the team. LiaisonError where nobody knows the practice."""
    live = home.live()
    with reading(home.store) as connection:
        kept = kept_of(connection, practice_id, today)
        id_ = kept.file.practice_id
        of = of_practice(connection, id_, today)
    question = Filters(practice=id_)
    if kept.file.record is None:
        checked(live, question)
        if ("practice", id_) not in live.label_of:
            raise LiaisonError(f"Nobody here knows the practice {practice_id}.", remedy="List them: practices.")
    lines = practice_lines(live, viewer, Audience.inside, question)
    return compose(live.label_of.get(("practice", id_), id_), kept, lines, of, today)


def in_today(provider: Record, today: str) -> bool | None:
    """Whether a provider is in the office on an ISO day; None where nothing is known, or it cannot be read."""
    if not provider["in_office"]:
        return None
    try:
        return DAYS[date.fromisoformat(today).weekday()] in days(provider["in_office"])
    except ValueError:
        return None
