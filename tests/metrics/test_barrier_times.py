"""Days to resolve with open ones censored, beside a statistics package; causes by month; the words."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from liaison.metrics.barrier_times import Cause, TimeTo, causes, half, times
from liaison.metrics.findings import barriers as words
from liaison.metrics.survival import curve


def rows(*given: tuple[int, str], department: str = "Desk", kind: str = "access") -> list[dict[str, object]]:
    """(days, how it ended: solved, open, unsolved)."""
    return [
        {
            "department": department,
            "kind": kind,
            "raised_on": "2026-10-05",
            "days": days,
            "resolved": how == "solved",
            "closed": how == "unsolved",
        }
        for days, how in given
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_median_and_its_interval_are_those_of_a_statistics_package(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n = int(draw.integers(15, 90))
    days, solved = draw.geometric(0.04, n), draw.random(n) < 0.7
    reference = SurvfuncRight(days, solved.astype(int))
    median = reference.quantile(0.5)
    low, high = reference.quantile_ci(0.5, method="cloglog")
    kinds = np.where(solved, 1, 0)
    found = half(curve(days.astype(np.int64), kinds.astype(np.int64), np.ones(n, dtype=np.int64)))
    assert found[0] == (None if np.isnan(median) else median)
    assert found[1] == (None if np.isnan(low) else low)
    assert found[2] == (None if np.isnan(high) or np.isinf(high) else high)


def test_open_ones_are_not_left_out_and_one_closed_unsolved_is_never_solved() -> None:
    solved = [(day, "solved") for day in range(1, 7)]
    (only,) = times(rows(*solved, *[(30, "open")] * 6), "department")
    assert (only.n, only.resolved, only.median) == (12, 6, 6)  # the sixth of twelve, not the third of six
    (never,) = times(rows(*solved, *[(3, "unsolved")] * 7), "department")
    assert (never.median, never.too_few) == (None, False)  # 6 of 13 will ever be


def test_few_are_called_few_and_spellings_are_one() -> None:
    found = times([*rows(*[(5, "solved")] * 6), *rows(*[(5, "solved")] * 5, department="DESK")], "department")
    assert [(t.label, t.n, t.too_few) for t in found] == [("Desk", 11, False)]
    (few,) = times(rows(*[(5, "solved")] * 10), "kind")
    assert (few.label, few.median, few.too_few) == ("Access, wait", None, True)
    (unsolved,) = times(rows(*[(5, "solved")] * 4, *[(9, "open")] * 9), "kind")
    assert unsolved.too_few


def test_causes_are_counted_by_kind_department_and_month() -> None:
    old = [{**rows((3, "solved"))[0], "raised_on": "2025-10-31"}]
    found = causes([*rows((3, "solved"), (9, "open")), *old, *rows((3, "open"), department="Front")], "2026-10-30")
    assert [(c.department, c.n, c.open, c.months[-1], sum(c.months)) for c in found] == [
        ("Desk", 2, 1, 2, 2),
        ("Front", 1, 1, 1, 1),
    ]
    assert words.recurring_words(found) == "Access, wait at Desk comes back most: 2 of 3 barriers in twelve months."


def test_a_department_is_called_slower_only_beyond_chance() -> None:
    def time(label: str, median: int, low: int, high: int | None) -> TimeTo:
        return TimeTo(label.lower(), label, 20, 15, median, low, high, False)

    said = words.slowest_words([time("Desk", 30, 22, 41), time("Front", 9, 6, 20)])
    assert said == "Half of Desk's barriers take 30 days (22 to 41) or more, half of Front's 9 days (6 to 20)."
    assert "beyond chance" in words.slowest_words([time("Desk", 30, 18, 41), time("Front", 9, 6, 20)])
    assert "Too few" in words.slowest_words([])


def test_sentences_count_right() -> None:
    assert words.barriers_headline(0, 0, 0, None) == "No barrier is open."
    assert words.barriers_headline(1, 1, 0, 9) == "1 barrier is open, it is overdue; the oldest for 9 days."
    assert words.barriers_headline(1, 0, 0, 0) == "1 barrier is open; the oldest since today."
    assert words.barrier_headline("Access", "Elm", "open", 0, None) == "Access at Elm, open since today."
    assert words.barriers_headline(5, 2, 0, 64) == "5 barriers are open, 2 of them overdue; the oldest for 64 days."
    assert words.barriers_headline(0, 0, 2, None).endswith("2 resolved ones still have to be told to the practice.")
    assert words.escalated_words(2, ["Mo"], 7) == "2 barriers over 7 days late are escalated to Mo."
    assert "no person on record has the role" in words.escalated_words(1, [], 7)
    assert words.of_practice([23, 4]) == "2 open barriers, oldest 23 days"
    assert words.overdue_words(2, 9, "Elm", 0, []) == ("2 barriers are overdue", ", the latest by 9 days at Elm.")
    assert words.recurring_words([Cause("access", "Access, wait", "Desk", 1, 0, (1,))]).startswith("No cause")
