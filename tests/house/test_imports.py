"""Rooms import downwards only: the contracts of pyproject.toml, kept."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import LIAISON, ROOMS, ROOT

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


@pytest.mark.parametrize("contract", CONTRACTS, ids=[c["id"] for c in CONTRACTS])
def test_import_rule(contract: dict[str, str]) -> None:
    options = ["--no-logo", "--no-cache", "--contract", contract["id"]]
    told = subprocess.run([sys.executable, "-c", LINT, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_room_has_its_place_in_the_rule() -> None:
    layers = next(c["layers"] for c in CONTRACTS if c["type"] == "layers")
    placed = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    assert placed == {*ROOMS, "vocabulary", "config", "errors"}


def test_every_room_says_what_it_is_for() -> None:
    rooms = [LIAISON / room for room in ROOMS if (LIAISON / room).is_dir()]
    silent = [room.name for room in rooms if not _opens_with_a_sentence(room / "__init__.py")]
    assert silent == []


def _opens_with_a_sentence(file: Path) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8").lstrip().startswith('"""')
