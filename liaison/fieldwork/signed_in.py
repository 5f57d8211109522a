"""The person behind an e-mail address."""

from sqlalchemy import Connection, select

from liaison.access import Viewer
from liaison.fieldwork.one_practice import in_force
from liaison.store.tables import person


def viewer_of(conn: Connection, email: str, today: str) -> Viewer | None:
    """Who looks and writes under this address: the one person in force (ISO day) who has it, upper and lower case
    alike. None where nobody has it; also where two have, since neither is then known.
    """
    columns = [person.c[name] for name in ("person_id", "name", "email", "starts", "ends")]
    rows = conn.execute(select(*columns).where(person.c.email.is_not(None))).mappings()
    wanted = email.strip().casefold()
    found = [row for row in rows if row["email"].strip().casefold() == wanted and in_force(dict(row), today)]
    if len(found) != 1 or not wanted:
        return None
    return Viewer(str(found[0]["name"]), person_id=str(found[0]["person_id"]))
