"""Feedback: short surveys of referrers, and what they mention: gaps of ours, competitors, by tag."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.store.tables import feedback, mention
from liaison.vocabulary import MentionTag, Respondent

MARKS = ("ease", "report_back", "access")  # 1 (poor) to 5 (very good)
RECOMMEND = "recommend"  # 0 (not at all likely) to 10


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found = [
        Fault(column, "is no mark from 1 to 5", "Give a whole number from 1 (poor) to 5 (very good).")
        for column in MARKS
        if values.get(column) not in (None, 1, 2, 3, 4, 5)
    ]
    likely = values.get(RECOMMEND)
    if likely is not None and likely not in range(11):
        found.append(Fault(RECOMMEND, "is not from 0 to 10", "Give a whole number from 0 (never) to 10 (certainly)."))
    if all(values.get(column) is None for column in (*MARKS, RECOMMEND, "comment")):
        found.append(Fault(RECOMMEND, "is missing, and so is every other answer", "Give at least one of the answers."))
    return found


FEEDBACK = RecordKind(
    name="feedback",
    one="answer to the survey",
    table=feedback,
    keys=("feedback_id",),
    needs=("feedback_id", "practice_id", "date"),
    forms={"date": "date"},
    choices={"role": Respondent},
    refers={"practice_id": "practices", "person_id": "people"},
    longest={
        **dict.fromkeys(("feedback_id", "service_line", "department", "visit_id", "voided"), LINE),
        "comment": PARAGRAPH,
    },
    check=_faults,
)


def _mention_faults(values: Mapping[str, Any]) -> list[Fault]:
    if values.get("tag") == MentionTag.competitor.value and not values.get("organisation_id"):
        return [Fault("organisation_id", "is missing", "Say which organisation was mentioned.")]
    return []


MENTIONS = RecordKind(
    name="mentions",
    one="mention",
    table=mention,
    keys=("mention_id",),
    needs=("mention_id", "tag", "text", "date"),
    forms={"date": "date"},
    choices={"tag": MentionTag},
    refers={"practice_id": "practices", "organisation_id": "organisations", "person_id": "people"},
    longest={**dict.fromkeys(("mention_id", "service_line", "visit_id", "voided"), LINE), "text": PARAGRAPH},
    check=_mention_faults,
)
