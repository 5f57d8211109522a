"""Since when every visit of a person is on record: before that, a month without visits says nothing."""

from collections.abc import Iterable

from sqlalchemy import Connection

from liaison.errors import LiaisonError
from liaison.fieldwork.records import write
from liaison.fieldwork.syntax import is_month


def visits_complete_from(
    conn: Connection, person_ids: Iterable[str], month: str, actor: str, batch_id: str | None = None
) -> None:
    """Keep, for these people, that their visits are all there since `month` (YYYY-MM); forgotten with the batch."""
    if not is_month(month):
        raise LiaisonError(f"{month} is not a month.", remedy="Write months as YYYY-MM.")
    rows = [{"person_id": person, "visits_complete_from": month} for person in sorted(set(person_ids))]
    write(conn, "people", rows, actor, batch_id)
