"""Numbers about what people and chance made of runs: what was read before stays good while they stand."""

from sqlalchemy import Connection, func, select

from liaison.store.tables import alert_note, exploration_slot, next_visit_choice


def choices_stamp(connection: Connection) -> int:
    """Rises with every choice."""
    return int(connection.scalar(select(func.max(next_visit_choice.c.id))) or 0)


def notes_stamp(connection: Connection) -> int:
    """Rises with every word on an alert."""
    return int(connection.scalar(select(func.max(alert_note.c.id))) or 0)


def lots_drawn(connection: Connection) -> int:
    """Visits that the lot fell on so far, of all months."""
    drawn = select(func.count()).select_from(exploration_slot).where(exploration_slot.c.drawn)
    return int(connection.scalar(drawn) or 0)
