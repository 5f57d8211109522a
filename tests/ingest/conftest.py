"""A home of the test's own, in a zone that is not UTC."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path / "home", zone="America/Chicago"))
    yield opened
    opened.close()
