"""Numbers as words: one writing everywhere."""

import pytest

from liaison.charts.words import days, months, percent, told_apart, whole


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0%"),
        (0.0004, "under 0.1%"),
        (0.0049, "0.5%"),
        (0.0994, "9.9%"),
        (0.09996, "10%"),
        (0.1, "10%"),
        (0.274, "27%"),
        (1.0, "100%"),
    ],
)
def test_percentages_have_a_decimal_only_below_ten(share: float, words: str) -> None:
    assert percent(share) == words


def test_counts_have_thousands_and_a_true_minus() -> None:
    assert whole(1234567) == "1,234,567"
    assert whole(-1830) == "\u22121,830"


def test_days_and_windows_read_as_people_say_them() -> None:
    assert days(1) == "1 day"
    assert days(21.4) == "21 days"
    assert months(2025 * 12 + 10, 2026 * 12 + 9) == "Nov 2025 to Oct 2026"
    assert months(2026 * 12 + 2, 2026 * 12 + 2) == "Mar 2026"


def test_two_practices_of_one_name_stay_two_rows() -> None:
    assert told_apart(["Elm Street", "Elm Street", "Oak"], ["p1", "p2", "p3"]) == {
        "p1": "Elm Street (p1)",
        "p2": "Elm Street (p2)",
        "p3": "Oak",
    }
