"""Goals: so many referrals or visits in a year, of a territory or all, of a service line or all."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import goal
from liaison.vocabulary import GoalMeasure

LONGEST_NOTE = 500


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found, year = list[Fault](), str(values.get("year") or "")
    if year and not (len(year) == 4 and year.isascii() and year.isdigit() and "2000" <= year <= "2100"):
        found.append(Fault("year", "is not a year", "Write four digits, such as 2027."))
    target = values.get("target")
    if target is not None and not 0 < target < 1e9:
        found.append(Fault("target", "is not above 0", "Give the number to be reached in the year."))
    if values.get("service_line") and values.get("measure") == GoalMeasure.visits.value:
        found.append(Fault("service_line", "is not what visits are for", "Leave it blank: a visit is of all lines."))
    if len(str(values.get("note") or "")) > LONGEST_NOTE:
        found.append(Fault("note", "is too long", f"Write {LONGEST_NOTE} characters at most."))
    return found


GOALS = RecordKind(
    name="goals",
    one="goal",
    table=goal,
    keys=("year", "measure", "territory_id", "service_line"),
    needs=("year", "measure", "target"),
    choices={"measure": GoalMeasure},
    spelled=("service_line",),
    check=_faults,
)
