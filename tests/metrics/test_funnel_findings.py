"""What the Funnel page says, from figures written down by hand."""

from collections.abc import Mapping

import pytest

from liaison.metrics.appointments import BANDS, Appointments, Band
from liaison.metrics.breakdown import Row
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.findings.funnel import (
    funnel_headline,
    late_appointments,
    longest_wait,
    main_exit,
    what_changed,
    what_is_stuck_most,
)
from liaison.metrics.funnel import ExitFigure, Funnel, StageFigure
from liaison.metrics.funnel_change import FunnelChange, Step, StepChange, difference
from liaison.metrics.intervals import Interval, share_interval
from liaison.metrics.stuck_by import StuckBy
from liaison.vocabulary import NONE, Exit, Stage

Days = Mapping[Stage, tuple[int, int, int]]  # median, and the ends of its interval


def funnel_of(created: int, seen: int, days: Days | None = None, exits: Mapping[Exit, int] | None = None) -> Funnel:
    counts = {Stage.created: created, Stage.received: created, Stage.scheduled: created, Stage.seen: seen}
    stages = []
    for stage, reached in counts.items():
        median, low, high = (days or {}).get(stage, (None, None, None))
        stages.append(
            StageFigure(stage, reached, reached / created, median, median, 0, median_low=low, median_high=high)
        )
    ways = tuple(ExitFigure(e, n, n / created) for e, n in (exits or {}).items())
    return Funnel(tuple(stages), ways, None, None, None)


def stuck_of(rows: Mapping[str, tuple[int, int]], by: str = "practice") -> StuckBy:
    def figure(stuck: int, open_: int) -> Figure:
        value = stuck / open_ if open_ >= 11 else None
        return Figure("stuck_share", value, Unit.share, None, stuck, open_, beside={"created": 100})

    made = tuple(Row(label, label, figure(*counts)) for label, counts in rows.items())
    total = figure(sum(s for s, _ in rows.values()), sum(o for _, o in rows.values()))
    return StuckBy(by, total, made, None, 11)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (funnel_of(200, 92), "46% of referrals have been seen so far."),
        (
            funnel_of(200, 92, {Stage.received: (4, 4, 5), Stage.scheduled: (12, 10, 14)}),
            "46% of referrals have been seen so far; the longest wait is to be seen, 12 days at the median.",
        ),
        (funnel_of(9, 4), "9 referrals: too few to say how far they get."),
        (Funnel((), (), None, None, None), "No referral was created in these months."),
    ],
)
def test_headline_says_how_many_are_seen_and_for_what_they_wait(found: Funnel, says: str) -> None:
    assert funnel_headline(found) == says


def test_no_wait_is_called_the_longest_where_intervals_meet() -> None:
    assert longest_wait(funnel_of(200, 92, {Stage.received: (11, 9, 13), Stage.scheduled: (12, 10, 14)})) is None


def test_the_main_exit_is_named_where_it_is_larger_than_the_next_beyond_chance() -> None:
    found = funnel_of(1000, 400, exits={Exit.out_of_network: 270, Exit.cancelled: 65})
    assert main_exit(found) == "27% leave for another network, more than leave in any other way."
    assert main_exit(funnel_of(1000, 400, exits={Exit.declined: 70, Exit.cancelled: 65})) is None
    assert main_exit(funnel_of(1000, 400, exits={Exit.declined: 6})) is None


def test_the_most_stuck_is_named_where_it_stands_out() -> None:
    found = stuck_of({"Elm St": (60, 100), "Oak Ave": (20, 100), "Pine Rd": (22, 100), "Tiny": (5, 5)})
    assert what_is_stuck_most(found) == (
        "60% of what is open from Elm St is stuck, more than of any other; of all others it is 21%."
    )
    assert what_is_stuck_most(stuck_of({"Elm St": (25, 100), "Oak Ave": (20, 100)})) is None


def test_a_blank_key_is_spoken_of_in_words() -> None:
    found = stuck_of({NONE: (90, 100), "Mercy": (20, 100), "Summit": (22, 100)}, "organisation")
    assert (what_is_stuck_most(found) or "").startswith("90% of what is open at no named destination is stuck")


def test_nothing_stands_out_where_half_of_the_rows_are_alike() -> None:
    assert what_is_stuck_most(stuck_of({"A": (80, 100), "B": (79, 100), "C": (78, 100), "D": (10, 100)})) is None


def change_of(
    before: tuple[int, int], now: tuple[int, int], days: tuple[Interval, Interval] | None = None
) -> StepChange:
    old, new = (share_interval(*counts) for counts in (before, now))
    was, are = days or (None, None)
    return StepChange(Stage.scheduled, Step(before[1], 900, None, old, was), Step(now[1], 900, None, new, are))


def test_a_change_is_said_only_where_its_interval_carries_it_among_ten() -> None:
    clear = change_of((400, 500), (300, 500), (Interval(12, 11, 13), Interval(19, 18, 20)))
    assert what_changed(FunnelChange((clear,), None, None, None)) == [
        "Fewer of those who wait to be seen move on within 30 days: 60%, before 80%.",
        "The wait to be seen is longer: 19 days at the median, before 12 days.",
    ]
    # 5.6 points at 500: beyond chance for one comparison (0.4 to 10.8), not for one of ten.
    faint = change_of((400, 500), (372, 500), (Interval(12, 11, 13), Interval(12, 10, 14)))
    step = faint.moved_on
    assert step is not None
    assert step.below_zero
    assert what_changed(FunnelChange((faint,), None, None, None)) == []


def test_a_difference_takes_the_nearer_and_the_farther_ends() -> None:
    """19 (18 to 21) less 12 (10 to 13): 7, down by the root of 1 + 1, up by the root of 4 + 4."""
    found = difference(Interval(12, 10, 13), Interval(19, 18, 21))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((7, 7 - 2**0.5, 7 + 8**0.5))
    assert difference(None, Interval(19, 18, 21)) is None


def appointments_of(counts: Mapping[int, tuple[int, int]]) -> Appointments:
    def figure(seen: int, every: int) -> Figure:
        return Figure("seen_by_wait", seen / every if every else None, Unit.share, None, seen, every)

    bands = tuple(Band(first, last, figure(*counts.get(first, (0, 0)))) for first, last in BANDS)
    return Appointments(bands, figure(0, 0), None, None)


@pytest.mark.parametrize(
    ("late", "says"),
    [
        ((60, 100), "Fewer are seen where the appointment is far off: 90% within a week, 60% after more than a month."),
        (
            (88, 100),
            "Seen as often with early as with late appointments, as far as these numbers tell: "
            "90% within a week, 88% after more than a month.",
        ),
        ((6, 9), None),
    ],
)
def test_early_and_late_appointments_are_one_contrast(late: tuple[int, int], says: str | None) -> None:
    assert late_appointments(appointments_of({0: (90, 100), 8: (10, 100), 31: late})) == says
