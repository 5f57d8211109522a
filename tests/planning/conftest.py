"""A bare problem as the planner reads it: through a file."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liaison.planning.problem import Problem
from liaison.planning.problem_file import read_problem

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
