"""Who takes what, from whom, since when, how far: a market small enough to be counted by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.facts.columns import registry
from liaison.metrics.behind import Behind, behind
from liaison.metrics.distance import band, miles_between
from liaison.metrics.filters import Filters
from liaison.metrics.organisation import Organisation, organisation
from liaison.metrics.organisations import organisations
from liaison.vocabulary import Audience, month_id
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

GIVEN = {
    "organisations": """
        organisation_id | name    | ours
        M               | Mercy   | true
        S               | Summit  | false
        T               | Tricity | false
    """,
    "practices": """
        practice_id | name      | type            | lat  | lon | organisation_id
        P-1         | Elm St    | Family medicine | 36   | -86 |
        P-2         | Oak Ave   | Family medicine | 36.5 | -86 |
        P-3         | Pine Rd   | Urgent care     |      |     |
        P-S         | Summit HQ | Specialty       | 36   | -86 | S
        P-M         | Mercy HQ  | Specialty       | 36.5 | -86 | M
    """,
    "providers": """
        npi        | taxonomy_code | practice_id | organisation_id
        1000000002 | 207RC0000X    | P-S         | S
        1000000003 | 207Q00000X    | P-2         | S
        1000000004 | 207RC0000X    | P-M         | M
        1000000005 | 207RC0000X    |             | T
    """,
    "referrals": """
        referrals | practice | organisation | network | line       | reason | created
        10x       | Elm St   | Summit       |         | Cardiology | Plan   | 2026-01-05
        30x       | Elm St   | Mercy        |         | Cardiology |        | 2026-01-05
        5x        | Elm St   | Summit       |         | Cardiology |        | 2026-02-05
        7x        | Oak Ave  | Summit       | in      | Cardiology |        | 2026-02-05
        6x        | Oak Ave  | Summit       |         | Urology    | Closer | 2026-03-05
        20x       | Oak Ave  | Mercy        |         | Urology    |        | 2026-03-05
        4x        | Oak Ave  | Tricity      |         | Urology    |        | 2026-03-05
        3x        | Oak Ave  | Who Knows    |         | Urology    |        | 2026-03-05
        2x        | Pine Rd  | Summit       |         | Cardiology |        | 2026-03-05
        8x        | Pine Rd  | Mercy        |         | Cardiology |        | 2026-03-05
        9x        | Pine Rd  | Summit       |         | Cardiology |        | 2026-04-02
    """,
}
HALF_A_DEGREE = 34.55  # miles: 3958.8 x pi / 360


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = market_of(Case("", GIVEN, "", ""), tmp_path_factory.mktemp("organisations") / "home", None)
    yield made
    made.close()


def one(market: Market, key: str, filters: Filters | None = None) -> Organisation:
    found = organisation(market.home.live(), owner(), Audience.inside, filters or Filters(), key)
    assert found is not None
    return found


def practices(market: Market, key: str, filters: Filters | None = None) -> Behind:
    found = behind(market.home.live(), owner(), Audience.inside, filters or Filters(), key)
    assert found is not None
    return found


def test_destinations_are_ranked_with_ours_first_and_shares_of_what_is_lost(market: Market) -> None:
    found = organisations(market.home.live(), owner(), Audience.inside, Filters())
    rows = [(r.key, r.role, r.figure.numerator, r.figure.denominator, r.of_lost) for r in found.rows]
    assert rows == [("M", "us", 58, 92, None), ("S", "out", 23, 92, 23 / 27), ("T", "out", 4, 92, 4 / 27)]
    assert (found.total.numerator, found.total.denominator, found.total.beside["unknown"]) == (27, 92, 3)
    assert sum(r.figure.numerator or 0 for r in found.rows if r.role != "us") == found.total.numerator


def test_a_destination_has_its_line_its_reason_and_its_months(market: Market) -> None:
    found = organisations(market.home.live(), owner(), Audience.inside, Filters())
    summit = next(r for r in found.rows if r.key == "S")
    assert (summit.line, summit.cause) == ("Cardiology", "Plan")
    assert summit.months == {month_id("2026-01"): 10, month_id("2026-02"): 5, month_id("2026-03"): 8}


def test_the_window_before_is_counted_where_the_data_reach_back(market: Market) -> None:
    live = market.home.live()
    march = organisations(live, owner(), Audience.inside, Filters("2026-03", "2026-03"))
    assert {r.key: (r.before, r.figure.numerator) for r in march.rows} == {"M": (0, 28), "S": (5, 8), "T": (0, 4)}
    quarter = organisations(live, owner(), Audience.inside, Filters())
    assert quarter.before is None
    assert all(r.before is None for r in quarter.rows)


def test_a_payer_or_a_priority_cuts_one_organisation_too(market: Market) -> None:
    """No rollup has practice groups and payers together: these are counted from the referrals themselves."""
    every, cut = one(market, "S"), one(market, "S", Filters(payer="(none)", priority=None))
    assert (cut.share.numerator, cut.share.denominator) == (every.share.numerator, every.share.denominator) == (23, 92)
    assert cut.cells == every.cells
    assert one(market, "S", Filters(priority="urgent")).share.denominator == 0


def test_names_that_are_nobodys_are_counted_beside(market: Market) -> None:
    assert organisations(market.home.live(), owner(), Audience.inside, Filters()).nameless == (1, 3)


def test_what_it_takes_is_a_share_of_what_could_have_gone_there(market: Market) -> None:
    found = one(market, "S")
    cells = {(c.group_label, c.line_label): (c.taken, c.known, c.unknown) for c in found.cells}
    assert cells == {
        ("Family medicine", "Cardiology"): (15, 52, 0),
        ("Family medicine", "Urology"): (6, 30, 3),
        ("Urgent care", "Cardiology"): (2, 10, 0),
    }
    assert (found.share.numerator, found.share.denominator) == (23, 92)
    assert (found.of_side.numerator, found.of_side.denominator) == (23, 27)


def test_since_when_is_told_by_line_and_month(market: Market) -> None:
    found = one(market, "S")
    assert {r.label: (r.taken, r.first) for r in found.lines} == {
        "Cardiology": (17, month_id("2026-01")),
        "Urology": (6, month_id("2026-03")),
    }
    assert {m: (c.taken, c.known, c.side) for m, c in found.months.items()} == {
        month_id("2026-01"): (10, 40, 10),
        month_id("2026-02"): (5, 12, 5),
        month_id("2026-03"): (8, 40, 12),
    }
    assert all(r.early is None and r.late is None for r in found.lines)  # three months make no two halves


def test_a_year_is_compared_with_the_year_before_and_months_that_scatter_weigh_less(tmp_path: Path) -> None:
    """Shares of 10% in every month but one of 30%: chi-square by hand, over 2 x 11 degrees of freedom."""
    rows = ["referrals | practice | organisation | line | created"]
    for number in range(24):
        month = f"{2024 + (number + 3) // 12}-{(number + 3) % 12 + 1:02d}-05"
        taken = 30 if number == 3 else 10
        rows += [
            f"{taken}x | Elm St | Summit | Urology | {month}",
            f"{100 - taken}x | Elm St | Mercy | Urology | {month}",
        ]
    market = market_of(Case("", {**GIVEN, "referrals": "\n".join(rows)}, "", ""), tmp_path / "home", None)
    found = one(market, "S")
    market.close()
    (line,) = found.lines
    assert (found.spans.half, line.early, line.late) == (12, (140, 1200), (120, 1200))
    share = 140 / 1200
    early = (11 * (10 - 100 * share) ** 2 + (30 - 100 * share) ** 2) / (100 * share * (1 - share))
    assert line.spread == pytest.approx(early / 22)


def test_reasons_add_up_and_those_not_recorded_come_last(market: Market) -> None:
    found = one(market, "S")
    assert [(label, n) for _, label, n in found.causes] == [("Plan", 10), ("Closer", 6), ("(none)", 7)]
    assert sum(n for *_, n in found.causes) == found.taken


def test_a_status_that_contradicts_the_organisation_is_told_apart(market: Market) -> None:
    assert one(market, "S").otherwise == 7
    assert one(market, "M").otherwise == 0


def test_our_own_page_says_what_it_receives(market: Market) -> None:
    found = one(market, "M")
    assert (found.taken, found.of_side.denominator, found.causes) == (58, 65, ())
    assert found.who.role == "us"


def test_a_filter_cuts_every_part_of_the_page(market: Market) -> None:
    only = Filters(service_line="Urology")
    found = one(market, "S", only)
    assert (found.taken, found.share.denominator, [r.label for r in found.lines]) == (6, 30, ["Urology"])
    assert {s.label: s.taken for s in practices(market, "S", only).senders if s.taken} == {"Oak Ave": 6}


def test_practices_behind_it_with_their_miles(market: Market) -> None:
    found = practices(market, "S")
    senders = {s.label: (s.taken, s.known, s.beside, s.miles, s.miles_beside) for s in found.senders}
    assert senders == {
        "Elm St": (15, 45, 30, 0.0, HALF_A_DEGREE),
        "Oak Ave": (6, 37, 27, HALF_A_DEGREE, 0.0),
        "Pine Rd": (2, 10, 8, None, None),
    }


def test_bands_hold_what_goes_there_and_beside_it_what_comes_to_us_from_the_same_practices(market: Market) -> None:
    bands = {b.name: (b.taken, b.known, b.beside) for b in practices(market, "S").bands}
    assert bands == {
        "under 10": (15, 45, 27),
        "10 to 25": (0, 0, 0),
        "25 to 50": (6, 37, 30),
        "over 50": (0, 0, 0),
        "not known": (2, 10, 8),
    }


def test_a_place_of_primary_care_is_not_where_patients_are_sent(market: Market) -> None:
    found = practices(market, "S").places
    assert (found.points, found.of_specialists) == (frozenset({(36.0, -86.0)}), True)


def test_an_organisation_without_a_place_has_no_distance_until_the_registry_has_one(market: Market) -> None:
    before = practices(market, "T")
    assert {b.name for b in before.bands if b.taken} == {"not known"}
    assert "not known" in before.places.says("Tricity")
    batch = market.put(registry, [{"npi": "1000000005", "name": "Dr Five", "zip": "372030000"}], "2026-04-01", "nppes")
    after = practices(market, "T")
    market.forget(batch)
    assert after.places.of_specialists is False
    assert [s.miles is not None for s in after.senders if s.taken] == [True]


@pytest.mark.parametrize(
    ("miles", "name"), [(0.0, "under 10"), (9.99, "under 10"), (10.0, "10 to 25"), (50.0, "over 50")]
)
def test_a_border_belongs_to_the_farther_band(miles: float, name: str) -> None:
    assert band(miles) == name


def test_a_degree_along_a_meridian_is_sixty_nine_miles() -> None:
    assert miles_between(36.0, -86.0, 37.0, -86.0) == pytest.approx(69.094, abs=1e-3)


def test_an_unknown_organisation_is_refused_by_name(market: Market) -> None:
    with pytest.raises(LiaisonError, match="No organisation is called nobody"):
        one(market, "nobody")


def test_outside_the_team_one_organisation_is_a_free_filter(market: Market) -> None:
    live = market.home.live()
    with pytest.raises(LiaisonError, match="cannot be filtered by organisation"):
        organisation(live, owner(), Audience.outside, Filters(), "S")
    with pytest.raises(LiaisonError, match="cannot be filtered by organisation"):
        behind(live, owner(), Audience.outside, Filters(), "S")


def test_outside_the_team_the_list_hides_small_counts_and_gives_no_months(market: Market) -> None:
    found = organisations(market.home.live(), owner(), Audience.outside, Filters())
    assert {r.key: r.figure.numerator for r in found.rows} == {"S": None, "T": None}
    assert all(not r.months and r.line is None and r.before is None for r in found.rows)


def test_a_viewer_of_a_territory_sees_what_went_from_there(market: Market) -> None:
    held = Viewer("ann", frozenset({"North"}))
    found = organisations(market.home.live(), held, Audience.inside, Filters())
    assert found.rows == ()
    assert organisation(market.home.live(), held, Audience.inside, Filters(), "S") is None
