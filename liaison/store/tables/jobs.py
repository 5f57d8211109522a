"""Long work, by name and arguments."""

from sqlalchemy import Column, Float, Integer, Text

from liaison.store.tables.base import table

job = table(
    "job",
    Column("job_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", Text, nullable=False),  # JSON
    Column("state", Text, nullable=False, index=True),  # queued, running, cancelling, done, failed, cancelled
    Column("progress", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("started_at", Text),
    Column("beat_at", Text),
    Column("ended_at", Text),
    Column("result", Text),  # JSON
    Column("error", Text),  # JSON: message, where, remedy
    owner="jobs",
)
