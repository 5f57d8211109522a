"""What somebody of the team has to do. Dates are ISO text; `voided` is the reason why a task does not stand."""

from sqlalchemy import Index

from liaison.store.tables.base import record, texts

task = record(
    "task",
    *texts("task_id", "person_id", "what", required=True),
    *texts("practice_id", "due_on", "done_on", "source", "voided"),
)
Index(None, task.c.person_id, task.c.due_on)
Index(None, task.c.source)
