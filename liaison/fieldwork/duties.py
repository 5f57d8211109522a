"""What somebody owes beside visits, and who takes it when their practices go to others: open tasks and barriers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from liaison.fieldwork.barriers_due import BarrierDue, barriers_due
from liaison.fieldwork.hand_over import Leave
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.records import write
from liaison.fieldwork.to_do import Task, open_tasks


@dataclass(frozen=True)
class Duties:
    """Open tasks, and barriers that are open or not told yet, that go along; `staying`: those that do not."""

    tasks: tuple[Task, ...]
    barriers: tuple[BarrierDue, ...]
    staying: int

    @property
    def state(self) -> tuple[tuple[str, int], ...]:
        """What tells them from what they are after somebody's change."""
        tasks = [(one.task_id, one.version) for one in self.tasks]
        return (*tasks, *((one.barrier_id, one.version) for one in self.barriers))


def duties(connection: Connection, leave: Leave, today: str) -> Duties:
    """For good, all of them go. For some days, those that fall due in these days or are late by then go: what is due
    before, after, or on no day stays with its owner, who comes back."""
    tasks = open_tasks(connection, leave.person_id)
    barriers = tuple(one for one in barriers_due(connection) if one.owner == leave.person_id)
    going = tuple(one for one in tasks if _goes(one.due_on, leave, today))
    at_stake = tuple(one for one in barriers if _goes(one.wants_by, leave, today))
    return Duties(going, at_stake, len(tasks) + len(barriers) - len(going) - len(at_stake))


def _goes(due_on: str | None, leave: Leave, today: str) -> bool:
    if leave.until is None:
        return True
    day = leave.on.isoformat()
    return due_on is not None and due_on <= leave.last and (due_on >= day or day <= today)


def pass_duties(connection: Connection, found: Duties, whose: Mapping[str, str], others: str, actor: str) -> None:
    """Each goes to whoever takes its practice; `others`: who takes what belongs to no practice of these."""
    into = standing(connection, "practice")
    tasks = [
        {"task_id": one.task_id, "person_id": whose.get(final(into, one.practice_id or ""), others)}
        for one in found.tasks
    ]
    barriers = [
        {"barrier_id": one.barrier_id, "owner": whose.get(one.practice_id or "", others)} for one in found.barriers
    ]
    write(connection, "tasks", tasks, actor)
    write(connection, "barriers", barriers, actor)
