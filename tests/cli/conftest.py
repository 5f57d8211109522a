"""Commands, their two outputs and their exit code."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from liaison.cli.main import main
from liaison.jobs.environment import ROOT
from tests.cli.market import write_extract


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Said]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The home of this test's commands."""
    return tmp_path / "own"


@pytest.fixture
def run(own: Path) -> Run:
    """Run one command in the test's home, or another one, without the cost of a process."""

    def command(*arguments: str, home: Path = own, **variables: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in {"LIAISON_HOME": str(home), **variables}.items():
                patch.setenv(name, value)
            code = main(arguments)
        return Said(code, out.getvalue(), err.getvalue())

    return command


@pytest.fixture
def process(own: Path) -> Run:
    """Run one command as people run it: a process."""

    def command(*arguments: str, home: Path = own) -> Said:
        told = subprocess.run(
            [sys.executable, "-m", "liaison", *arguments],
            cwd=ROOT,
            env={**os.environ, "LIAISON_HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
        return Said(told.returncode, told.stdout, told.stderr)

    return command


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two extracts, the second of which replaces a third of the first; made once."""
    folder = tmp_path_factory.mktemp("imported")
    for name, newer, as_of in (("march.csv", False, "2026-05-01"), ("april.csv", True, "2026-05-08")):
        write_extract(folder / name, 900, newer=newer)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LIAISON_HOME", str(folder / "own"))
            asked = ["--source", "clinic", "--as-of", as_of]
            assert main(["import", "referrals", str(folder / name), *asked]) == 0
    return folder / "own"


@pytest.fixture
def market(imported: Path, tmp_path: Path) -> Path:
    """A copy of that home, this test's to break."""
    return shutil.copytree(imported, tmp_path / "market")
