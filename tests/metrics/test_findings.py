"""The sentences of pages, from figures written down by hand."""

from datetime import date

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from liaison.metrics.breakdown import Row
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.findings.leakage import (
    change_in_leakage,
    concentration,
    largest_loss,
    leakage_headline,
    not_observable,
    what_leaks_most,
)
from liaison.metrics.findings.overview import stuck_sentence, volume_change
from liaison.metrics.findings.words import of_all
from liaison.metrics.intervals import change, share_interval
from liaison.metrics.stuck import Stuck, StuckRow
from liaison.vocabulary import Stage
from tests.metrics.figures import breakdown, figure


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (1, 9), (13, 40), (200, 201), (7, 7)])
def test_interval_of_a_share_is_that_of_statsmodels(part: int, whole: int) -> None:
    found = share_interval(part, whole)
    assert (found.low, found.high) == pytest.approx(proportion_confint(part, whole, method="wilson"), abs=1e-9)


@pytest.mark.parametrize(("before", "now"), [((5, 50), (9, 40)), ((0, 20), (3, 25)), ((30, 30), (28, 30))])
def test_interval_of_a_change_is_that_of_statsmodels(before: tuple[int, int], now: tuple[int, int]) -> None:
    found = change(before, now)
    expected = confint_proportions_2indep(*now, *before, compare="diff", method="newcomb")
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_a_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="12 of 9"):
        share_interval(12, 9)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((40, 100, 5), "40% of referrals with a known destination went out of network."),
        (
            (40, 100, 100),
            "40% of referrals with a known destination went out of network; of 50% the destination is not known.",
        ),
        ((2, 4), "4 referrals with a known destination: too few to say what leaks."),
        ((0, 0, 1), "Of 1 referral no destination is known, so nothing can be said of leakage."),
        ((0, 0), "No referral here shows where else it could have gone."),
    ],
)
def test_headline_says_how_much_of_the_picture_it_is(counts: tuple[int, ...], says: str) -> None:
    assert leakage_headline(breakdown("practice", {"Elm St": counts})) == says


def test_what_leaks_most_is_said_where_the_interval_carries_it() -> None:
    found = breakdown("service_line", {"Neurology": (60, 100), "Urology": (20, 100), "Cardiology": (18, 100)})
    assert what_leaks_most(found) == (
        "60% of Neurology referrals went out of network, more than of any other; of all others it was 19%."
    )


def test_what_leaks_most_is_not_said_of_chance() -> None:
    assert what_leaks_most(breakdown("service_line", {"Neurology": (12, 40), "Urology": (20, 80)})) is None


def test_what_leaks_most_names_those_that_leak_as_much() -> None:
    found = breakdown("service_line", {"Neurology": (60, 100), "Urology": (57, 100), "Cardiology": (10, 100)})
    assert what_leaks_most(found) == (
        "60% of Neurology referrals went out of network, against 34% of all others; Urology leaks about as much."
    )


def test_the_highest_of_many_needs_more_than_the_highest_of_two() -> None:
    """22 of 60 against 22% of the others lies beyond 95% for one line picked beforehand, not for the worst of forty."""
    two = breakdown("service_line", {"A": (22, 60), "B": (22, 100)})
    many = breakdown("service_line", {"A": (22, 60)} | {f"B{i}": (22, 100) for i in range(39)})
    assert change((22, 100), (22, 60)).above_zero
    assert what_leaks_most(two) is None
    assert what_leaks_most(many) is None


def test_the_largest_loss_is_named_alone_or_with_the_next() -> None:
    clear = breakdown("organisation", {"Summit": (60, 200), "Lakeside": (15, 200)})
    close = breakdown("organisation", {"Summit": (40, 200), "Lakeside": (35, 200), "Other": (25, 200)})
    assert largest_loss(clear) == "Summit takes 80% of what is lost."
    assert largest_loss(close) == "Summit and Lakeside take 75% of what is lost."


def test_concentration_counts_the_practices_that_carry_half() -> None:
    rows = {f"P{i}": (n, 50) for i, n in enumerate([30, 20, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5])}
    assert concentration(breakdown("practice", rows), "practices") == "2 of 12 practices carry half of the loss."


def test_concentration_is_not_said_where_losses_are_spread() -> None:
    assert concentration(breakdown("practice", {f"P{i}": (10, 50) for i in range(6)}), "practices") is None


def test_change_is_said_with_its_interval_or_not_at_all() -> None:
    assert change_in_leakage(figure(300, 1000), figure(380, 1000)) == (
        "Leakage rose from 30% to 38% since Mar 2026 (4 to 12 points)."
    )
    assert change_in_leakage(figure(30, 100), figure(34, 100)) is None
    assert change_in_leakage(figure(3, 8), figure(340, 1000)) is None


def test_practices_that_only_send_to_us_are_named() -> None:
    rows = (
        Row("a", "Elm St", figure(1, 2), {"observable": True}),
        Row("b", "Oak Ave", figure(0, 0), {"observable": False}),
    )
    assert not_observable(rows, "practices") == (
        "1 of 2 practices (Oak Ave) is seen only through what we receive: leakage not known."
    )


def test_volume_moved_only_where_chance_could_not_have_done_it() -> None:
    assert volume_change(1000, 1120) == "Volume rose by 12%."
    assert volume_change(1000, 900) == "Volume fell by 10%."
    assert volume_change(100, 112) is None


def stuck_of(*rows: StuckRow) -> Stuck:
    now = sum(r.stuck or 0 for r in rows)
    return Stuck(Figure("stuck", now, Unit.count, None, now, 100), rows, date(2026, 4, 5))


def test_stuck_says_how_many_and_where() -> None:
    cardiology = StuckRow("cardiology", "Cardiology", Stage.received, 1_200, 2_000, 21)
    urology = StuckRow("urology", "Urology", Stage.scheduled, 34, 90, 40)
    assert stuck_sentence(stuck_of(cardiology, urology)) == (
        "1,234 open referrals are stuck, 1,200 of them in Cardiology, waiting for authorisation or a date."
    )
    assert stuck_sentence(stuck_of()) == "No open referral has waited longer than is usual."


@pytest.mark.parametrize(
    ("some", "every", "said"),
    [
        (5, 12, "5 of 12 practices"),
        (3, 3, "All 3 practices"),
        (1, 1, "The one practice there is"),
    ],
)
def test_a_part_of_all_is_said_as_people_say_it(some: int, every: int, said: str) -> None:
    assert of_all(some, every, "practices") == said


def test_one_county_is_no_countie() -> None:
    assert of_all(1, 1, "counties") == "The one county there is"
