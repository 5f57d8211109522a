"""Which of the things that referrers said (answers, mentions) a viewer's filters leave."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from liaison.access import Viewer
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.resolution import merges, places_now
from liaison.vocabulary import NONE, month_id

Said = Mapping[Any, Any]  # practice_id, service_line, date among its columns
Kept = tuple[str | None, Mapping[str, Any]]


def said_cut(conn: Connection, viewer: Viewer, filters: Filters) -> Callable[[Said], Kept | None]:
    """A row -> (the practice that its own counts as, that practice's place); None for a row that is left out.

    Territory and type are the practice's of today; a row without a line is of the line `(none)`.
    """
    final = merges(conn)["practice"]
    places = {row["practice"]: row for row in places_now(conn)}
    first, last = filters.months()
    line = stored_value("service_line", filters.service_line) if filters.service_line else None
    kind = stored_value("practice_type", filters.practice_type) if filters.practice_type else None

    def kept(row: Said) -> Kept | None:
        at = final(row["practice_id"]) if row["practice_id"] else None
        place: Mapping[str, Any] = places.get(at or "", {})
        month = month_id(row["date"])
        stays = (
            (first is None or month >= first)
            and (last is None or month <= last)
            and (filters.practice in (None, at))
            and (filters.territory is None or (place.get("territory") or NONE) == filters.territory)
            and (kind is None or place.get("practice_type") == kind)
            and (line is None or stored_value("service_line", row["service_line"] or NONE) == line)
            and (viewer.territories is None or place.get("territory") in viewer.territories)
        )
        return (at, place) if stays else None

    return kept
