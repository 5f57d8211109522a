"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIAISON = ROOT / "liaison"
ROOMS: tuple[str, ...] = (
    "access",
    "charts",
    "cli",
    "demo",
    "facts",
    "fieldwork",
    "ingest",
    "jobs",
    "metrics",
    "models",
    "planning",
)
ROOMS += ("reports", "store", "ui")
CODE = ("app.py", "liaison", "pages", "tests", "benchmarks")
PLACES = (*CODE, ".ci", ".github", ".streamlit", "data", "deploy", "docs", "static")
TEXT = {".py", ".md", ".toml", ".txt", ".css", ".js", ".svg", ".html", ".yml", ".yaml", ".conf", ".service", ".ini"}
# A user's and the demo's homes, which are not in git, and what tools leave behind.
PASSED_OVER = {"local", "demo", "__pycache__"}


def shown(path: Path) -> str:
    """A path as people write it, from the project's root."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for path in sorted(place.rglob("*")):
        inside = path.relative_to(place).parts
        home = place.name == "data" and inside[0] in PASSED_OVER
        if path.is_file() and not home and "__pycache__" not in inside:
            yield path


@cache
def python_files(*places: str) -> tuple[Path, ...]:
    """Every Python file of these places, or of all that hold code."""
    return tuple(p for place in places or CODE for p in _files(ROOT / place) if p.suffix == ".py")


@cache
def text_files() -> tuple[Path, ...]:
    """Every file of the project that people read, data apart."""
    # In a second worktree .git is a file, and names its place.
    inside = (p for p in sorted(ROOT.iterdir()) if p.is_file() and p.name != ".git")
    top = [p for p in inside if not p.name.startswith(".env")]
    below = [p for place in PLACES for p in _files(ROOT / place)]
    return tuple(p for p in dict.fromkeys(top + below) if p.suffix in TEXT or not p.suffix)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def docstrings(tree: ast.AST) -> set[ast.Constant]:
    """The constants that only explain."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(first.value)
    return found


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string that the program uses: docstrings and comments apart."""
    explained = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            yield node.lineno, node.value
