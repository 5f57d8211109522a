"""Goals of a year: records that people keep, as those in `records`."""

from sqlalchemy import Column, Float, Integer, Text

from liaison.store.tables.base import table

goal = table(
    "goal",
    Column("key", Text, primary_key=True),
    Column("year", Text, nullable=False),
    Column("measure", Text, nullable=False),  # vocabulary.GoalMeasure
    Column("target", Float, nullable=False),
    Column("territory_id", Text),  # null: all
    Column("service_line", Text),  # null: all
    Column("note", Text),
    Column("version", Integer, nullable=False),
    owner="fieldwork",
)
