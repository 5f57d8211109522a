"""What a person changes by hand in one record; somebody else's change meanwhile is never lost."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError, Where
from liaison.fieldwork.kind import RecordKind, Values
from liaison.fieldwork.kinds import KINDS, kind_named
from liaison.fieldwork.records import RECORDS, history_of, note
from liaison.fieldwork.syntax import in_file
from liaison.fieldwork.versions import stored
from liaison.store import writing
from liaison.store.alone import alone

SHOWN = 80  # characters of a value that an error repeats


class StaleSaveError(LiaisonError):
    """Somebody else saved first; says what they wrote and what was about to be written."""

    def __init__(self, kind: RecordKind, key: str, who: str, both: Mapping[str, tuple[Any, Any]]) -> None:
        said = "; ".join(
            f"{in_file(c)} is now {_quoted(now)}, you entered {_quoted(mine)}" for c, (now, mine) in both.items()
        )
        super().__init__(
            f"{who} changed the {kind.one} {key} while you had it open: {said}.",
            remedy="Look at it again, then save what should stand.",
        )
        self.who = who


def add(engine: Engine, kind: str, values: Mapping[str, Any], *, actor: str) -> str:
    """A new record by hand; returns its key. LiaisonError where there is one already or a value is wrong."""
    with writing(engine) as conn:
        return add_in(conn, kind, values, actor=actor)


def add_in(conn: Connection, kind: str, values: Mapping[str, Any], *, actor: str) -> str:
    """The same inside a transaction of the caller's, which may write other records with it."""
    what = kind_named(kind)
    alone(conn, RECORDS)
    row = _typed(what, values)
    key = what.key_of(row)
    if _current(conn, what, key) is not None:
        raise LiaisonError(f"There is a {what.one} {key} already.", remedy="Change that one, or give another id.")
    _refuse_faults(conn, what, key, row)
    note(conn, what, key, stored(row), actor)
    return key


def edit(engine: Engine, kind: str, key: str, values: Mapping[str, Any], *, expected_version: int, actor: str) -> int:
    """Save changed values of a record; returns its new version.

    Raises StaleSaveError where the record is no longer at `expected_version`, LiaisonError where a value is wrong.
    """
    with writing(engine) as conn:
        return edit_in(conn, kind, key, values, expected_version=expected_version, actor=actor)


def edit_in(
    conn: Connection, kind: str, key: str, values: Mapping[str, Any], *, expected_version: int, actor: str
) -> int:
    """The same inside a transaction of the caller's, which may write other records with it."""
    what = kind_named(kind)
    alone(conn, RECORDS)
    row = _typed(what, values)
    now = _expected(conn, what, key, expected_version, row)
    changed = {c: v for c, v in row.items() if now[c] != v}
    if not changed:
        return expected_version
    after = {c: now[c] for c in what.columns} | changed
    if what.key_of(after) != what.key_of({c: now[c] for c in what.columns}):
        columns = ", ".join(in_file(c) for c in what.keys)
        raise LiaisonError(
            f"{columns} say which {what.one} this is and cannot be changed.",
            remedy="Remove this one and add another.",
        )
    _refuse_faults(conn, what, key, after)
    note(conn, what, key, stored(changed), actor)
    return expected_version + 1


def remove(engine: Engine, kind: str, key: str, *, expected_version: int, actor: str) -> None:
    """Take a record away by hand; its history stays, and an import that names it again brings it back."""
    what = kind_named(kind)
    if what.lasting:
        raise LiaisonError(f"A {what.one} is never removed.", remedy=what.lasting)
    with writing(engine) as conn:
        alone(conn, RECORDS)
        _expected(conn, what, key, expected_version, {})
        note(conn, what, key, None, actor)


def _current(conn: Connection, kind: RecordKind, key: str) -> Mapping[str, Any] | None:
    row = conn.execute(select(kind.table).where(kind.table.c.key == key)).mappings().first()
    return None if row is None else {str(name): value for name, value in row.items()}


def _expected(conn: Connection, kind: RecordKind, key: str, version: int, row: Values) -> Mapping[str, Any]:
    now = _current(conn, kind, key)
    if now is None:
        raise LiaisonError(
            f"The {kind.one} {key} is gone.", remedy="Somebody removed it meanwhile: add it again if needed."
        )
    if now["version"] != version:
        versions = history_of(conn, kind.name, key)
        both = {c: (now[c], v) for c, v in row.items() if now[c] != v}
        before = versions[-2].values if len(versions) > 1 else None
        if not row:  # a removal: name what the other one changed
            both = {c: (v, None) for c, v in (versions[-1].values or {}).items() if (before or {}).get(c) != v}
        raise StaleSaveError(kind, key, versions[-1].actor if versions else "Somebody", both)
    return now


def _typed(kind: RecordKind, values: Mapping[str, Any]) -> Values:
    unknown = [name for name in values if name not in kind.columns]
    if unknown:
        raise LiaisonError(
            f"A {kind.one} has no {unknown[0]}.", remedy=f"It has {', '.join(map(in_file, kind.columns))}."
        )
    try:
        return kind.typed(values)
    except ValueError as error:
        raise LiaisonError(f"A value is not a number: {error}.", remedy="Write digits, such as 12.5.") from error


def _refuse_faults(conn: Connection, kind: RecordKind, key: str, row: Values) -> None:
    for fault in kind.faults(row):
        value = row.get(fault.column)
        shown = f" {_quoted(value)}" if value is not None and fault.quoted and len(str(value)) <= SHOWN else ""
        raise LiaisonError(f"{fault.column}{shown} {fault.reason}.", Where(column=fault.column), fault.remedy)
    for column, target in kind.refers.items():
        other, named = KINDS[target], row.get(column)
        if named and conn.scalar(select(other.table.c.key).where(other.table.columns[other.keys[0]] == named)) is None:
            raise LiaisonError(
                f"{_quoted(named)} is not the id of a {other.one}.",
                Where(column=column),
                f"Import {target} first, or correct the id.",
            )
    for fault in kind.beside(conn, key, row):
        raise LiaisonError(f"{fault.column} {fault.reason}.", Where(column=fault.column), fault.remedy)


def _quoted(value: Any) -> str:
    return "blank" if value is None else f"“{value}”"
