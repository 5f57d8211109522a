"""Every table of the store is written by one room."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator

from sqlalchemy import Table

import liaison.store
from tests.house.tree import ROOMS, parsed, python_files, shown


def tables() -> Iterator[Table]:
    """Every table that a module of the store defines, once."""
    seen: set[int] = set()
    for module in pkgutil.walk_packages(liaison.store.__path__, "liaison.store."):
        if ".migrations." in module.name:
            continue  # they run inside alembic only
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Table) and id(value) not in seen:
                seen.add(id(value))
                yield value


def test_the_store_has_its_tables() -> None:
    assert {"job"} <= {table.name for table in tables()}


def test_every_table_names_the_room_that_writes_it() -> None:
    wrong = {table.name: table.info.get("owner") for table in tables() if table.info.get("owner") not in ROOMS}
    assert wrong == {}


def test_every_table_has_a_key() -> None:
    assert [table.name for table in tables() if not table.primary_key.columns] == []


def test_nobody_reads_visits_that_were_voided() -> None:
    """Who needs visits reads `fieldwork.visits.standing_visit`."""
    found = {
        shown(path)
        for path in python_files("liaison")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("liaison.store.tables")
        for name in node.names
        if name.name == "visit"
    }
    assert found == {"liaison/fieldwork/visits.py", "liaison/store/tables/__init__.py"}
