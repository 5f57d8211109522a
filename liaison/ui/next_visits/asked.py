"""What the page reads of the store: the newest run, what people made of it, where practices lie and whose they are.

The store is asked on every run for the few numbers that say whether anything changed; what hangs on them is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.fieldwork.due import Due, due
from liaison.fieldwork.panels import Panels, panels
from liaison.metrics.filters import Filters
from liaison.metrics.resolution import places_now
from liaison.metrics.spots import Spot, spots
from liaison.models import stored
from liaison.models.stored import Listed, NextVisits, Run, Standing, Stored
from liaison.models.stored.by_margin import by_margin
from liaison.models.stored.runs import stored_rows, up_to_date
from liaison.models.stored.stamps import stamps
from liaison.models.stored.worth import margins_each, worths
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask, kept, viewer
from liaison.ui.clock import today
from liaison.vocabulary import Audience


@dataclass(frozen=True)
class Lies:
    """Where a practice on record lies and what it is, as filters name it."""

    name: str
    territory: str
    practice_type: str
    rural: bool
    safety_net: bool


@dataclass(frozen=True)
class Newest:
    """The newest run and whether data and visits are still those that it was made from; `written`, `chosen`, `noted`
    are stamps: what was made of the same ones is still right. `drawn`: visits by lot so far.
    """

    run: Run
    fresh: bool
    written: int
    chosen: int
    noted: int
    drawn: int

    def key(self, *more: object) -> tuple[object, ...]:
        return (str(homes.home().path), self.run.run_id, today(), *more)


def newest() -> Newest | None:
    """Read on every run: one lookup, and the papers where it says that they changed."""
    at = str(homes.home().path)
    with reading(homes.home().store) as connection:
        found = stamps(connection)
        if found.run_id is None:
            return None
        run = kept().get((at, "run", found.run_id, found.looked_back), lambda: stored.newest_run(connection))
        if run is None:
            return None
        key = (at, "fresh", run.run_id, found.data_id, found.written)
        fresh = kept().get(key, lambda: up_to_date(connection, run))
    return Newest(run, fresh, found.written, found.chosen, found.noted, found.drawn)


def ranked(now: Newest) -> Stored:
    """The list as it was made; it never changes."""

    def made() -> Stored:
        with reading(homes.home().store) as connection:
            return Stored(now.run, stored_rows(connection, now.run.run_id))

    return kept().get(now.key("ranked"), made)


def visits(now: Newest, liaison: str | None, *, money: bool = False) -> NextVisits:
    """The list of today for one liaison, or for all; `money`: by the margin that a visit should bring."""
    share = homes.home().settings.exploration_share

    def made() -> NextVisits:
        listed = ranked(now)
        with reading(homes.home().store) as connection:
            if money:
                listed = by_margin(listed, margins_each(connection, now.run.run_id))
            return stored.next_visits(connection, listed, today(), liaison=liaison, lot_share=share)

    return kept().get(now.key("visits", liaison, money, now.written, now.chosen), made)


def lines_of(now: Newest) -> dict[str, frozenset[str]]:
    """Practice id -> service lines that it is expected to send something of to us in a year."""

    def made() -> dict[str, frozenset[str]]:
        with reading(homes.home().store) as connection:
            found = worths(connection, now.run.run_id)
        return {practice: frozenset(part["line"] for part in of.by_line) for practice, of in found.items()}

    return kept().get(now.key("lines"), made)


def alerts(now: Newest) -> tuple[Standing, ...]:
    """All that stand, put-off ones included."""

    def made() -> tuple[Standing, ...]:
        with reading(homes.home().store) as connection:
            return stored.alerts(connection, now.run.run_id, today(), snoozed=True)

    return kept().get(now.key("alerts", now.noted), made)


def team(now: Newest) -> Panels:
    """Whose practices are whose today."""

    def made() -> Panels:
        with reading(homes.home().store) as connection:
            return panels(connection, today())

    return kept().get(now.key("team", now.written), made)


def due_at(now: Newest, practice_ids: Sequence[str]) -> dict[str, Due]:
    """What is late at the practices that are shown."""

    def made() -> dict[str, Due]:
        with reading(homes.home().store) as connection:
            return due(connection, practice_ids, today())

    return kept().get(now.key("due", now.written, tuple(practice_ids)), made)


def lies_of(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> dict[str, Lies]:
    """Every practice on record, by id."""
    with reading(live.home.store) as connection:
        rows = places_now(connection)
    return {
        row["practice"]: Lies(
            row["name"], row["territory"], row["practice_type"], bool(row["rural"]), bool(row["safety_net"])
        )
        for row in rows
    }


def lies() -> dict[str, Lies]:
    """Where practices lie, in this version of the data."""
    return ask(lies_of, Filters())


def where() -> dict[str, Spot]:
    """Coordinates and towns, in this version of the data."""
    return ask(spots, Filters())


def name_of(practice_id: str) -> str:
    """What people call a practice."""
    return homes.live().label_of.get(("practice", practice_id), practice_id)


@dataclass(frozen=True)
class Cut:
    """How the list is cut: the global filters that it honours, and the page's own."""

    territory: str | None
    practice_type: str | None
    liaison: str | None
    day: str | None
    line: str | None = None
    money: bool = False  # no cut: which list is cut

    def keeps(self, practice_id: str, lie: Lies | None, whose: Panels) -> bool:
        """Whether a practice is in. One that is on no record lies nowhere."""
        scope = viewer().territories
        if scope is not None and (lie is None or lie.territory not in scope):
            return False
        if self.territory and (lie is None or lie.territory != self.territory):
            return False
        if self.practice_type and (lie is None or lie.practice_type != self.practice_type):
            return False
        if self.liaison and self.liaison not in whose.of.get(practice_id, ()):
            return False
        return not self.day or whose.meets(practice_id, self.day)

    def sends(self, practice_id: str, lines: Mapping[str, frozenset[str]]) -> bool:
        """Whether a practice sends the service line, where one was chosen."""
        return not self.line or self.line in lines.get(practice_id, ())


def cut(now: Newest, found: NextVisits, by: Cut) -> tuple[Listed, ...]:
    """The rows that are left, in their order."""

    def made() -> tuple[Listed, ...]:
        lying, whose, sends = lies(), team(now), lines_of(now) if by.line else {}
        ids = [row.row.practice_id for row in found.rows]
        inside = [by.keeps(one, lying.get(one), whose) and by.sends(one, sends) for one in ids]
        return tuple(row for row, held in zip(found.rows, inside, strict=True) if held)

    key = now.key("cut", by, now.written, now.chosen, homes.live().data_id, viewer().scope)
    return kept().get(key, made)
