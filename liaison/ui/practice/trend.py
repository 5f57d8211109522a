"""The main picture: referrals by month, and what happened when."""

import pandas as pd

from liaison.charts.trend import trend
from liaison.fieldwork.one_practice import PracticeFile
from liaison.metrics.filters import Filters
from liaison.metrics.findings.overview import volume_change
from liaison.metrics.one_practice import PracticeStory
from liaison.ui import charts as drawn
from liaison.ui import parts
from liaison.ui.ask import version
from liaison.ui.practice import history
from liaison.vocabulary import month_words

ON_PHONE = 18  # months; more do not fit


def show(found: PracticeStory, kept: PracticeFile, question: Filters, small: bool) -> None:
    """Every month there is; the last one dotted while it is not over."""
    if not found.months:
        return
    months = found.months[-ON_PHONE:] if small else found.months
    events = history.events(kept, months[0].month)
    parts.picture(_finding(found), "Referrals by month, all months there are. Ticks: touches, who joined or left.")
    drawn.show(
        trend,
        pd.DataFrame([{"month": m.month, "value": m.referrals, "complete": m.complete} for m in months]),
        version=version(question, "practice trend", small),
        key=f"trend-{found.practice_id}",
        alt=_words(found),
        events=events,
        named=4 if small else 8,
    )


def _finding(found: PracticeStory) -> str:
    now = int(found.volume.value or 0)
    moved = volume_change(found.volume_before, now) if found.volume_before else None
    if moved and found.before:
        return f"{moved.rstrip('.')} against {found.before}"
    return f"{now:,} referrals in {found.window}"


def _words(found: PracticeStory) -> str:
    most = max(found.months, key=lambda m: m.referrals)
    return (
        f"Referrals by month from {month_words(found.months[0].month)}, most in {month_words(most.month)} with "
        f"{most.referrals}. What happened when stands in the history below."
    )
