"""Whom to see next: the stored list, less what guards and people keep out, pinned ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from liaison.models.ranking.guards import Guards
from liaison.models.ranking.slots import SHARE
from liaison.models.stored.choices import Choice, Did, choices
from liaison.models.stored.guards import guards_on, with_waits
from liaison.models.stored.runs import Stored, StoredRow
from liaison.store.tables import exploration_slot


@dataclass(frozen=True)
class Listed:
    """A practice that may be visited. `by_lot`: the lot fell on it; `probability`: that it would; None without lot.

    `not_for`: service lines that are not to be asked for there, in words, since new patients wait too long.
    """

    row: StoredRow
    choice: Choice | None
    by_lot: bool
    probability: float | None
    not_for: tuple[str, ...] = ()

    @property
    def pinned(self) -> bool:
        return self.choice is not None and self.choice.did is Did.pinned

    @property
    def accepted(self) -> bool:
        return self.choice is not None and self.choice.did is Did.accepted


@dataclass(frozen=True)
class LeftOut:
    """A practice that is not to be visited now, and why, in words; `choice` where a person declined it."""

    row: StoredRow
    why: str
    choice: Choice | None


@dataclass(frozen=True)
class NextVisits:
    """`rows`: in the order to go; `left_out`: in the order of the list. Ranks stay those of the whole list.

    `waits`: of how many service lines a waiting time is known.
    """

    rows: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]
    waits: int = 0


def next_visits(
    connection: Connection,
    stored: Stored,
    today: str,
    *,
    liaison: str | None = None,
    guards: Guards | None = None,
    lot_share: float = SHARE,
) -> NextVisits:
    """The list on an ISO day. `liaison`: person id for whom it is: where another one goes this week is left out.

    Guards are those of the store, unless they are given. `lot_share`: of the places, for practices that the lot drew.
    """
    held = choices(connection, today)
    rules = guards if guards is not None else with_waits(connection, guards_on(connection, today, liaison), today)
    lots = _lots(connection, stored.run.as_of)
    kept, out = list[Listed](), list[LeftOut]()
    for row in stored.rows:
        choice = held.get(row.practice_id)
        declined = choice if choice is not None and choice.did is Did.declined else None
        why = _declined(declined) if declined else rules.bars(row.practice_id) or rules.full(row.practice_id)
        if why is not None:
            out.append(LeftOut(row, why, declined))
        else:
            drawn, probability = lots.get(row.practice_id, (False, None))
            kept.append(Listed(row, choice, drawn, probability, rules.warns(row.practice_id)))
    return NextVisits(_ordered(kept, round(1 / lot_share) if lot_share else len(kept)), tuple(out), len(rules.waits))


def _ordered(kept: Sequence[Listed], one_in: int) -> tuple[Listed, ...]:
    """Pinned first; then the best, with one place in so many for those that the lot drew."""
    pinned = [one for one in kept if one.pinned]
    drawn = [one for one in kept if one.by_lot and not one.pinned]
    best = [one for one in kept if not one.by_lot and not one.pinned]
    ordered = list[Listed]()
    while best or drawn:
        take = one_in - 1 if drawn else len(best)
        ordered += best[:take] + drawn[:1]
        best, drawn = best[take:], drawn[1:]
    return (*pinned, *ordered)


def _lots(connection: Connection, as_of: int) -> dict[str, tuple[bool, float]]:
    rows = connection.execute(select(exploration_slot).where(exploration_slot.c.as_of == as_of))
    return {row.practice_id: (bool(row.drawn), float(row.probability)) for row in rows}


def _declined(choice: Choice) -> str:
    until = f" until {_day_words(choice.until)}" if choice.until else ""
    return f"declined{until}: {choice.reason}"


def _day_words(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b %Y}"
