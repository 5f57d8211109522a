"""What a plan says in words, with the names that people use: conflicts, changes, what is left out."""

from collections.abc import Mapping
from datetime import date

from liaison.planning.plan import Conflict, DayPlan
from liaison.planning.problem import at_clock, in_minutes


def minutes(hundredths: float) -> str:
    """'45 min', '1 h 57 min'."""
    whole = round(in_minutes(int(hundredths)))
    return f"{whole // 60} h {whole % 60:02d} min" if whole >= 60 else f"{whole} min"


def day_words(on: date) -> str:
    """'Tue 1 Dec'."""
    return f"{on:%a} {on.day} {on:%b}"


def conflict_words(conflict: Conflict, day: DayPlan | None, names: Mapping[str, str]) -> str:
    """One conflict as a sentence; `day` is the one it stands on, None where it is of the plan as a whole."""
    name = names.get(conflict.stop or "", conflict.stop or "")
    visit = next((v for v in day.visits if v.stop == conflict.stop), None) if day else None
    if conflict.kind == "late" and visit is not None:
        due = visit.arrive - conflict.late
        return f"{name}: reached at {at_clock(visit.arrive)}, the visit had to begin by {at_clock(due)}."
    if conflict.kind == "closed" and day is not None:
        return f"{name}: cannot be seen on {day_words(day.date)} by its hours, its agreed time or the working day."
    if conflict.kind == "not theirs" and day is not None:
        return f"{name}: not to be seen on {day_words(day.date)}."
    if conflict.kind == "hours" and day is not None:
        return f"Back at {at_clock(day.back)}, {minutes(conflict.late)} after the working day."
    if conflict.kind == "missing":
        return f"{name}: has to be seen this week, and is on no day."
    return conflict.says.replace(conflict.stop, name) if conflict.stop else conflict.says


def change_words(what: str, value: float, driving: float, working: float = 0) -> str:
    """'Without Elm Street: value 3.2 less, 34 min less driving, 30 min less at practices.'"""
    parts = []
    if abs(value) >= 0.05:
        parts.append(f"value {abs(value):,.1f} {'more' if value > 0 else 'less'}")
    for hundredths, where in ((driving, "driving"), (working, "at practices")):
        if abs(in_minutes(round(hundredths))) >= 1:
            parts.append(f"{minutes(abs(hundredths))} {'more' if hundredths > 0 else 'less'} {where}")
    return f"{what}: {', '.join(parts) if parts else 'neither value nor minutes change'}."
