"""What must never stand in the tree: a machine's paths, outside hosts, secrets, unfinished work."""

import ast
import re
from collections.abc import Iterable

import pytest

from tests.house.tree import ROOT, parsed, python_files, shown, strings, text_files

# The parts are joined so that this file does not name what it forbids.
MACHINE = re.compile(r"(?<![\w.~$}*/-])/(?:opt|work|farm|tmp|home|root|Users)/[A-Za-z0-9_.-]+")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error|lorem ip" r"sum)\b")
REGISTRY = re.compile(r"\b(?:files\.pythonhosted|pypi|registry\.npmjs|deb\.debian)" r"\.org\b")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}"
    r"|\bxox[abp]-[0-9A-Za-z-]{10,}|://[^/\s:@{}<$]+:[^/\s:@{}<$]+@[\w.-]+"
    r"|(?i:\b(?:password|passwd|secret|token|api_?key)\s*[:=]\s*[\"'][^\"'{}<$\s]{8,}[\"'])"
)
HOST = re.compile(r"https?://(\[[0-9a-f:]+\]|[^\s/\"'`)>:]+)")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
NAMESPACES = {"www.w3.org"}  # names of XML vocabularies, never fetched
RUN_TIME = ("app.py", "liaison", "pages")
# Addresses that a person opens by a click, made in one file that can fetch nothing.
LINKS = "liaison/planning/directions.py"
CLICKED = {"www.google.com", "maps.apple.com", "waze.com"}


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(path)}:{number} {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def outside_hosts(texts: Iterable[tuple[int, str]]) -> list[str]:
    return [
        f"line {number}: {host}"
        for number, text in texts
        for host in HOST.findall(text)
        if host not in LOOPBACK | NAMESPACES
    ]


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_no_package_registry_is_named() -> None:
    assert lines_with(REGISTRY) == []


def test_no_secret() -> None:
    assert lines_with(SECRET) == []


def test_running_code_names_no_outside_host() -> None:
    found = {shown(path): outside_hosts(strings(parsed(path))) for path in python_files(*RUN_TIME)}
    found[LINKS] = [told for told in found[LINKS] if told.partition(": ")[2] not in CLICKED]
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_what_makes_addresses_for_a_click_can_fetch_nothing() -> None:
    tree = parsed(ROOT / LINKS)
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"collections.abc", "urllib.parse"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def test_nothing_that_browsers_fetch_names_an_outside_host() -> None:
    served = [p for p in text_files() if shown(p).startswith((".streamlit/", "static/")) and p.suffix != ".txt"]
    found = {shown(p): outside_hosts(enumerate(p.read_text(encoding="utf-8").splitlines(), 1)) for p in served}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (MACHINE, "open('/" + "home/ann/referrals.csv')", True),
        (MACHINE, "LIAISON_HOME=/" + "opt/liaison", True),
        (MACHINE, "/usr/bin/chromium", False),
        (MACHINE, "https://example.org/work/page", False),
        (MACHINE, "app/static/home/x.svg", False),
        (SECRET, "postgresql://liaison:" + "hunter22@db.example/liaison", True),
        (SECRET, "postgresql://USER:${PASSWORD}@HOST/NAME", False),
        (SECRET, "api_key = '" + "0123456789abcdef'", True),
        (SECRET, "password = settings.password", False),
        (UNFINISHED, "# TO" + "DO later", True),
        (UNFINISHED, "todos", False),
    ],
)
def test_pattern_finds_what_it_should(pattern: re.Pattern[str], text: str, found: bool) -> None:
    assert bool(pattern.search(text)) is found


def test_loopback_is_no_outside_host() -> None:
    urls = "http://localhost:8501 http://127.0.0.1:8501/x http://[::1]:8501 https://cdn.example.com/x.js"
    assert outside_hosts([(1, urls)]) == ["line 1: cdn.example.com"]
