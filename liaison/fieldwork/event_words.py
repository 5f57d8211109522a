"""What events say in a sentence: pages and commands say the same."""

from collections.abc import Sequence
from datetime import datetime

from liaison.fieldwork.one_event import EventFile, EventRow, kind_words


def events_sentence(rows: Sequence[EventRow], now: datetime) -> str:
    """'The next of 2 events is Tremor on 3 Dec 2026; 9 practices came to the last one'."""
    ahead, past = ahead_of(rows, now), past_of(rows, now)
    said = []
    if ahead:
        which = "The next event is" if len(ahead) == 1 else f"The next of {len(ahead):,} events is"
        said.append(f"{which} {ahead[0].title} on {day_words(ahead[0].starts)}")
    if past:
        last = past[0]
        which = "the last one" if ahead else f"the last event, {last.title}"
        said.append(f"{_many(last.practices, 'practice')} came to {which}")
    return "; ".join(said) if said else "No event stands"


def ahead_of(rows: Sequence[EventRow], now: datetime) -> list[EventRow]:
    """Events that stand and whose day is not over, the next first."""
    held = [row for row in rows if not row.cancelled and row.starts.date() >= now.astimezone(row.starts.tzinfo).date()]
    return sorted(held, key=lambda row: (row.starts, row.event_id))


def past_of(rows: Sequence[EventRow], now: datetime) -> list[EventRow]:
    """Events that stood and are over, the last first."""
    ahead = ahead_of(rows, now)
    held = [row for row in rows if not row.cancelled and row not in ahead]
    return sorted(held, key=lambda row: (row.starts, row.event_id), reverse=True)


def event_sentence(row: EventRow, now: datetime) -> str:
    """'12 people of 9 practices came; 34 practices were invited'."""
    if row.cancelled:
        return f"Cancelled: {row.cancelled}"
    invited = f"{_many(row.invited, 'practice')} {'was' if row.invited == 1 else 'were'} invited"
    if row.came:
        return f"{_many(row.came, 'person', 'people')} of {_many(row.practices, 'practice')} came; {invited}"
    if row.starts.date() > now.astimezone(row.starts.tzinfo).date():
        taken = f", {row.accepted:,} of {_many(row.capacity, 'seat')} taken" if row.capacity else ""
        return f"On {day_words(row.starts)}: {invited}{taken}"
    return f"Nobody is recorded as having come; {invited}"


def seats_warning(row: EventRow) -> str:
    """What is said where more come than there are seats; blank where there is room."""
    if not row.full or row.capacity is None:
        return ""
    if row.came > row.capacity:
        return f"{_many(row.came, 'person', 'people')} came to {_many(row.capacity, 'seat')}."
    return f"{row.accepted:,} have said yes to {_many(row.capacity, 'seat')}: find a larger room, or tell some of them."


def about_words(about: EventFile) -> str:
    """'Lunch-and-learn · 3 Dec 2026, 12:15 (America/Chicago) · 60 minutes · Elm Street · host Ann Lee'."""
    row, minutes = about.row, about.record["minutes"]
    said = [kind_words(row.kind), f"{day_words(row.starts)}, {row.starts:%H:%M} ({row.zone})"]
    said += [f"{minutes:g} minutes"] if minutes else []
    said += [row.place] if row.place else []
    return " \u00b7 ".join([*said, f"host {row.host}"])


def cost_words(row: EventRow) -> str:
    """'$240, $80 for each practice that came'; blank where no cost is known."""
    if row.cost is None:
        return ""
    each = row.cost_each
    return f"${row.cost:,.0f}" + (f", ${each:,.0f} for each practice that came" if each is not None else "")


def day_words(at: datetime) -> str:
    """'3 Dec 2026'."""
    return f"{at.day} {at:%b %Y}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
