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


def our_organisations(conn: Connection) -> dict[str, str]:
    """Organisation id -> name of those that belong to us, by name."""
    o = organisation.c
    rows = conn.execute(select(o.organisation_id, o.name).where(o.ours).order_by(o.name))
    return {str(id_): str(name) for id_, name in rows}


def our_name(conn: Connection) -> str:
    """What we are called: the first organisation that is ours, blank where none is on record."""
    o = organisation.c
    return conn.scalar(select(o.name).where(o.ours.is_(True)).order_by(o.key).limit(1)) or ""
