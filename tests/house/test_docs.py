"""What the documents tell people to type or open is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, shown, text_files

RUN = "pip install -r requirements.txt && streamlit run app.py"
CHECK = "pip install -r requirements-dev.txt && pytest"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def documents() -> Iterator[Path]:
    yield from (path for path in text_files() if path.suffix == ".md")


def links(text: str) -> list[str]:
    """Where a document points inside this project; code blocks and outside pages apart."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return [link for link in LINK.findall(prose) if not re.match(r"[a-z]+:|#", link)]


def test_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert RUN in readme
    assert CHECK in readme


def test_ci_runs_exactly_what_the_readme_says() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == CHECK
    assert "export LIAISON_REQUIRE_BROWSER=1" in lines


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{shown(page)}: {link}"
        for page in documents()
        for link in links(page.read_text(encoding="utf-8"))
        if not (page.parent / link.partition("#")[0]).exists()
    ]
    assert broken == []


def test_every_page_is_found_from_the_first_one() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in links(index.read_text(encoding="utf-8"))}
    lost = [shown(page) for page in sorted((ROOT / "docs").rglob("*.md")) if page not in {*linked, index}]
    assert lost == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for page in documents()
        for quoted in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        for name in quoted
        if name
    }
    assert named - targets == set()
    assert {"check", "fix", "test", "audit", "bench", "demo", "run"} <= targets


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b.md) and ![c](d/e.png)", ["b.md", "d/e.png"]),
        ("[a](https://example.org) [b](#part) [c](d.md#part)", ["d.md#part"]),
        ("```\n[a](b.md)\n```", []),
    ],
)
def test_links_are_read_from_prose(text: str, found: list[str]) -> None:
    assert links(text) == found
