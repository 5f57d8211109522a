"""What is stuck at one practice and line, and what it sent to somebody before and after they met."""

from collections.abc import Iterator

import pytest

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.metrics.filters import Filters
from liaison.metrics.followed import Pair, followed
from liaison.metrics.stuck_at import stuck_at
from liaison.vocabulary import Audience, Stage
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

GIVEN = """
    referrals | practice | network | line    | created    | received | scheduled | seen  | closed | to
    30x       | Elm St   | in      | Urology | 2026-01-05 | 01-06    | 01-16     | 01-20 | 01-25  | 1234567893
    12x       | Oak Ave  | in      | Urology | 2026-02-05 | 02-06    |           |       |        |
    3x        | Oak Ave  | in      | Urology | 2026-03-26 | 03-27    |           |       |        |
    2x        | Elm St   | in      | Urology | 2026-02-05 | 02-06    |           |       |        | 1234567893
"""
INSIDE = Audience.inside


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    practice = "practice_id | name | zip\nP-1 | Elm St | 37203\nP-2 | Oak Ave | 37999"
    given = {"practices": practice, "territories": "territory_id | code\nNorth | 37203", "referrals": GIVEN}
    made = market_of(Case("", given, "", ""), tmp_path_factory.mktemp("at") / "home", None)
    yield made
    made.close()


def test_stuck_by_practice_line_and_stage_with_the_median_wait(market: Market) -> None:
    live = market.home.live()
    found = stuck_at(live, owner(), INSIDE, Filters())
    first = found.rows[0]
    assert (first.practice, first.line_label, first.stage, first.stuck) == ("Oak Ave", "Urology", Stage.received, 12)
    at = found.at("P-2", "UROLOGY")
    assert (at.numerator, at.denominator) == (12, 15)
    assert found.at("P-2", None) == at
    assert "12 of 15 referrals" in at.papers()
    assert found.at("P-2", "Neurology").denominator == 0


def test_it_is_cut_to_the_scope_and_never_leaves_the_team(market: Market) -> None:
    live = market.home.live()
    north = stuck_at(live, Viewer("ann", frozenset({"North"})), INSIDE, Filters())
    assert {row.practice_id for row in north.rows} <= {"P-1"}
    with pytest.raises(LiaisonError, match="inside the team"):
        stuck_at(live, owner(), Audience.outside, Filters())


def test_what_followed_is_counted_on_both_sides_as_far_as_the_extract_goes(market: Market) -> None:
    live = market.home.live()
    pairs = (Pair("I1", "P-1", "1234567893", None, "2026-02-01"), Pair("I2", "P-2", "1234567893", None, "2026-02-01"))
    found = followed(live, owner(), INSIDE, Filters(), pairs)
    newest = live.newest_extract["clinic"] if "clinic" in live.newest_extract else max(live.newest_extract.values())
    assert (found["I1"].before, found["I1"].after) == (30, 2)
    assert found["I1"].days_after == newest - 20485  # days from 1970 to 1 Feb 2026
    assert (found["I2"].before, found["I2"].after) == (0, 0)
    assert found["I1"].says.startswith("30 in 27 days before, 2 in")  # nothing is known before 5 January
