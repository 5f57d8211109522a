"""Rankings, forecasts and alerts as they stand in the store, and what people made of them.

Runs are written by `stored.write`: what only reads does without the libraries that a run is worked out with.
"""

from liaison.models.stored.alerts import Standing, alerts, note_alert
from liaison.models.stored.choices import Choice, Did, choices, choose
from liaison.models.stored.forecasts import Forecast, forecasts
from liaison.models.stored.next_visits import LeftOut, Listed, NextVisits, next_visits
from liaison.models.stored.of_practice import OfPractice, of_practice
from liaison.models.stored.runs import Run, Stored, StoredRow, newest, newest_run, up_to_date

__all__ = [
    "Choice", "Did", "Forecast", "LeftOut", "Listed", "NextVisits", "OfPractice", "Run", "Standing", "Stored",
    "StoredRow", "alerts", "choices", "choose", "forecasts", "newest", "newest_run", "next_visits", "note_alert",
    "of_practice", "up_to_date",
]  # fmt: skip
