"""What practices need in a year: how many visits, how long each takes, with the words for what is assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from liaison.config import Settings
from liaison.fieldwork.due import EVERY
from liaison.metrics.distance import miles_between
from liaison.planning.travel.estimate import Roads
from liaison.vocabulary import Purpose

YEAR = 365.25
WEEKS = 46  # that a liaison works in a year: less holidays, illness and meetings
THIRDS = (12.0, 4.0, 2.0)  # visits a year by third of the list, where no practice says how often it wishes one
LEAST_LOGGED = 30  # visits that a mix of purposes is told from
NEAR = 3  # practices around one: how far it is from one visit to the next
FEWEST_STOPS = 2.0  # of a full day


@dataclass(frozen=True)
class Wanted:
    """Visits a year by practice, and where the figures are from."""

    visits: Mapping[str, float]
    says: str


def visits_wanted(frequencies: Mapping[str, str | None], ranked: Sequence[str], never: Mapping[str, str]) -> Wanted:
    """Visits that each practice needs in a year.

    Its wished frequency says; without one, what those in the same third of the list wish on average; and where none of
    them wishes any, monthly, quarterly and twice a year. `ranked`: practices of the list, best first; a practice that
    is not in it counts to the last third. `never`: practice -> why nobody goes there.
    """
    third = {practice: min(2, 3 * place // max(len(ranked), 1)) for place, practice in enumerate(ranked)}
    wished = {one: YEAR / EVERY[often] for one, often in frequencies.items() if often in EVERY and one not in never}
    mean = [
        fmean(each) if (each := [v for one, v in wished.items() if third.get(one, 2) == part]) else THIRDS[part]
        for part in range(3)
    ]
    visits = {one: 0.0 if one in never else wished.get(one, mean[third.get(one, 2)]) for one in frequencies}
    without = sum(one not in wished and one not in never for one in frequencies)
    said = f"{len(wished):,} practices need visits as often as their record wishes"
    if without:
        by = ", ".join(f"{each:.1f}" for each in mean)
        said += (
            f"; {without:,} without a wished frequency count {by} visits a year by third of the list of next visits "
            f"({'the mean of those that wish one' if wished else 'an assumption'})"
        )
    return Wanted(visits, f"{said}; {len(never):,} are not to be visited.")


def visit_minutes(settings: Settings, purposes: Sequence[str | None]) -> tuple[float, str]:
    """Minutes of a visit at the practice, by the mix of purposes of the visits that were logged; and the words."""
    known = [p for p in purposes if p in settings.visit_minutes]
    if len(known) < LEAST_LOGGED:
        minutes = settings.visit_minutes[Purpose.follow_up.value]
        return minutes, f"A visit takes {minutes:g} minutes at the practice, those of a follow up."
    minutes = fmean(settings.visit_minutes[p] for p in known if p is not None)
    return minutes, (
        f"A visit takes {minutes:.0f} minutes at the practice: the minutes set for each purpose, by the mix of "
        f"{len(known):,} visits of the last year."
    )


def ways_between(lat: Sequence[float], lon: Sequence[float], roads: Roads) -> list[float]:
    """Minutes from one visit to the next around each practice: the mean way to the nearest three others."""
    if len(lat) < 2:
        return [roads.park] * len(lat)
    y, x = np.array(lat, dtype=np.float64), np.array(lon, dtype=np.float64)
    miles = miles_between(y[:, None], x[:, None], y[None, :], x[None, :])
    np.fill_diagonal(miles, np.inf)
    nearest = np.sort(miles, axis=1)[:, : min(NEAR, len(lat) - 1)]
    return [float(each) for each in np.maximum(roads.minutes(nearest).mean(axis=1), roads.park)]


def stops_of_a_day(minutes: float, visit: float, way_out: float) -> float:
    """Visits that a full day of so many minutes holds: `visit` each with the way to it, once out and home."""
    return max(FEWEST_STOPS, (minutes - 2 * way_out) / visit) if visit > 0 else FEWEST_STOPS
