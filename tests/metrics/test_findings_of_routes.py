"""What the page Routes says of a day and of a week."""

import pytest

from liaison.metrics.findings.routes import Told, expected_note, routes_headline


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (
            Told(6, "1 h 57 min", "14:20", 3, 0),
            "Six stops on Tue 1 Dec, 1 h 57 min of driving, back at 14:20; 3 more do not fit this week",
        ),
        (Told(1, "20 min", "10:00", 0, 0), "One stop on Tue 1 Dec, 20 min of driving, back at 10:00"),
        (Told(0, "0 min", None, 0, 0), "No stops on Tue 1 Dec"),
        (
            Told(14, "2 h 00 min", "17:40", 9, 2),
            "14 stops on Tue 1 Dec, 2 h 00 min of driving, back at 17:40; 2 things cannot be",
        ),
        (Told(2, "1 h 00 min", None, 0, 1), "Two stops on Tue 1 Dec, 1 h 00 min of driving; one thing cannot be"),
    ],
)
def test_a_day_is_one_sentence_and_what_cannot_be_comes_before_what_does_not_fit(told: Told, says: str) -> None:
    assert routes_headline("on Tue 1 Dec", told) == says


def test_what_visits_should_bring_has_its_interval_and_says_what_is_on_no_list() -> None:
    assert expected_note([(4.0, -1.0, 9.0), (6.0, -2.0, 15.0)], 0.95, missing=1) == (
        "Expected of these 2 visits together: 10 referrals, \u22123 to 24 (95% interval), by the list of next visits. "
        "1 more is on no list."
    )
