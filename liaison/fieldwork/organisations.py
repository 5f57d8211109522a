"""Organisations: health systems, groups and competitors; one of them is ours."""

from liaison.fieldwork.kind import RecordKind
from liaison.store.tables import organisation

ORGANISATIONS = RecordKind(
    name="organisations",
    one="organisation",
    table=organisation,
    keys=("organisation_id",),
    needs=("organisation_id", "name", "ours"),
    recount=True,
)
