"""The rules that `tests/spec` draws, counted by the other engines of facts: one statement serves every dialect."""

from pathlib import Path

import pytest

from tests.spec.case import Case
from tests.spec.test_drawn import CASES, holds


@pytest.mark.parametrize("case", CASES)
def test_rule_on_sqlite(case: Case, sqlite_url: str, tmp_path: Path) -> None:
    holds(case, tmp_path / "home", sqlite_url)


@pytest.mark.parametrize("case", CASES)
def test_rule_on_postgresql(case: Case, postgres_url: str, tmp_path: Path) -> None:
    holds(case, tmp_path / "home", postgres_url)
