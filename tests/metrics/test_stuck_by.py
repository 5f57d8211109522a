"""Where referrals are stuck, for those who may not see small numbers and those who see one territory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.metrics.appointments import appointments
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.funnel_change import funnel_change
from liaison.metrics.rows import Which, rows
from liaison.metrics.stuck import stuck
from liaison.metrics.stuck_by import stuck_by
from liaison.vocabulary import Audience
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

GIVEN = """
    referrals | practice | network | line    | payer    | created    | received | scheduled | seen  | closed
    30x       | Elm St   | in      | Urology | Medicare | 2026-01-05 | 01-06    | 01-16     | 01-20 | 01-25
    20x       | Oak Ave  | in      | Urology | Medicare | 2026-02-05 | 02-06    |           |       |
    4x        | Elm St   | in      | Urology | Aetna    | 2026-02-05 | 02-06    |           |       |
    15x       | Pine Rd  | in      | Urology | Medicare | 2026-02-05 | 02-06    |           |       |
"""
OUTSIDE, INSIDE = Audience.outside, Audience.inside
NORTH = Viewer("ann", frozenset({"North"}))


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    practice = "practice_id | name | zip\nP-1 | Elm St | 37203"
    given = {"practices": practice, "territories": "territory_id | code\nNorth | 37203", "referrals": GIVEN}
    made = market_of(Case("", given, "", ""), tmp_path_factory.mktemp("stuck") / "home", None)
    yield made
    made.close()


def test_a_small_row_is_hidden_with_another_so_that_the_total_tells_nothing(market: Market) -> None:
    found = stuck_by(market.home.live(), owner(), OUTSIDE, Filters(), "practice")
    shown = {r.label: (r.figure.numerator, r.figure.suppressed) for r in found.rows}
    assert shown["Elm St"] == (None, True)
    assert sum(n is None for n, _ in shown.values()) >= 2
    assert found.total.numerator == 39
    assert all(r.figure.beside["created"] is None for r in found.rows)
    assert [r["share"] for r in found.as_json()["rows"] if r.get("suppressed")] == [None] * 2


def test_filters_are_refused_outside(market: Market) -> None:
    with pytest.raises(LiaisonError, match="territory"):
        stuck_by(market.home.live(), owner(), OUTSIDE, Filters(territory="North"), "payer")


def test_exits_by_stage_stay_inside(market: Market) -> None:
    assert funnel(market.home.live(), owner(), OUTSIDE, Filters()).branches == ()


@pytest.mark.parametrize("ask", [rows, appointments])
def test_what_has_no_rule_for_small_numbers_is_refused_outside(market: Market, ask: object) -> None:
    with pytest.raises(LiaisonError, match="inside the team only"):
        ask(market.home.live(), owner(), OUTSIDE, Filters())  # type: ignore[operator]
    with pytest.raises(LiaisonError, match="inside the team only"):
        funnel_change(market.home.live(), owner(), OUTSIDE, Filters(), "2026-01", "2026-01")


@pytest.mark.parametrize("by", ["service_line", "payer", "practice", "organisation"])
def test_a_viewer_held_to_a_territory_sees_its_referrals_only(market: Market, by: str) -> None:
    found = stuck_by(market.home.live(), NORTH, INSIDE, Filters(), by)  # type: ignore[arg-type]
    assert (found.total.numerator, found.total.denominator, found.total.beside["created"]) == (4, 4, 34)
    listed = rows(market.home.live(), NORTH, INSIDE, Filters())
    assert set(listed.frame["practice"]) == {"Elm St"}


def test_what_is_open_now_names_the_month_that_is_not_over(tmp_path: Path) -> None:
    """A count of what is open takes in April, of which four days are known: its window says so."""
    given = """
        referrals | practice | network | line    | created
        12x       | Elm St   | in      | Urology | 2026-02-05
        3x        | Elm St   | in      | Urology | 2026-04-02
    """
    made = market_of(Case("", {"referrals": given}, "", ""), tmp_path / "home", None)
    live = made.home.live()
    april = {"from": "2026-02", "to": "2026-04", "incomplete": ["2026-04"]}
    found = stuck_by(live, owner(), INSIDE, Filters(), "payer").as_json()
    listed = rows(live, owner(), INSIDE, Filters(), Which.open).as_json()
    since = stuck(live, owner(), INSIDE, Filters(first="2026-03")).total
    assert (found["window"], found["total"]["open"]) == (listed["window"], listed["total"]) == (april, 15)
    assert since.window is not None
    assert (since.window.as_json()["to"], since.denominator) == ("2026-04", 3)
    assert rows(live, owner(), INSIDE, Filters()).as_json()["window"] == {"from": "2026-02", "to": "2026-03"}
    made.close()
