"""Which imports stand, which files are live, and the version of it all."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, Text

from liaison.store.tables.base import table

version = table(
    "version",
    Column("id", Integer, primary_key=True),  # always 1
    Column("data_version", Integer, nullable=False),  # a counter for people
    Column("data_id", Text, nullable=False),  # random: caches key on it, since a restore brings counters back
    Column("written_at", Text, nullable=False),
    owner="facts",
)

batch = table(
    "batch",
    Column("batch_id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),  # order of import
    Column("format", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", Integer, nullable=False),  # days since 1970-01-01
    Column("files", Text, nullable=False),  # JSON list of names as given
    Column("rows_read", BigInteger, nullable=False),
    Column("rows_accepted", BigInteger, nullable=False),
    Column("rows_rejected", BigInteger, nullable=False),
    Column("counts", Text, nullable=False),  # JSON: the rest of the result's counts
    Column("notes", Text, nullable=False),  # JSON list of sentences
    Column("rejects_file", Text),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("forgotten_at", Text),
    owner="facts",
)

fact_file = table(
    "fact_file",
    Column("name", Text, primary_key=True),
    Column("batch_id", Text, index=True),  # null for a list that several batches share
    Column("kind", Text, nullable=False),  # a fact table's name
    Column("rows", BigInteger, nullable=False),
    Column("first_month", Integer),
    Column("last_month", Integer),
    owner="facts",
)

rollup_file = table(
    "rollup_file",
    Column("rollup", Text, primary_key=True),
    Column("month_id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    owner="facts",
)

named = table(
    "named",
    Column("kind", Text, primary_key=True),  # practice, organisation, service_line, payer, cause
    Column("id", Text, primary_key=True),
    Column("label", Text, nullable=False),  # what people read
    Column("spelled", Text),  # the spelling that files gave most often, if any did
    Column("given", Boolean, nullable=False),  # True: known from files only, no record of ours
    owner="facts",
)
