"""A bare problem as the planner reads it: through a file."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.planning.problem import Problem
from liaison.planning.problem_file import read_problem
from tests.planning.team import team

Asked = Callable[[dict[str, Any]], Problem]


def as_read(problem: dict[str, Any]) -> Problem:
    """The problem after a way through a file, for tests that ask for many."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.json"
        file.write_text(json.dumps(problem), encoding="utf-8")
        return read_problem(file)


@pytest.fixture
def asked() -> Asked:
    return as_read


@pytest.fixture(scope="session")
def team_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small team's home, built once."""
    folder = tmp_path_factory.mktemp("team")
    team(folder).close()
    return folder


@pytest.fixture
def home(team_folder: Path, tmp_path: Path) -> Iterator[Home]:
    shutil.copytree(team_folder / "home", tmp_path / "home")
    opened = Home.open(Settings(home=tmp_path / "home", travel_file=team_folder / "minutes.csv"))
    yield opened
    opened.close()
