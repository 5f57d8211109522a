"""What people do: practices and providers, people and panels, visits, costs; rows in, rows out."""

from liaison.fieldwork.barrier_steps import report, report_barrier
from liaison.fieldwork.edits import StaleSaveError, add, edit, remove
from liaison.fieldwork.event_touches import attendance_changed, events_changed
from liaison.fieldwork.kinds import KINDS
from liaison.fieldwork.records import Version, Written, all_records, forget, frame, history_of, known_ids, write

__all__ = [
    "KINDS", "StaleSaveError", "Version", "Written", "add", "all_records", "attendance_changed", "edit",
    "events_changed", "forget", "frame", "history_of", "known_ids", "remove", "report", "report_barrier", "write",
]  # fmt: skip
