"""All tables of the store. Each names the room that owns its rows (`info["owner"]`)."""

from liaison.store.tables.audit import audit
from liaison.store.tables.base import metadata
from liaison.store.tables.jobs import job
from liaison.store.tables.manifest import batch, fact_file, named, rollup_file, version
from liaison.store.tables.mappings import saved_mapping
from liaison.store.tables.records import (
    assignment,
    contact,
    cost,
    history,
    margin,
    merge,
    organisation,
    person,
    practice,
    provider_place,
    territory_part,
    visit,
)

__all__ = [
    "assignment", "audit", "batch", "contact", "cost", "fact_file", "history", "job", "margin", "merge", "metadata",
    "named", "organisation", "person", "practice", "provider_place", "rollup_file", "saved_mapping", "territory_part",
    "version", "visit",
]  # fmt: skip
