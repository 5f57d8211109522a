"""Every kind of table as it may leave the team, from a market counted for real."""

from collections.abc import Iterator

import pytest

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.facts.columns import edge
from liaison.metrics.beside import keepage, unknown_destination
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.metrics.practices import practices
from liaison.metrics.shared import shared
from liaison.metrics.stuck import stuck
from liaison.metrics.sums import both_ways
from liaison.metrics.suppression import audit, hide
from liaison.metrics.volume import volume
from liaison.vocabulary import Audience
from tests.metrics.figures import breakdown
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

GIVEN = """
    referrals | practice | network | line       | created    | received | scheduled | seen  | closed
    30x       | Elm St   | in      | Cardiology | 2026-01-05 | 01-06    | 01-16     | 01-20 | 01-25
    12x       | Elm St   | out     | Cardiology | 2026-02-05 |          |           |       |
    20x       | Oak Ave  | in      | Urology    | 2026-02-05 | 02-06    |           |       |
    4x        | Oak Ave  | in      | Cardiology | 2026-02-05 | 02-06    |           |       |
    15x       | Pine Rd  | in      | Cardiology | 2026-02-05 | 02-06    |           |       |
"""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    practice = "practice_id | name | zip\nP-1 | Elm St | 37203"
    territory = "territory_id | code\nNorth | 37203"
    given = {"practices": practice, "territories": territory, "referrals": GIVEN}
    made = market_of(Case("", given, "", ""), tmp_path_factory.mktemp("outside") / "home", None)
    yield made
    made.close()


def test_volume_hides_a_small_month_and_what_would_give_it_away(market: Market) -> None:
    found = volume(market.home.live(), owner(), Audience.outside, Filters(), "service_line")
    rows = {(r.key, r.month % 12 + 1): r.referrals for r in found.rows}
    assert rows == {("Cardiology", 1): 30, ("Cardiology", 2): 31, ("Urology", 2): 20}
    by_practice = volume(market.home.live(), owner(), Audience.outside, Filters(), "practice").as_json()
    assert all(r["referrals"] is None or r["referrals"] > 10 for r in by_practice["rows"])


def test_a_table_by_month_keeps_what_a_table_by_practice_keeps(market: Market) -> None:
    live = market.home.live()
    tables = [
        leakage(live, owner(), Audience.inside, Filters(), "practice"),
        leakage(live, owner(), Audience.inside, Filters(), ("practice", "service_line")),
        volume(live, owner(), Audience.inside, Filters(), "practice"),
    ]
    by_practice, both, _ = audit(tables)
    oak = {r.key: r.figure.denominator for r in both.rows if r.more["practice"].endswith(_id(by_practice, "Oak Ave"))}
    # 4 of Oak Ave's 24 are cardiology: with Oak Ave's total shown, urology must be hidden too.
    assert sorted(n is None for n in oak.values()) == [True, True]


def test_a_heat_map_and_its_margins_are_hidden_together(market: Market) -> None:
    """Oak Ave's 24 less its 20 of urology would be its 4 of cardiology."""
    live = market.home.live()
    both, by_practice, _ = both_ways(live, owner(), Audience.outside, Filters(), "practice", "service_line")
    total = next(r.figure.denominator for r in by_practice.rows if r.label == "Oak Ave")
    lines = {r.more["service_line"]: r.figure.denominator for r in both.rows if r.more["practice_label"] == "Oak Ave"}
    assert lines["Cardiology"] is None
    assert total is None or lines["Urology"] is None
    assert all(n > 10 for r in both.rows if (n := r.figure.denominator))


def _id(found: Breakdown, label: str) -> str:
    return next(r.key for r in found.rows if r.label == label)


def test_a_practice_keeps_its_class_only_where_its_counts_may_be_seen(market: Market) -> None:
    found = {r.name: r for r in practices(market.home.live(), owner(), Audience.outside, Filters()).rows}
    assert [(s.label, s.n) for s in found["Oak Ave"].loyalty] == [("Urology", 20), ("Cardiology", None)]
    assert found["Oak Ave"].loyalty[1].loyalty is None
    assert list(found) == sorted(found)


def test_stuck_hides_small_counts_and_shows_the_total_where_it_can(market: Market) -> None:
    inside = stuck(market.home.live(), owner(), Audience.inside, Filters())
    assert [(r.label, r.stuck, r.open) for r in inside.rows] == [("Cardiology", 19, 19), ("Urology", 0, 20)]
    assert hide(inside, Audience.outside).total.value == 19


def test_filters_are_refused_for_every_table(market: Market) -> None:
    live, cut = market.home.live(), Filters(territory="North")
    for ask in (leakage, volume, practices, stuck):
        with pytest.raises(LiaisonError, match="territory"):
            ask(live, owner(), Audience.outside, cut)


def test_a_viewer_held_to_a_territory_sees_its_practices_only(market: Market) -> None:
    north = Viewer("ann", frozenset({"North"}))
    found = practices(market.home.live(), north, Audience.inside, Filters())
    assert [r.name for r in found.rows] == ["Elm St"]
    assert volume(market.home.live(), north, Audience.inside, Filters()).total.value == 42


def test_a_viewer_held_to_a_territory_sees_no_shared_patients(market: Market) -> None:
    row = {"from_npi": "1234567893", "to_npi": "1245319599", "source": "cms", "patients": 40, "transactions": 50}
    market.put(edge, [row], "2015-12-31", "cms")
    live = market.home.live()
    assert shared(live, owner(), Audience.inside).total.patients == 40
    assert shared(live, Viewer("ann", frozenset({"North"})), Audience.inside).rows == ()


def test_an_unknown_data_set_is_named_with_those_there_are(market: Market) -> None:
    with pytest.raises(LiaisonError, match="No shared-patient data come from hop"):
        shared(market.home.live(), owner(), Audience.inside, "to", "hop")


def test_keepage_and_unknown_share_follow_from_one_breakdown() -> None:
    found = breakdown("practice", {"Elm St": (30, 120, 40)})
    assert (keepage(found).value, keepage(found).numerator) == (0.75, 90)
    assert (unknown_destination(found).value, unknown_destination(found).denominator) == (0.25, 160)
