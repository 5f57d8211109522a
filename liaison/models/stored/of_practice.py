"""One practice in the newest run: its place in the list, what to expect of it, its alert."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from liaison.models.stored.alerts import Standing, alerts
from liaison.models.stored.forecasts import Forecast, forecasts
from liaison.models.stored.next_visits import LeftOut, Listed, next_visits
from liaison.models.stored.runs import Run, Stored, newest_run, stored_rows
from liaison.store.tables import ranking_row


@dataclass(frozen=True)
class OfPractice:
    """`listed` where it may be visited, `left_out` (with the reason) where not; both None where it is not ranked.

    `of`: how many practices are in the list. `forecast` is None where it never sent anything, or too few months stand.
    """

    run: Run
    of: int
    listed: Listed | None
    left_out: LeftOut | None
    forecast: Forecast | None
    alert: Standing | None


def of_practice(connection: Connection, practice_id: str, today: str, liaison: str | None = None) -> OfPractice | None:
    """What stands of one practice on an ISO day; None where nothing has been worked out yet."""
    run = newest_run(connection)
    if run is None:
        return None
    row = stored_rows(connection, run.run_id, practice_id)
    found = next_visits(connection, Stored(run, row), today, liaison=liaison)
    foreseen = forecasts(connection, run.run_id, practice_id)
    told = [one for one in alerts(connection, run.run_id, today, snoozed=True) if one.practice_id == practice_id]
    return OfPractice(
        run,
        _how_many(connection, run.run_id),
        found.rows[0] if found.rows else None,
        found.left_out[0] if found.left_out else None,
        foreseen[0] if foreseen else None,
        told[0] if told else None,
    )


def _how_many(connection: Connection, run_id: str) -> int:
    counted = select(func.count()).select_from(ranking_row).where(ranking_row.c.run_id == run_id)
    return int(connection.scalar(counted) or 0)
