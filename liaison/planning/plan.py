"""A plan: who is seen when, what was left out and what it would cost, and where an order cannot be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.planning.problem import Problem, at_clock, in_minutes


@dataclass(frozen=True)
class Conflict:
    """Something an order asks for that cannot be; `late` in hundredths of a minute, where time is what lacks."""

    kind: str  # closed, late, not theirs, hours, driving, two liaisons, missing
    says: str
    stop: str | None = None
    late: int = 0


@dataclass(frozen=True)
class Visit:
    """A stop on its day. `arrive` is the start of service: who is early waits `wait` before it; `drive` leads here."""

    stop: str
    arrive: int
    depart: int
    drive: int
    wait: int = 0


@dataclass(frozen=True)
class DayPlan:
    """A day in order: leaves its start, visits, is back at its end; `driving` with the way there and back."""

    date: date
    liaison: str
    visits: tuple[Visit, ...]
    leave: int
    back: int
    driving: int
    conflicts: tuple[Conflict, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(visit.stop for visit in self.visits)

    def as_json(self) -> dict[str, Any]:
        """`minutes` are those of driving."""
        return {
            "date": self.date.isoformat(),
            "liaison": self.liaison,
            "minutes": in_minutes(self.driving),
            "leave": in_minutes(self.leave),
            "back": in_minutes(self.back),
            "stops": [
                {"id": visit.stop, "arrive": in_minutes(visit.arrive), "depart": in_minutes(visit.depart)}
                for visit in self.visits
            ],
        }


@dataclass(frozen=True)
class LeftOut:
    """A stop in no day: why, and the cheapest way in that was found.

    `value`: what the plan would lose by it, its own value counted (below 0: it would gain); `driving`: more of it;
    `instead_of`: who would go. All None or empty where no way in was found.
    """

    stop: str
    says: str
    value: float | None = None
    driving: int | None = None
    instead_of: tuple[str, ...] = ()
    day: date | None = None
    liaison: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.stop,
            "says": self.says,
            "value_lost": None if self.value is None else round(self.value, 6),
            "more_minutes": None if self.driving is None else in_minutes(self.driving),
            "instead_of": list(self.instead_of),
            "date": None if self.day is None else self.day.isoformat(),
            "liaison": self.liaison,
        }


@dataclass(frozen=True)
class Plan:
    """The days, one for each of the problem's in its order, how they were found and what they leave out."""

    value: float
    solver: str
    seconds: float
    iterations: int
    days: tuple[DayPlan, ...]
    left_out: tuple[LeftOut, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def orders(self) -> list[tuple[str, ...]]:
        return [day.order for day in self.days]

    @property
    def driving(self) -> int:
        return sum(day.driving for day in self.days)

    @property
    def all_conflicts(self) -> list[Conflict]:
        return [*self.conflicts, *(conflict for day in self.days for conflict in day.conflicts)]

    def as_json(self) -> dict[str, Any]:
        return {
            "value": round(self.value, 6),
            "solver": self.solver,
            "seconds": round(self.seconds, 3),
            "iterations": self.iterations,
            "days": [day.as_json() for day in self.days],
            "dropped": [left.stop for left in self.left_out],
            "left_out": [left.as_json() for left in self.left_out],
            "conflicts": [
                {"kind": conflict.kind, "id": conflict.stop, "says": conflict.says} for conflict in self.all_conflicts
            ],
        }

    def as_text(self) -> str:
        """A block of lines for each day, then what cannot be and what is left out."""
        visits = sum(len(day.visits) for day in self.days)
        head = [
            f"value: {self.value:,.2f}, {visits} visits, {_duration(self.driving)} of driving",
            f"solver: {self.solver}, {self.seconds:.2f} s",
        ]
        parts = ["\n".join(head), *(_day_lines(day) for day in self.days)]
        says = [conflict.says for conflict in self.all_conflicts]
        parts += [_listed("cannot be", says), _listed("left out", [left.says for left in self.left_out])]
        return "\n\n".join(part for part in parts if part)


def value_of(problem: Problem, orders: Iterable[Sequence[str]]) -> float:
    """The value of these visits together."""
    return float(sum(problem.stop(stop).value for order in orders for stop in order))


def by_stop(plan: Plan) -> Mapping[str, tuple[date, str]]:
    """On which date, and by whom, each planned stop is seen."""
    return {stop: (day.date, day.liaison) for day in plan.days for stop in day.order}


def _day_lines(day: DayPlan) -> str:
    head = f"{day.date} {day.liaison}: "
    if not day.visits:
        return f"{head}no visit"
    head += f"{at_clock(day.leave)} to {at_clock(day.back)}, {_duration(day.driving)} of driving"
    lines = [
        f"  {at_clock(visit.arrive)}-{at_clock(visit.depart)}  {visit.stop}  ({_duration(visit.drive)} drive)"
        for visit in day.visits
    ]
    return "\n".join([head, *lines])


def _duration(hundredths: int) -> str:
    minutes = round(in_minutes(hundredths))
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def _listed(head: str, says: Sequence[str]) -> str:
    return "\n".join([f"{head} ({len(says)})", *(f"  {sentence}" for sentence in says)]) if says else ""
