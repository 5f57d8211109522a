"""A bare problem as the planner reads it: through a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liaison.planning.problem import Problem
from liaison.planning.problem_file import read_problem

Asked = Callable[[dict[str, Any]], Problem]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    def read(problem: dict[str, Any]) -> Problem:
        file = tmp_path / "problem.json"
        file.write_text(json.dumps(problem), encoding="utf-8")
        return read_problem(file)

    return read
