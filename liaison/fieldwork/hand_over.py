"""Practices and areas that change hands from a day on: the old records end the day before, new ones begin, and nothing
is taken away. So whoever asks for a day before it still finds who was in charge then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from liaison.errors import LiaisonError
from liaison.facts.reference import county_of
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_practice import in_force
from liaison.fieldwork.records import write
from liaison.store.tables import assignment, territory_part
from liaison.vocabulary import TerritoryKind

Row = dict[str, Any]
NAMED_AT_MOST = 3
FOREVER = "9999-12-31"


@dataclass(frozen=True)
class Dated:
    """How many records ended, and how many began."""

    ended: int
    began: int


@dataclass(frozen=True)
class Ground:
    """What an area becomes: `kind` and `code` as the records have them, and whose territory it is in."""

    kind: str
    code: str
    territory_id: str
    name: str


@dataclass(frozen=True)
class Leave:
    """Whose practices go to others from a day on; `until`: the last day away, None for good."""

    person_id: str
    on: date
    until: date | None = None

    @property
    def last(self) -> str:
        """The last ISO day on which others are in charge."""
        return self.until.isoformat() if self.until else FOREVER


def in_charge(connection: Connection, day: str) -> dict[str, str]:
    """Practice -> who looks after it on an ISO day, whatever the service line; of several the first by key. Merged
    practices count as what they became."""
    found: dict[str, str] = {}
    for row in _assignments(connection):
        if in_force(row, day):
            found.setdefault(row["practice_id"], row["person_id"])
    return found


def hand_over(connection: Connection, whose: Mapping[str, str], on: date, actor: str) -> Dated:
    """From a day on, each practice is in the charge of this person alone, for all lines; who is in charge for one line
    stays. Raises LiaisonError where something that begins then or later says otherwise already."""
    day, before = on.isoformat(), (on - timedelta(days=1)).isoformat()
    standing_now: dict[str, list[Row]] = {}
    for row in _assignments(connection):
        if row["practice_id"] in whose and (row["ends"] or "9999") >= day:
            standing_now.setdefault(row["practice_id"], []).append(row)
    later = [
        row
        for rows in standing_now.values()
        for row in rows
        if (row["starts"] or "") >= day and row["person_id"] != whose[row["practice_id"]]
    ]
    _refuse_later([row["practice_id"] for row in later], "an assignment", day)
    changed: list[Row] = []
    for practice_id, person_id in whose.items():
        theirs = [row for row in standing_now.get(practice_id, []) if row["person_id"] == person_id]
        others = [row for row in standing_now.get(practice_id, []) if row["person_id"] != person_id]
        changed += [_as_kept(row, ends=before) for row in others]
        if not theirs:
            changed.append({"practice_id": practice_id, "person_id": person_id, "starts": day})
        elif all(row["ends"] for row in theirs):
            changed.append(_as_kept(max(theirs, key=lambda row: row["ends"]), ends=None))
    return _written(connection, "assignments", changed, day, actor)


def held_by(connection: Connection, leave: Leave) -> list[Row]:
    """What the person has on the day, for all lines or for one, by the practice that counts now."""
    day, rows = leave.on.isoformat(), _assignments(connection, single_lines=True)
    return [row for row in rows if row["person_id"] == leave.person_id and in_force(row, day)]


def pass_on(connection: Connection, leave: Leave, whose: Mapping[str, str], actor: str) -> Dated:
    """What the person has on the day goes to these, by practice, each line as it was; whoever shares a practice stays.

    With `until` it comes back the day after, for as long as it was theirs. Raises LiaisonError where something that
    begins in these days says otherwise already.
    """
    day, before = leave.on.isoformat(), (leave.on - timedelta(days=1)).isoformat()
    rows = _assignments(connection, single_lines=True)
    begins = [row for row in rows if day <= (row["starts"] or "") <= leave.last]
    to = set(whose.values())
    _refuse_later(
        [
            row["practice_id"]
            for row in begins
            if row["person_id"] == leave.person_id
            or (row["practice_id"] in whose and row["person_id"] == whose[row["practice_id"]])
        ],
        "an assignment of one of them",
        day,
    )
    held: dict[tuple[str, str | None], list[Row]] = {}
    theirs: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in rows:
        if not in_force(row, day):
            continue
        if row["person_id"] == leave.person_id:
            held.setdefault((row["practice_id"], row["service_line"]), []).append(row)
        elif row["person_id"] in to:
            theirs.setdefault((row["practice_id"], row["service_line"], row["person_id"]), []).append(row)
    ended = [_as_kept(row, ends=before) for own in held.values() for row in own]
    began: list[Row] = []
    for (practice_id, line), own in held.items():
        ends, taker = max(row["ends"] or FOREVER for row in own), whose[practice_id]
        as_one = {"practice_id": practice_id, "service_line": line}
        covers = min(ends, leave.last)
        shared = max(theirs.get((practice_id, line, taker), ()), key=lambda row: row["ends"] or FOREVER, default=None)
        if shared is None:
            began.append({**as_one, "person_id": taker, "starts": day, "ends": _open(covers)})
        elif (shared["ends"] or FOREVER) < covers:
            began.append(_as_kept(shared, ends=_open(covers)))
        if leave.until and ends > leave.last:
            back = (leave.until + timedelta(days=1)).isoformat()
            began.append({**as_one, "person_id": leave.person_id, "starts": back, "ends": _open(ends)})
    write(connection, "assignments", [*ended, *began], actor)
    return Dated(len(ended), len(began))


def _open(ends: str) -> str | None:
    return None if ends == FOREVER else ends


def redraw(connection: Connection, ground: Sequence[Ground], on: date, actor: str) -> Dated:
    """From a day on (the first of a month, since figures count whole months) these areas make up these territories,
    and nothing else does in their counties. Raises LiaisonError where something later says otherwise already."""
    if on.day != 1:
        raise LiaisonError(
            f"{on.isoformat()} is not the first of a month, and figures count territories by whole months.",
            remedy="Choose the first day of a month, or change the assignments alone.",
        )
    day, before = on.isoformat(), (on - timedelta(days=1)).isoformat()
    wanted = {(each.kind, each.code): each for each in ground}
    counties = {_county(each.kind, each.code) for each in ground}
    rows = [dict(row) for row in connection.execute(select(territory_part).order_by(territory_part.c.key)).mappings()]
    rows = [row for row in rows if _county(row["kind"], row["code"]) in counties and (row["ends"] or "9999") >= day]
    changed, kept, later = list[Row](), set[tuple[str, str]](), list[str]()
    for row in rows:
        place = (row["kind"], row["code"])
        same = place in wanted and wanted[place].territory_id == row["territory_id"]
        if same and not row["ends"]:
            kept.add(place)
        elif (row["starts"] or "") >= day:
            later.append(row["code"])
        else:
            changed.append(_without(row, ends=before))
    _refuse_later(later, "a territory", day)
    complete = {row["territory_id"]: row["visits_complete_from"] for row in rows if row["visits_complete_from"]}
    for place, each in wanted.items():
        if place not in kept:
            row = {"territory_id": each.territory_id, "name": each.name, "kind": each.kind, "code": each.code}
            changed.append({**row, "starts": day, "visits_complete_from": complete.get(each.territory_id)})
    return _written(connection, "territories", changed, day, actor)


def _assignments(connection: Connection, single_lines: bool = False) -> list[Row]:
    """Those for all lines (and for single ones), by the practice that counts now; `given`: as the record names it."""
    into = standing(connection, "practice")
    wanted = select(assignment).order_by(assignment.c.key)
    if not single_lines:
        wanted = wanted.where(assignment.c.service_line.is_(None))
    return [
        {**row, "given": row["practice_id"], "practice_id": final(into, row["practice_id"])}
        for row in connection.execute(wanted).mappings()
    ]


def _as_kept(row: Row, ends: str | None) -> Row:
    return {**_without(row, ends), "practice_id": row["given"]}


def _without(row: Row, ends: str | None) -> Row:
    """The record with another end, without what the mechanism adds."""
    return {name: value for name, value in row.items() if name not in ("key", "version", "given")} | {"ends": ends}


def _county(kind: str, code: str) -> str | None:
    return code if kind == TerritoryKind.county.value else county_of(code)


def _refuse_later(named: Sequence[str], what: str, day: str) -> None:
    if named:
        shown = ", ".join(sorted(set(named))[:NAMED_AT_MOST]) + (", ..." if len(set(named)) > NAMED_AT_MOST else "")
        raise LiaisonError(
            f"{len(set(named)):,} already have {what} that begins on {day} or later: {shown}.",
            remedy="Choose a later day, or take those records away on the page Data.",
        )


def _written(connection: Connection, kind: str, rows: Sequence[Row], day: str, actor: str) -> Dated:
    write(connection, kind, rows, actor)
    began = sum(row["starts"] == day for row in rows)
    return Dated(len(rows) - began, began)
