"""What referrers think of us, in marks and in words. Marks are 1 to 5, `recommend` 0 to 10; dates are ISO text."""

from sqlalchemy import Column, Float, Index

from liaison.store.tables.base import record, texts

feedback = record(
    "feedback",
    *texts("feedback_id", "practice_id", "date", required=True),
    *texts("role", "service_line", "department"),
    *(Column(name, Float) for name in ("ease", "report_back", "access", "recommend")),
    *texts("comment", "visit_id", "person_id", "voided"),
)
Index(None, feedback.c.practice_id, feedback.c.date)

mention = record(
    "mention",
    *texts("mention_id", "tag", "text", "date", required=True),
    *texts("practice_id", "organisation_id", "service_line", "visit_id", "person_id", "voided"),
)
Index(None, mention.c.practice_id, mention.c.date)
