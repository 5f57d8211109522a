"""What is said of what could come home, and practices with their months: from markets written down by hand."""

from collections.abc import Iterator

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics.come_home import CouldComeHome, Homeward, come_home, lines_seen_taken
from liaison.metrics.filters import Filters
from liaison.metrics.findings.come_home import first_to_see
from liaison.metrics.leakage import leakage
from liaison.metrics.months import practices_by_month
from liaison.metrics.suppression import hide
from liaison.vocabulary import Audience, month_id
from tests.metrics.figures import breakdown
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

JAN, FEB = month_id("2026-01"), month_id("2026-02")
GIVEN = """
    referrals | practice | network | line      | created    | vantage
    3x        | Elm St   | out     | Neurology | 2026-01-05 | ordered
    2x        | Elm St   | out     | Urology   | 2026-02-05 | ordered
    4x        | Elm St   | in      | Neurology | 2026-02-05 | ordered
    5x        | Elm St   | in      | Neurology | 2026-02-05 | received
    1x        | Oak Ave  | out     | Urology   | 2026-01-05 | ordered
    6x        | Pine Rd  | in      | Neurology | 2026-01-05 | received
"""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = market_of(Case("", {"referrals": GIVEN}, "", ""), tmp_path_factory.mktemp("home") / "home", None)
    yield made
    made.close()


def found(*could: int, close: int = 0) -> CouldComeHome:
    rows = tuple(Homeward(f"p{i}", f"Practice {i}", n, n + close, 2 * n) for i, n in enumerate(could, start=1))
    total = Homeward("", "total", sum(could), sum(could) + close * len(could), None)
    return CouldComeHome(total, rows, (("neurology", "Neurology"),), None, None)


def test_the_three_with_most_to_win_are_named_with_their_share() -> None:
    # 60 + 50 + 40 of 160.
    said = first_to_see(found(60, 50, 40, 10))
    assert said == "Practice 1, Practice 2 and Practice 3 hold 94% of what could come home."


def test_a_fourth_that_cannot_be_told_from_the_third_is_said() -> None:
    said = first_to_see(found(60, 50, 40, 39))
    assert said == "Practice 1, Practice 2 and Practice 3 hold 79% of what could come home; others come close."


@pytest.mark.parametrize("could", [(3, 2, 1), (60, 50), ()])
def test_nothing_is_said_of_too_few(could: tuple[int, ...]) -> None:
    assert first_to_see(found(*could)) is None


def test_a_practice_that_is_not_known_is_not_one_to_see() -> None:
    unknown = Homeward("(none)", "(none)", 90, 90, 90)
    of = found(60, 50, 40)
    named = CouldComeHome(of.total, (unknown, *of.rows), of.lines, None, None)
    assert "(none)" not in (first_to_see(named) or "")


def test_a_share_needs_both_counts() -> None:
    row = Homeward("p", "P", 30, 40, 80)
    assert (row.share, row.leakage) == (0.75, 0.5)
    assert (Homeward("p", "P", None, 40, None).share, Homeward("p", "P", 0, 0, 0).leakage) == (None, None)


def test_only_lines_that_we_take_count_as_winnable(market: Market) -> None:
    of = come_home(market.home.live(), owner(), Audience.inside, Filters())
    assert [(r.label, r.could, r.outside) for r in of.rows] == [("Elm St", 3, 5), ("Oak Ave", 0, 1)]
    assert (of.total.could, of.total.outside, of.lines) == (3, 6, (("Neurology", "Neurology"),))
    assert of.figure.papers() == "3 of 6 referrals · Jan 2026 to Mar 2026 · extract of 5 Apr 2026"


def test_a_window_without_anything_of_ours_has_nothing_to_win(market: Market) -> None:
    # In January only what was received shows neurology as taken; in the urology of February nothing does.
    january = come_home(market.home.live(), owner(), Audience.inside, Filters(first="2026-01", last="2026-01"))
    assert [(r.label, r.could) for r in january.rows] == [("Elm St", 3), ("Oak Ave", 0)]


def test_small_counts_are_hidden_and_cannot_be_filtered_free(market: Market) -> None:
    of = come_home(market.home.live(), owner(), Audience.outside, Filters())
    assert all(r.could in (None, 0) or r.could > 10 for r in (*of.rows, of.total))
    assert of.as_json()["total"]["suppressed"] is True
    with pytest.raises(LiaisonError, match="territory"):
        come_home(market.home.live(), owner(), Audience.outside, Filters(territory="T1"))


def test_what_is_left_of_a_large_count_is_hidden_with_a_small_one() -> None:
    # 48 of 50 could come home: the other two would follow.
    rows = tuple(Homeward(f"p{i}", f"P{i}", n, 50, 90) for i, n in enumerate((48, 50, 50), start=1))
    total = Homeward("", "total", 148, 150, None)
    hidden = hide(CouldComeHome(total, rows, (), None, None), Audience.outside)
    by_label = {r.label: r for r in hidden.rows}
    assert by_label["P1"].could is None
    assert (
        hidden.total.could is None
        or hidden.total.outside is None
        or None in (by_label["P2"].could, by_label["P3"].could)
    )


def test_months_add_up_to_the_breakdown_by_practice(market: Market) -> None:
    live = market.home.live()
    of, lost = practices_by_month(live, owner(), Audience.inside, Filters())
    assert lost == {of.rows[0].key: {JAN: 3, FEB: 2}, of.rows[1].key: {JAN: 1}}
    assert of == leakage(live, owner(), Audience.inside, Filters(), "practice")
    assert [(r.label, r.more["observable"]) for r in of.rows][-1] == ("Pine Rd", False)


def test_months_of_practices_are_not_for_outside(market: Market) -> None:
    of, lost = practices_by_month(market.home.live(), owner(), Audience.outside, Filters())
    assert lost == {}
    assert all(r.figure.numerator in (None, 0) for r in of.rows)


def test_a_line_that_the_picture_shows_as_taken_is_not_asked_for_again() -> None:
    # Neurology: 6 known, 2 left, 1 ended unseen: 3 stayed. Urology: 3 known, 1 left, 2 ended unseen: none stayed.
    assert lines_seen_taken(breakdown("service_line", {"Neurology": (2, 6, 0, 1)})) == (frozenset({"neurology"}), True)
    both = breakdown("service_line", {"Neurology": (2, 6, 0, 1), "Urology": (1, 3, 0, 2)})
    assert lines_seen_taken(both) == (frozenset({"neurology"}), False)
