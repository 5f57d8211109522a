"""What is told by mail: a row a thing and person, so that it is told once; and how far the records were looked through.

Moments are UTC, ISO text. No row holds a text or an address: both are read when the mail is sent.
"""

from sqlalchemy import Column, Index, Integer, Text

from liaison.store.tables.base import table

OWNER = "jobs"

mail = table(
    "mail",
    Column("key", Text, primary_key=True),  # kind, person, thing and day: the same is never told twice
    Column("kind", Text, nullable=False),  # vocabulary.MailKind
    Column("person_id", Text, nullable=False),
    Column("thing", Text, nullable=False),  # task:ID, barrier:ID, promise:ID, or the Monday of a week
    Column("state", Text, nullable=False),  # waiting, sending, sent, over (was done, or not wanted, before it was sent)
    Column("due_at", Text, nullable=False),  # not before
    Column("tries", Integer, nullable=False),
    Column("claim", Text),  # which mail it is in
    Column("asked_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("error", Text),  # why it was not sent the last time
    owner=OWNER,
)
Index(None, mail.c.state, mail.c.due_at)

mail_read = table(
    "mail_read",
    Column("id", Integer, primary_key=True),  # always 1
    Column("history_id", Integer, nullable=False),  # what was given to whom is known up to here
    Column("overdue_on", Text),  # ISO day on which what is overdue was last looked for
    Column("digest_of", Text),  # Monday of the week whose digests were asked for
    owner=OWNER,
)
