"""The team's own market as a panel: what practices sent, from the counted facts, and when they were visited."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.fieldwork.counted import Log, log_of_visits
from liaison.metrics.practice_months import Numbers, practice_months
from liaison.metrics.practice_traits import practice_traits, practices_on_record
from liaison.models.panel import Panel
from liaison.store import reading
from liaison.store.tables import exploration_slot
from liaison.vocabulary import month_text, month_words

LEAST_LEFT = 18  # months: a log that starts late cuts the months before it off only where so many are left
FEWEST = 6


class TooLittleError(LiaisonError):
    """There are too few months of referrals to work anything out from."""


@dataclass(frozen=True)
class Market:
    """`panel`: all months; `visits_from`: month id from which visits are taken as known.

    `lines` and `by_line` (practice, line, month): referrals to us that name a service line. `notes`: sentences.
    """

    panel: Panel
    visits_from: int
    lines: tuple[str, ...]
    by_line: Numbers
    notes: tuple[str, ...]

    def for_ranking(self) -> Panel:
        """The panel from the month on from which visits are known: before it, none on record does not mean none."""
        months = np.array(self.panel.months)
        return _part(self.panel, np.arange(len(self.panel)), months >= self.visits_from)

    def for_outlook(self) -> tuple[Panel, Numbers]:
        """The practices that ever sent something, and their part of `by_line`: of others nothing is to be foreseen."""
        sent = np.flatnonzero(self.panel.referrals_in.sum(axis=1))
        return _part(self.panel, sent, np.ones(len(self.panel.months), dtype=bool)), self.by_line[sent]


def _part(panel: Panel, places: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]) -> Panel:
    values = (panel.referrals_in, panel.referrals_out, panel.visits, panel.visit_randomised)
    inwards, outwards, visits, randomised = (each[places][:, kept] for each in values)
    practices = tuple(panel.practices[place] for place in places)
    months = tuple(np.array(panel.months)[kept].tolist())
    return Panel(practices, months, inwards, outwards, visits, randomised, panel.covariates.iloc[places])


def market(live: Live, until: int | None = None) -> Market:
    """The market as it stands; `until` (month id): as it was known at the end of that month.

    Raises TooLittleError where no source of referrals has been seen for six whole months.
    """
    counted = practice_months(live, owner(), practices_on_record(live))
    if until is not None and counted.months and until > counted.months[-1]:
        what = f"Referrals are known to the end of {month_words(counted.months[-1])}, not of {month_words(until)}."
        raise LiaisonError(what, remedy="Name an earlier month, or import the later ones first.")
    months = [month for month in counted.months if until is None or month <= until]
    if len(months) < FEWEST or not counted.kept[:, : len(months)].any():
        what = f"There are {len(months)} complete months of referrals" + ("." if months else ": nothing to rank by.")
        raise TooLittleError(what, remedy=f"Import at least {FEWEST} whole months of referrals first.")
    practices, many = counted.practices, len(months)
    with reading(live.home.store) as connection:
        log, drawn = log_of_visits(connection), _drawn(connection)
    shape = (len(practices), many)
    cells = {practice: at for at, practice in enumerate(practices)}
    visits, randomised = np.zeros(shape), np.zeros(shape)
    for values, entries in ((visits, log.visits), (randomised, drawn)):
        for (practice, month), value in entries.items():
            if practice in cells and months[0] <= month <= months[-1]:
                values[cells[practice], month - months[0]] = value
    traits = practice_traits(live, practices, counted.lines, months[-1])
    known = tuple(values[..., :many] for values in (counted.kept, counted.out, counted.by_line))
    panel = Panel(practices, tuple(months), known[0], known[1], visits, randomised, traits)
    since, said = _visits_from(log, months)
    return Market(panel, since, counted.lines, known[2], (*counted.notes, *said, *_said(log)))


def _visits_from(log: Log, months: list[int]) -> tuple[int, tuple[str, ...]]:
    if log.complete_from is None or log.complete_from <= months[0]:
        return months[0], ()
    if months[-1] - log.complete_from + 1 >= LEAST_LEFT:
        words = f"Months before {month_words(log.complete_from)} are not ranked by: visits may be missing in them."
        return log.complete_from, (*log.late, words)
    words = (
        f"Since then too few months have passed to rank by: months from {month_text(months[0])} on are used as well."
    )
    return months[0], (*log.late, words)


def _said(log: Log) -> list[str]:
    notes = []
    if log.apart:
        notes.append(f"{log.apart:,} contacts are no visits here: calls, mails and drop-bys are kept apart.")
    if log.nowhere:
        notes.append(f"{log.nowhere:,} visits name a provider who is on record at no practice, or at several.")
    return notes


def _drawn(connection: Connection) -> dict[tuple[str, int], int]:
    """(practice, month of the visit) that the lot fell on, whether it was made or not."""
    s = exploration_slot.c
    rows = connection.execute(select(s.practice_id, s.as_of).where(s.drawn))
    return {(row.practice_id, row.as_of + 1): 1 for row in rows}
