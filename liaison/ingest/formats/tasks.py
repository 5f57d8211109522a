"""Tasks as a CSV."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat


class Tasks(RecordFormat):
    name = record = "tasks"
    title = "Tasks"
    fields = (
        Field("task_id", required=True, says="Your id for the task."),
        Field("person_id", required=True, says="Who has to do it."),
        Field("what", required=True, says="In one line; never a patient's name."),
        Field("practice_id", says="For which practice, where it is for one."),
        Field("due_on", Kind.date, says="By when.", ahead=True),
        Field("done_on", Kind.date, says="When it was done."),
        Field("source", says="What it came of: event:ID, barrier:ID, campaign:ID, visit:ID, or hand."),
        Field("voided", says="Why it does not stand any more."),
    )
