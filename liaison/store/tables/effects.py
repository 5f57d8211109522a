"""What the programme was found to have caused.

One row of `effect_run` is one estimate of one version of the data; `effect_result` holds it for each span of months
that is shown. Both are derived and may be made anew. Months are month ids (year x 12 + month - 1).
"""

from sqlalchemy import Column, Float, Integer, Text

from liaison.store.tables.base import table

OWNER = "models"

effect_run = table(
    "effect_run",
    Column("run_id", Text, primary_key=True),
    Column("as_of", Integer, nullable=False, index=True),  # the last month that was looked at
    Column("data_version", Integer, nullable=False),
    Column("data_id", Text, nullable=False),
    Column("records_id", Integer, nullable=False),  # newest entry of `history` among what an estimate reads
    Column("fitted_at", Text, nullable=False),  # UTC, ISO
    Column("seconds", Float, nullable=False),
    Column("level", Float, nullable=False),  # of its intervals, 0 to 1
    Column("model", Text, nullable=False),
    Column("beside", Text, nullable=False),  # JSON: the event-time picture, a simple chart's figure, second methods
    Column("notes", Text, nullable=False),  # JSON list of sentences: what was not known, or left out
    owner=OWNER,
)

effect_result = table(
    "effect_result",
    Column("run_id", Text, primary_key=True),
    Column("span", Text, primary_key=True),  # all, or year: its last twelve months
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("told", Text, nullable=False),  # JSON: the keys of `roi --json`
    Column("costs", Text, nullable=False),  # JSON list: what was paid in the span, by kind
    owner=OWNER,
)
