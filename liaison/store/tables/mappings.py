"""Mappings that people kept."""

from sqlalchemy import Column, Text

from liaison.store.tables.base import table

saved_mapping = table(
    "saved_mapping",
    Column("name", Text, primary_key=True),
    Column("format", Text, nullable=False),
    Column("toml", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    owner="ingest",
)
