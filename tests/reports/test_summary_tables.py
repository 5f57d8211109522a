"""Which counts of a report are hidden outside the team, worked out by hand."""

from liaison.metrics.figure import Figure, Unit
from liaison.metrics.suppression import audit
from liaison.reports.summary.tables import Tables
from liaison.reports.summary.trends import Month, Trends

JAN = 2026 * 12


def reported(
    outs: list[int], covered: list[int] | None = None, lines: dict[str, tuple[int, int]] | None = None
) -> Tables:
    """Months of 200 referrals, 150 of known destination, from January on; `outs` of them out of network."""
    months = tuple(Month(JAN + place, 200, out, 150, 50) for place, out in enumerate(outs))
    last = JAN + len(outs) - 1
    share = Figure("leakage", 0.3, Unit.share, None, numerator=sum(outs), denominator=150 * len(outs))
    counted = Figure("volume", 200 * len(outs), Unit.count, None)
    trends = Trends(JAN, last, months, counted, share, 100, share)
    sent = {JAN + place: count for place, count in enumerate(covered or [])}
    (shown,) = audit([Tables(JAN, last, trends, sent, lines or {})])
    assert isinstance(shown, Tables)
    return shown


def test_months_without_small_counts_are_shown_whole() -> None:
    found = reported([40, 50, 60], [30, 40, 50], {"cardiology": (100, 80), "oncology": (50, 25)})
    assert [m.out for m in found.trends.months] == [40, 50, 60]
    assert list(found.covered.values()) == [30, 40, 50]
    assert found.lines == {"cardiology": (100, 80), "oncology": (50, 25)}
    assert found.trends.leakage.value == 0.3


def test_a_month_with_few_lost_hides_its_count_and_the_year_that_would_give_it_away() -> None:
    found = reported([40, 7, 60])
    assert found.trends.months[1].out is None
    assert (found.trends.leakage.value, found.trends.leakage.suppressed) == (None, True)
    assert found.trends.before_leakage is None
    assert found.trends.volume.value == 600  # of the year: no month's volume is small


def test_the_same_month_is_hidden_in_the_next_report_too() -> None:
    """January to March, then February to April: no sum of the two gives February away."""
    first, second = reported([40, 7, 60]), reported([7, 60, 45])
    assert [m.out for m in first.trends.months] == [40, None, 60]
    assert [m.out for m in second.trends.months] == [None, 60, 45]
    assert first.trends.leakage.numerator is second.trends.leakage.numerator is None


def test_one_small_month_of_covered_practices_takes_another_with_it() -> None:
    """What all months sent follows from the headline (expected and extra), so one hidden month alone would too."""
    found = reported([40, 50, 60], [4, 40, 50])
    assert found.covered[JAN] is None
    assert sum(count is None for count in found.covered.values()) == 2
    assert found.covered[JAN + 2] == 50


def test_nearly_all_of_a_month_from_covered_practices_is_hidden_as_well() -> None:
    """195 of 200: the 5 of the others would follow."""
    found = reported([40, 50, 60], [195, 40, 50])
    shown = found.covered[JAN], found.trends.months[0].referrals
    assert None in shown


def test_a_line_of_which_few_were_seen_is_hidden_with_another() -> None:
    found = reported([40], None, {"cardiology": (100, 80), "oncology": (14, 6), "urology": (60, 30)})
    assert found.lines["oncology"] is None
    assert found.lines["cardiology"] == (100, 80)


def test_a_line_of_few_referrals_does_not_follow_from_the_others() -> None:
    found = reported([40], None, {"cardiology": (100, 80), "oncology": (5, 0), "urology": (60, 30)})
    assert found.lines["oncology"] is None
    assert sum(held is None for held in found.lines.values()) >= 2
