"""Weekly extracts of a referral system: what is open is sent again each Monday, with what became of it meanwhile."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

NEVER = -999
START = date(2026, 1, 5)  # a Monday
HEADER = ("referral_id", "created_on", "referring_practice", "service_line", "network_status", "out_of_network_reason")
STAGES = ("received_on", "scheduled_on", "seen_on", "closed_on")
LINES = ("cardiology", "neurology", "urology", "orthopaedics")


@dataclass(frozen=True)
class Life:
    """One referral from its creation to its end, in days since the first Monday; NEVER where a stage does not come."""

    number: int
    created: int
    stages: tuple[int, ...]
    exited: int

    def ended_on(self) -> int:
        return self.exited if self.exited != NEVER else self.stages[-1]


def lives(count: int, weeks: int, seed: int = 5) -> list[Life]:
    """Referrals created evenly over the weeks before and during the extracts."""
    draw = np.random.default_rng(seed)
    created = draw.integers(-60, weeks * 7, count)
    waits = draw.integers(1, 25, (count, len(STAGES)))
    reached = draw.integers(0, len(STAGES) + 1, count)
    leaves = draw.random(count) < 0.15
    found = []
    for i in range(count):
        days = created[i] + waits[i].cumsum()
        known = tuple(int(d) if place < reached[i] else NEVER for place, d in enumerate(days))
        last = max(known[: int(reached[i])], default=int(created[i]))
        ends = int(last + 3) if leaves[i] and reached[i] < len(STAGES) else NEVER
        found.append(Life(i, int(created[i]), known, ends))
    return found


def monday(week: int) -> date:
    """The day of the extract of a week, counted from 1."""
    return START + timedelta(days=7 * week)


def extract(path: Path, every: list[Life], week: int, closed_too: bool = True) -> Path:
    """The file of one Monday: all referrals there are by then, as they stood; without the closed ones if so asked."""
    today = (monday(week) - START).days
    with path.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow([*HEADER, *STAGES, "exit", "exited_on"])
        for life in every:
            over = life.ended_on() != NEVER and life.ended_on() < today - 7
            if life.created < today and (closed_too or not over):
                rows.writerow(_row(life, today))
    return path


def _row(life: Life, today: int) -> list[str]:
    out = life.number % 9 == 0
    given = [f"R{life.number}", _day(life.created, today), f"Practice {life.number % 40}", LINES[life.number % 4]]
    given += ["out", "No slot soon enough"] if out else [("in", "in", "")[life.number % 3], ""]
    stages = [_day(NEVER if out else d, today) for d in life.stages]
    gone = not out and life.exited != NEVER and life.exited < today
    return [*given, *stages, "cancelled" if gone else "", _day(life.exited if gone else NEVER, today)]


def _day(number: int, today: int) -> str:
    return (START + timedelta(days=number)).isoformat() if number != NEVER and number < today else ""
