"""What changed: said where an interval carries it, in the words that people read; counts written down by hand."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from liaison.metrics.figure import Figure, Unit
from liaison.metrics.findings.changes import Change, Kind, Pair, headline, in_order, spread_of, what_moved
from liaison.metrics.findings.movements import who_moved
from liaison.metrics.findings.overview import stuck_change
from liaison.metrics.monthly import Counts
from liaison.metrics.movements import Moved, Movements
from liaison.metrics.panel import Movement
from liaison.metrics.stuck import Stuck, StuckRow
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Stage, month_id

OCTOBER = month_id("2026-10")
SEPTEMBER, YEAR_BEFORE = OCTOBER - 1, OCTOBER - 12


def pair(before: tuple[int, ...], now: tuple[int, ...], line: str | None = None, against: int = SEPTEMBER) -> Pair:
    """Each (referrals, out, known, unknown)."""
    named = (line.lower() if line != NONE else NONE, line) if line else None
    return Pair(named, OCTOBER, against, Counts(*now), Counts(*before))


def said(*pairs: Pair) -> list[str]:
    return [change.says for change in what_moved(pairs)]


def test_a_clear_rise_of_leakage_is_said_with_the_interval_of_all_comparisons() -> None:
    moved = pair((1000, 200, 1000, 0), (1000, 300, 1000, 0))
    (found,) = what_moved([moved])
    # Three figures are compared: volume, leakage, unknown destinations. Each at 1 - 0.05 / 3.
    low, high = confint_proportions_2indep(300, 1000, 200, 1000, compare="diff", method="newcomb", alpha=0.05 / 3)
    assert (found.figures["low"], found.figures["high"]) == pytest.approx((low, high), abs=1e-9)
    assert found.says == "Leakage rose to 30% from 20% in Sep 2026 (5 to 15 points)."
    assert found.adverse
    assert found.size == pytest.approx(100)  # more of a month's referrals left


def test_a_change_of_volume_has_the_interval_of_two_poisson_counts() -> None:
    (found,) = what_moved([pair((1000, 0, 0, 0), (1200, 0, 0, 0))])
    low, high = confint_poisson_2indep(1200, 1, 1000, 1, compare="ratio", method="score")
    assert (found.figures["low"] + 1, found.figures["high"] + 1) == pytest.approx((low, high), abs=1e-6)
    assert found.says == "Volume rose by 20% against Sep 2026, to 1,200 referrals from 1,000 (10% to 31%)."
    assert not found.adverse


def test_volume_that_falls_calls_for_somebody() -> None:
    (found,) = what_moved([pair((1000, 0, 0, 0), (700, 0, 0, 0), against=YEAR_BEFORE)])
    assert found.says == "Volume fell by 30% against Oct 2025, to 700 referrals from 1,000 (23% to 36%)."
    assert found.adverse


def test_what_chance_could_have_done_is_not_said() -> None:
    assert said(pair((100, 20, 90, 10), (112, 26, 95, 12))) == []


def test_counts_that_always_vary_have_a_wider_interval() -> None:
    steady = pair((1000, 0, 0, 0), (1200, 0, 0, 0))
    assert said(steady)
    assert said(Pair(None, OCTOBER, SEPTEMBER, steady.now, steady.before, spread=9.0)) == []


def test_the_spread_of_pairs_is_pearsons_statistic_over_its_degrees_of_freedom() -> None:
    # Growth 1; (n - b)^2 / (n + b): 400 / 220, the same the other way round, thrice; over five degrees of freedom.
    pairs = [(100, 120), (120, 100)] * 3
    assert spread_of(pairs) == pytest.approx(6 * 400 / 220 / 5)
    assert spread_of([(100, 130)] * 6) == 1.0  # all grew alike: nothing varies
    assert spread_of(pairs[:5]) is None


def test_a_small_step_of_a_large_market_is_nothing_to_act_on() -> None:
    assert said(pair((1_000_000, 300_000, 1_000_000, 0), (1_015_000, 308_000, 1_000_000, 0))) == []


def test_too_few_referrals_are_not_compared() -> None:
    assert said(pair((10, 0, 10, 0), (90, 9, 10, 80))) == []


def test_one_line_of_many_must_move_more_than_one_of_two() -> None:
    """25 of 60 against 12 of 60 lies beyond 95% for one line picked beforehand, not for any of forty."""
    moved = pair((60, 12, 60, 0), (60, 25, 60, 0), "Neurology")
    quiet = [pair((60, 12, 60, 0), (60, 12, 60, 0), f"Line {i}") for i in range(39)]
    low, high = confint_proportions_2indep(25, 60, 12, 60, compare="diff", method="newcomb", alpha=0.05 / 2)
    assert (round(100 * low), round(100 * high)) == (3, 39)  # volume and leakage are compared
    assert said(moved) == ["Neurology leakage rose to 42% from 20% in Sep 2026 (3 to 39 points)."]
    assert said(moved, *quiet) == []


def test_lines_do_not_make_the_whole_harder_to_tell() -> None:
    whole = pair((1000, 200, 1000, 0), (1000, 250, 1000, 0))
    lines = [pair((60, 12, 60, 0), (60, 12, 60, 0), f"Line {i}") for i in range(39)]
    assert said(whole, *lines) == said(whole) != []


def test_of_a_line_the_year_before_is_told_rather_than_the_month() -> None:
    old, new = (400, 80, 400, 0), (400, 180, 400, 0)
    both = [pair(old, new, "Urology", against) for against in (SEPTEMBER, YEAR_BEFORE)]
    assert said(*both) == ["Urology leakage rose to 45% from 20% in Oct 2025 (17 to 33 points)."]


def test_a_blank_line_is_named_in_words() -> None:
    assert said(pair((400, 80, 400, 0), (400, 180, 400, 0), NONE))[0].startswith("Leakage without a service line rose")


def test_fewer_known_destinations_are_told_as_such() -> None:
    (found,) = what_moved([pair((1000, 0, 900, 100), (1000, 0, 800, 200))])
    assert found.short == "The share of unknown destinations rose to 20% from 10% in Sep 2026"
    assert found.kind is Kind.unknown


def movements(**rows: list[Moved]) -> Movements:
    return Movements({Movement(m): tuple(r) for m, r in rows.items()}, Window(OCTOBER - 2, OCTOBER), 36, (), None)


def named(*sizes: int) -> list[Moved]:
    names = "Elm Oak Pine Ash Bay".split()
    return [Moved(f"P{i}", names[i], n) for i, n in enumerate(sizes)]


def test_who_lapsed_is_counted_and_the_three_largest_are_named() -> None:
    (found,) = who_moved(movements(lapsed=named(30, 20, 10, 3, 3)))
    assert found.says == (
        "5 practices lapsed: Elm, Oak, Pine and 2 others. "
        "They sent 66 referrals from Aug 2025 to Jul 2026 and none since."
    )
    assert (found.adverse, found.size, found.about) == (True, 5.5, {"movement": "lapsed"})
    assert [row["practice_id"] for row in found.figures["named"]] == ["P0", "P1", "P2"]


def test_new_and_returning_practices_are_told_in_their_own_words() -> None:
    new, back = who_moved(movements(new=named(4), returning=named(6, 3)))
    assert new.says == "1 new practice sent 4 referrals from Aug 2026 to Oct 2026, after none in 24 months: Elm."
    assert back.says == (
        "2 practices returned: Elm and Oak. They sent 9 referrals from Aug 2026 to Oct 2026, after none in 6 months."
    )
    assert who_moved(movements()) == []


def change(kind: Kind, size: float, adverse: bool, short: str = "", line: str = "") -> Change:
    return Change(kind, short, short, {}, adverse, size, (line.lower(), line) if line else None)


def test_what_to_act_on_comes_first_and_of_that_the_largest() -> None:
    rise = change(Kind.volume, 900, False)
    leak, lapsed, stuck = change(Kind.leakage, 40, True), change(Kind.lapsed, 60, True), change(Kind.stuck, 9000, True)
    assert in_order([rise, stuck, leak, lapsed]) == [lapsed, leak, stuck, rise]


def test_the_headline_joins_the_two_changes_that_matter_most() -> None:
    lapsed = change(Kind.lapsed, 60, True, "4 practices lapsed")
    total, line = (change(Kind.leakage, 40, True, f"{of} rose to 30%") for of in ("Leakage", "Neurology leakage"))
    assert headline([lapsed, total], OCTOBER) == "4 practices lapsed; leakage rose to 30%"
    named_line = change(Kind.leakage, 40, True, "Neurology leakage rose to 30%", "Neurology")
    assert headline([lapsed, named_line], OCTOBER) == "4 practices lapsed; Neurology leakage rose to 30%"
    assert headline([line], OCTOBER) == "Neurology leakage rose to 30%"


def test_a_quiet_month_is_said_to_be_one_also_when_referrals_are_stuck() -> None:
    assert headline([], OCTOBER) == "Nothing moved beyond chance in Oct 2026"
    assert headline([change(Kind.stuck, 9, True, "9 are stuck")], OCTOBER) == "Nothing moved beyond chance in Oct 2026"
    assert headline([], None) == "No month is complete yet"


def test_stuck_referrals_are_a_state_with_their_numbers() -> None:
    row = StuckRow("urology", "Urology", Stage.scheduled, 34, 90, 40)
    found = stuck_change(Stuck(Figure("stuck", 34, Unit.count, None, 34, 100), (row,), None))
    assert found is not None
    assert found.says == "34 open referrals are stuck: Urology, waiting to be seen."
    assert found.figures == {"stuck": 34, "open": 100, "most_in": "urology", "stage": "scheduled", "there": 34}
    assert stuck_change(Stuck(Figure("stuck", 0, Unit.count, None, 0, 100), (), None)) is None
