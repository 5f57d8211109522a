"""Organisations: health systems, groups and competitors; one of them is ours."""

from sqlalchemy import Connection, select

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


def our_name(conn: Connection) -> str:
    """What we are called: the first organisation that is ours, blank where none is on record."""
    o = organisation.c
    return conn.scalar(select(o.name).where(o.ours.is_(True)).order_by(o.key).limit(1)) or ""
