"""Every rule that is drawn, in the default engine; `tests/engines` runs the same in the others."""

from pathlib import Path

import pytest

from tests.spec.asked import answer, as_drawn
from tests.spec.case import Case, tables
from tests.spec.drawn import CHAPTERS
from tests.spec.given import market_of

CASES = [pytest.param(case, id=f"{chapter.title}: {case.says}") for chapter in CHAPTERS for case in chapter.cases]


def holds(case: Case, folder: Path, facts_url: str | None) -> None:
    """The drawn answer is the one that is given."""
    market = market_of(case, folder, facts_url)
    try:
        wanted = tables(case.gives)
        assert as_drawn(answer(market.home.live(), case.asks), wanted) == wanted
    finally:
        market.close()


@pytest.mark.parametrize("case", CASES)
def test_rule(case: Case, tmp_path: Path) -> None:
    holds(case, tmp_path / "home", None)
