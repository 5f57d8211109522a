"""What a phone sends as one visit: read, bounded, every fault named by the field that people see."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from liaison.errors import LiaisonError, Where

MOST_BYTES = 64_000
LABELS = {
    "person_id": "Who is logging",
    "practice_id": "Practice",
    "date": "Day",
    "channel": "How",
    "purpose": "Purpose",
    "outcome": "Outcome",
    "next_step": "Next step",
    "next_step_on": "By",
    "people_met": "Whom you met",
    "ask": "What was asked",
    "materials": "Materials left",
    "arrived_at": "Arrived",
    "minutes": "Minutes",
    "miles": "Miles",
    "notes": "Notes",
    "barrier_kind": "What kind",
    "barrier_what": "What happened",
}
NUMBERS = ("minutes", "miles")
BARRIER = {"kind": "barrier_kind", "what": "barrier_what"}  # columns of a barrier -> fields of the page
ON_PAGE = {"practice_id": "find"}  # where the page has another field for it
RELOAD = "Reload the page, then log it again."
_ID = re.compile(r"q-[0-9a-f]{24}")


@dataclass(frozen=True)
class Entry:
    """`values`: columns of a visit; `raised`: the barrier on it, None where there is none."""

    values: Mapping[str, str]
    raised: Mapping[str, str] | None
    home: str


def entry(body: bytes) -> Entry:
    """One visit as the phone wrote it. LiaisonError names the field."""
    try:
        given = json.loads(body)
    except ValueError as broken:
        raise LiaisonError("What was sent cannot be read.", remedy=RELOAD) from broken
    if not isinstance(given, dict):
        raise LiaisonError("What was sent is no visit.", remedy=RELOAD)
    id_, home = given.pop("id", None), given.pop("home", "")
    logged_at = given.pop("logged_at", None)
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise LiaisonError("The visit has no id of this page.", Where(column="id"), RELOAD)
    texts = {name: _text(name, value) for name, value in given.items()}
    raised = {column: text for column, name in BARRIER.items() if (text := texts.pop(name, ""))}
    values = {"visit_id": id_, **texts} | ({"logged_at": moment} if (moment := _moment(logged_at)) else {})
    return Entry(values, raised or None, home if isinstance(home, str) else "")


def _text(name: str, value: Any) -> str:
    if name not in LABELS:
        raise LiaisonError(f"A visit has no {name[:40]}.", Where(column=name[:40]), RELOAD)
    if not isinstance(value, str):
        raise LiaisonError(f"{name} is no text.", Where(column=name), RELOAD)
    text = value.strip()
    if text and name in NUMBERS and not _number(text):
        raise LiaisonError(f"{name} is no number.", Where(column=name), "Write digits, such as 12.5.")
    return text


def _number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _moment(text: Any) -> str | None:
    """When the phone says that it was logged; None where its clock cannot be right."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    if at.tzinfo is None or at > datetime.now(UTC) + timedelta(days=1):
        return None
    return at.astimezone(UTC).isoformat(timespec="seconds")


def told(problem: LiaisonError) -> dict[str, str]:
    """A refusal for the page: the sentence with the field's own name, and the field."""
    column = (problem.where.column if problem.where else None) or ""
    name = BARRIER.get(column, column)
    says = f"{problem.what} {problem.remedy}".strip()
    if name in LABELS:  # the sentence names the column, where it names one: people know the field
        says = LABELS[name] + (says.removeprefix(column) if says.startswith(column) else f": {says}")
    return {"says": says, "field": ON_PAGE.get(name, name)}
