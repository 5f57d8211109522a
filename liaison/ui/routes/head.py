"""What the day or the week is, in one sentence; what cannot be, and what the visits should bring."""

from liaison.metrics.findings.routes import Told, expected_note, routes_headline
from liaison.planning.problem import at_clock
from liaison.planning.stored.edits import conflicts_of
from liaison.planning.stored.plans import StoredPlan
from liaison.planning.stored.words import day_words, minutes
from liaison.ui import parts
from liaison.ui.next_visits import asked as listed
from liaison.ui.routes.asked import View

NAME = "Routes"


def show(view: View, plan: StoredPlan) -> None:
    """Sentence, note."""
    parts.head(NAME, routes_headline(*told(view, plan)))
    if note := expected(view, plan):
        parts.note(note)


def told(view: View, plan: StoredPlan) -> tuple[str, Told]:
    """When, and the figures of the sentence."""
    if view.day is None:
        made = Told(len(plan.made), minutes(plan.driving), None, len(plan.left_out), len(conflicts_of(plan)))
        return f"in the week of {day_words(view.week)}", made
    day = plan.day(view.day)
    if day is not None and day.off:
        return f"on {day_words(view.day)}, which is off", Told(0, "", None, 0, 0)
    driving, back = (minutes(day.driving), at_clock(day.back)) if day else ("0 min", None)
    conflicts = len(day.conflicts) if day else 0
    return f"on {day_words(view.day)}", Told(len(plan.of(view.day)), driving, back, len(plan.left_out), conflicts)


def conflicts(view: View, plan: StoredPlan) -> tuple[str, ...]:
    """What cannot be, of what is shown."""
    of_all = tuple(plan.papers.get("conflicts", ()))
    if view.day is None:
        return tuple(conflicts_of(plan))
    day = plan.day(view.day)
    return (*of_all, *(day.conflicts if day else ()))


def expected(view: View, plan: StoredPlan) -> str | None:
    """Gains of the stops that are shown, and whether the list is newer than the plan."""
    now = listed.newest()
    if now is None:
        return None
    rows = listed.ranked(now).by_practice
    made = plan.of(view.day) if view.day else plan.made
    gains = [(r.gain, r.low, r.high) for stop in made if (r := rows.get(stop.practice_id))]
    note = expected_note(gains, now.run.level, len(made) - len(gains)) if gains else ""
    older = "" if now.run.run_id == plan.run_id else " The list was made anew after this plan: Improve takes it in."
    return f"{note}{older}".strip() or None
