"""Scope cut into a statement, at the place where the statement is built."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false

from liaison.access.viewer import Viewer


def within_scope(statement: Select[Any], viewer: Viewer, territory: ColumnElement[Any] | None) -> Select[Any]:
    """The statement, counting only rows of the viewer's territories.

    `territory` is the column that says where a row lies; a source without one is closed to a viewer who is
    held to territories, since it could not be cut to size.
    """
    if not isinstance(viewer, Viewer):
        raise TypeError("A statement is built for a Viewer.")
    if viewer.territories is None:
        return statement
    if territory is None:
        return statement.where(false())
    return statement.where(territory.in_(sorted(viewer.territories)))
