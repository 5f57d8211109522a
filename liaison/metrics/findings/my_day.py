"""What is said over a liaison's day and week, and over the team: what is ahead, and what is owed."""

from liaison.metrics.findings.words import listed


def my_day_headline(stops: int, first_at: str | None, late: int, due: int, visits: int, *, week: bool = False) -> str:
    """'4 stops today, the first at 09:10; 3 things are late, 2 are due today and 12 practices are overdue'.

    `stops`: still to be made; `late`, `due`: commitments; `visits`: practices that were not seen in their cadence.
    """
    when = "this week" if week else "today"
    ahead = f"{stops:,} stop{'' if stops == 1 else 's'} {when}" if stops else f"No stop is ahead {when}"
    if stops and first_at and not week:
        ahead += f", the next at {first_at}"
    owed = []
    if late:
        owed.append(f"{late:,} thing{' is' if late == 1 else 's are'} late")
    if due:
        owed.append(f"{due:,} {'is' if due == 1 else 'are'} due {when}")
    if visits:
        owed.append(f"{visits:,} practice{' is' if visits == 1 else 's are'} overdue")
    return f"{ahead}; {listed(owed)}" if owed else f"{ahead}; nothing is late"


def team_headline(seen: int, of: int, late: int, barriers: int) -> str:
    """'212 of 380 practices were seen in their cadence; 37 promises are late and 4 barriers of theirs are open'."""
    owed = []
    if late:
        owed.append(f"{late:,} promise{' is' if late == 1 else 's are'} late")
    if barriers:
        owed.append(f"{barriers:,} barrier{' of theirs is' if barriers == 1 else 's of theirs are'} open")
    if not of:
        said = "No practice has a cadence to be seen in"
    else:
        said = f"{seen:,} of {of:,} practice{'' if of == 1 else 's'} {'was' if of == 1 else 'were'} seen in cadence"
    return f"{said}; {listed(owed)}" if owed else f"{said}; no promise is late, no barrier open"
