"""A page is a layout: it orders parts, and leaves counting, drawing and asking to the rooms."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT, parsed, python_files, shown

# What a page may import: Streamlit, its parts, and the functions that it hands to them.
OPEN_TO_PAGES = ("streamlit", "liaison")
# Layout is the one sum that a page may do.
LAYOUT = {"columns", "grid", "container"}
COUNTING = {"sum", "round", "divmod", "pow", "min", "max"}
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


def faults(tree: ast.AST) -> list[str]:
    """What a page does that belongs in a room, one sentence each."""
    return [*_imports(tree), *_sums(tree), *_swallowed(tree)]


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or "."]
            for name in names:
                if name.split(".")[0] not in OPEN_TO_PAGES:
                    yield f"line {node.lineno} imports {name}"


def _sums(tree: ast.AST) -> Iterator[str]:
    ratios = {part for call in ast.walk(tree) if _called(call) in LAYOUT for part in ast.walk(call)}
    for node in ast.walk(tree):
        if node in ratios:
            continue
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ARITHMETIC):
            yield f"line {node.lineno} does arithmetic"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COUNTING:
            yield f"line {node.lineno} calls {node.func.id}"


def _called(node: ast.AST) -> str | None:
    """The last name of a call: `columns` of `st.columns(...)`."""
    if not isinstance(node, ast.Call):
        return None
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)


def _swallowed(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            kind = getattr(node.type, "id", None)
            if kind in (None, "Exception", "BaseException"):
                yield f"line {node.lineno} catches every error, bugs too"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("import pandas as pd", "line 1 imports pandas"),
        ("import altair.vegalite", "line 1 imports altair.vegalite"),
        ("from sqlalchemy import select", "line 1 imports sqlalchemy"),
        ("from . import other", "line 1 imports ."),
        ("share = lost / known", "line 1 does arithmetic"),
        ("total += 1", "line 1 does arithmetic"),
        ("top = max(values)", "line 1 calls max"),
        ("try:\n    show()\nexcept Exception:\n    pass", "line 3 catches every error, bugs too"),
        ("try:\n    show()\nexcept:\n    pass", "line 3 catches every error, bugs too"),
    ],
)
def test_a_fault_of_a_page_is_named(line: str, told: str) -> None:
    assert faults(ast.parse(line)) == [told]


def test_a_layout_has_no_fault() -> None:
    page = """
        import streamlit as st

        from liaison import charts, metrics, ui
        from liaison.errors import LiaisonError

        left, right = st.columns([3 * 2, 5])
        with left:
            ui.chart(charts.trend, ui.ask(metrics.volume, ui.chosen("window")))
        try:
            ui.show("a" if st.session_state.x else None)
        except LiaisonError as error:
            ui.error(error)
    """
    assert faults(ast.parse(page.replace("\n        ", "\n"))) == []


def test_pages_are_layouts() -> None:
    found = {shown(page): faults(parsed(page)) for page in python_files("pages")}
    assert {name: told for name, told in found.items() if told} == {}


def test_entry_script_draws_and_asks_nothing_itself() -> None:
    drawing_and_asking = ("pandas", "altair", "pydeck", "sqlalchemy")
    imported = [told.rpartition(" ")[2].split(".")[0] for told in _imports(parsed(ROOT / "app.py"))]
    assert [name for name in imported if name in drawing_and_asking] == []


def test_no_page_lies_directly_in_pages() -> None:
    # Streamlit runs a file there without app.py, sign-in included, for the first deep link to a fresh process.
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []


def test_every_page_opens_with_the_question_it_answers() -> None:
    silent = [shown(page) for page in python_files("pages") if not ast.get_docstring(parsed(page))]
    assert silent == []
