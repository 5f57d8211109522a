"""Drives that visits tell of: from the end of one to the arrival at the next, to compare with the estimate."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from liaison.config import Settings
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.syntax import clock
from liaison.fieldwork.visits import standing_visit
from liaison.planning.problem import MINUTE
from liaison.planning.stored.offices import IN_PERSON
from liaison.planning.stored.workday import pause_of
from liaison.planning.travel import Calibration, Leg, calibrated
from liaison.planning.travel.configured import roads
from liaison.store.tables import practice

Spot = tuple[float, float]


@dataclass(frozen=True)
class Drives:
    """What logged drives say of the estimate; `now`: LIAISON_TRAVEL_FACTOR as it is set, `proposed`: as it should be
    by them, None where they are too few."""

    calibration: Calibration
    now: float

    @property
    def proposed(self) -> float | None:
        return None if self.calibration.factor is None else round(self.now * self.calibration.factor, 2)

    @property
    def says(self) -> str:
        said = self.calibration.says
        return f"{said} LIAISON_TRAVEL_FACTOR={self.proposed:g} would use that." if self.proposed else said

    def as_json(self) -> dict[str, Any]:
        return {**self.calibration.__dict__, "setting": self.now, "proposed": self.proposed, "says": self.says}


def logged_drives(connection: Connection, settings: Settings) -> Drives:
    """Of visits in person with a time of arrival and minutes, at practices whose own place is known."""
    return Drives(calibrated(roads(settings), legs(connection, settings)), settings.travel_factor)


def legs(connection: Connection, settings: Settings) -> list[Leg]:
    """One for each two visits in a row of a person's day. A drive that meets the pause says nothing: who ate when?"""
    where, pause, found = _spots(connection), pause_of(settings), []
    for visits in _days(connection).values():
        for (_, left, before), (arrives, _, after) in pairwise(visits):
            meets = pause is not None and left * MINUTE < pause.closes and arrives * MINUTE > pause.opens
            if before in where and after in where and before != after and arrives > left and not meets:
                found.append(Leg(*where[before], *where[after], arrives - left))
    return found


def _days(connection: Connection) -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    """(person, date) -> (arrived, left, practice) of visits in order, minutes since midnight."""
    into, v = standing(connection, "practice"), standing_visit.c
    columns = (v.person_id, v.date, v.practice_id, v.channel, v.arrived_at, v.minutes)
    wanted = select(*columns).where(v.practice_id.is_not(None), v.arrived_at.is_not(None), v.minutes.is_not(None))
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for who, day, place, channel, arrived, minutes in connection.execute(wanted):
        if channel in IN_PERSON:
            at = float(clock(arrived))
            found[who, day].append((at, at + minutes, final(into, place)))
    return {key: sorted(visits) for key, visits in found.items()}


def _spots(connection: Connection) -> dict[str, Spot]:
    """Practices whose own place is on record; the centre of a ZIP would measure something else."""
    columns = practice.c.practice_id, practice.c.lat, practice.c.lon
    known = select(*columns).where(practice.c.lat.is_not(None), practice.c.lon.is_not(None))
    return {row.practice_id: (row.lat, row.lon) for row in connection.execute(known)}
