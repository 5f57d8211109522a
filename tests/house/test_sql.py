"""One statement for every dialect: SQL is written as text only where an engine's own words are needed."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import parsed, python_files, shown, strings

# DuckDB reading CSV and Parquet; the history of the tables.
OWN_WORDS = ("liaison/facts/engines/", "liaison/store/migrations/")
# How a connection is set up, and the one-word commands of a database file.
STORE_SETTINGS = re.compile(r"^\s*(PRAGMA|BEGIN|VACUUM|SET)\b")
# PostgreSQL takes many rows at once only by COPY; Core has no statement for it.
BULK = ("liaison/store/bulk.py", "COPY")
STATEMENT = re.compile(
    r"^\s*(SELECT|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(OR\s+REPLACE\s+)?"
    r"(TEMP\w*\s+)?(TABLE|VIEW|INDEX|SCHEMA|DATABASE|MACRO)|WITH\s+\w+\s+AS\s*\(|COPY|ATTACH|DETACH|TRUNCATE|MERGE\s+INTO"
    r"|EXPLAIN|INSTALL|PRAGMA|BEGIN|VACUUM)\b"
)


def statements(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, words) of every SQL text, and of every call that takes one, in a module."""
    for line, text in strings(tree):
        if STATEMENT.match(text):
            yield line, " ".join(text.split())[:60]
    named = _names_of_text(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _path(node.func) in named:
            yield node.lineno, f"{_path(node.func)}(...)"


def _names_of_text(tree: ast.AST) -> set[str]:
    """What `sqlalchemy.text` and its like are called in this module."""
    words, found = {"text", "literal_column", "TextClause", "DDL"}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
            found |= {alias.asname or alias.name for alias in node.names if alias.name in words}
        if isinstance(node, ast.Import):
            bases = [alias.asname or alias.name for alias in node.names if alias.name.split(".")[0] == "sqlalchemy"]
            found |= {f"{base}.{word}" for base in bases for word in words}
    return found


def _path(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _allowed(file: str, words: str) -> bool:
    if file.startswith(OWN_WORDS) or (file, words[:4]) == BULK:
        return True
    return file.startswith("liaison/store/") and bool(STORE_SETTINGS.match(words))


def test_a_page_asks_nothing_of_the_store_by_itself() -> None:
    """What is selected is a question of a room below; a page has its answer."""
    asks = {"select", "insert", "update", "delete"}
    found = [
        shown(file)
        for file in python_files("app.py", "liaison/ui", "pages")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"
        if asks & {alias.name for alias in node.names}
    ]
    assert found == []


def test_sql_text_stays_with_the_engines() -> None:
    found = [
        f"{shown(path)}:{line} {words}"
        for path in python_files("app.py", "liaison", "pages")
        for line, words in statements(parsed(path))
        if not _allowed(shown(path), words)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from sqlalchemy import text\ntext(x)", [(2, "text(...)")]),
        ("from sqlalchemy import text as t\nt(x)", [(2, "t(...)")]),
        ("import sqlalchemy as sa\nsa.text(x)", [(2, "sa.text(...)")]),
        ("run(f'SELECT * FROM {table}')", [(1, "SELECT * FROM")]),
        ("run('''\n  INSERT OR REPLACE INTO x VALUES (1)''')", [(1, "INSERT OR REPLACE INTO x VALUES (1)")]),
        ("run('WITH x AS (SELECT 1) SELECT 2')", [(1, "WITH x AS (SELECT 1) SELECT 2")]),
        ("'''SELECT is explained here.'''", []),
        ("say('Select a file, or begin with your own.')", []),
        ("st.text('SELECTED rows')", []),
        ("from liaison.x import text\ntext('hello')", []),
    ],
)
def test_sql_text_is_recognised(code: str, found: list[tuple[int, str]]) -> None:
    assert list(statements(ast.parse(code))) == found


def test_a_connection_is_set_up_in_the_store_only() -> None:
    assert _allowed("liaison/store/engine.py", "PRAGMA journal_mode=WAL")
    assert not _allowed("liaison/metrics/leakage.py", "PRAGMA journal_mode=WAL")
    assert not _allowed("liaison/store/engine.py", "SELECT 1")
