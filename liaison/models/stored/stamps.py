"""Numbers about what people and chance made of runs: what was read before stays good while they stand."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from liaison.models.stored.runs import newest_first
from liaison.store.tables import alert_note, exploration_slot, history, next_visit_choice, ranking, version


@dataclass(frozen=True)
class Stamps:
    """`run_id` of the newest run, None where there is none, and whether it has been looked back; the data's id; the
    newest entry about records, choices and alerts, 0 where there is none; visits that the lot fell on, of all months.
    """

    run_id: str | None
    looked_back: bool
    data_id: str
    written: int
    chosen: int
    noted: int
    drawn: int


def stamps(connection: Connection) -> Stamps:
    """All of them in one lookup: a page asks for them on every run."""
    run_id, looked_back, data_id, *numbers = connection.execute(_ALL).one()
    written, chosen, noted, drawn = (int(number or 0) for number in numbers)
    return Stamps(run_id, bool(looked_back), str(data_id or "empty"), written, chosen, noted, drawn)


def _statement() -> Select[Any]:
    newest = newest_first(select(ranking.c.run_id, ranking.c.card.is_not(None).label("looked_back"))).subquery()
    told = [select(newest.c[name]).scalar_subquery() for name in ("run_id", "looked_back")]
    last = [select(func.max(each.c.id)).scalar_subquery() for each in (history, next_visit_choice, alert_note)]
    drawn = select(func.count()).select_from(exploration_slot).where(exploration_slot.c.drawn).scalar_subquery()
    return select(*told, select(version.c.data_id).scalar_subquery(), *last, drawn)


_ALL = _statement()  # putting it together takes longer than the lookup
