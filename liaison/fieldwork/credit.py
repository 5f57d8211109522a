"""Education credit of an event: whether it can be certified, and for whom.

Only an accredited provider designates credit, and in advance; who attended claims what they attended. So a credit
certificate is printed only where the event carries the provider, their statement, the maximum and the day of
designation, and only for hours that somebody claimed.
"""

from dataclasses import dataclass

from liaison.errors import LiaisonError
from liaison.fieldwork.events import QUARTER
from liaison.fieldwork.one_event import Attended, EventFile

NEEDED = {
    "accredited_provider": "the accredited provider's name",
    "accreditation_statement": "the accreditation statement",
    "credit_maximum": "the designated maximum",
    "designated_on": "the date of designation",
}


@dataclass(frozen=True)
class Credit:
    """`claimed`: who gets a credit certificate; `without`: who came and claimed nothing that can be certified."""

    claimed: tuple[Attended, ...]
    without: tuple[Attended, ...]


def missing(about: EventFile) -> tuple[str, ...]:
    """What stands between the event and credit certificates, in words; none: they can be printed."""
    found = [words for column, words in NEEDED.items() if not about.record[column]]
    day, designated = about.row.starts_at[:10], about.record["designated_on"]
    if designated and designated > day:
        found.append(f"a designation before the event (it was designated on {designated}, the event was on {day})")
    if about.row.cancelled:
        found.append("an event that took place (it was cancelled)")
    return tuple(found)


def carries_credit(about: EventFile) -> bool:
    """Whether anything about credit is on record, so that a page speaks of it."""
    return any(about.record[column] for column in NEEDED)


def credit(about: EventFile) -> Credit:
    """Who can have a credit certificate. LiaisonError where the event cannot give one, saying what is missing."""
    if lacking := missing(about):
        raise LiaisonError(
            f"{about.row.title} cannot give credit certificates. Missing: {'; '.join(lacking)}.",
            remedy="Only an accredited provider designates credit, in advance. Print certificates of attendance.",
        )
    most = about.record["credit_maximum"]
    claimed = tuple(each for each in about.attended if _holds(each.credits_claimed, most))
    return Credit(claimed, tuple(each for each in about.attended if each not in claimed))


def _holds(claimed: float | None, most: float) -> bool:
    return claimed is not None and 0 < claimed <= most and claimed % QUARTER == 0
