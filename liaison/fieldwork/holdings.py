"""Every assignment as it was and is: who looked after which practice, from when until when."""

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.store.tables import assignment

Holding = tuple[str, str, str | None, str | None, str | None]


def holdings(conn: Connection) -> tuple[Holding, ...]:
    """(practice id, person id, service line, starts, ends) under the ids that practices count as; days are ISO text."""
    into = standing(conn, "practice")
    columns = [assignment.c[name] for name in ("practice_id", "person_id", "service_line", "starts", "ends")]
    rows = conn.execute(select(*columns).order_by(assignment.c.key))
    return tuple((final(into, row[0]), *row[1:]) for row in rows)
