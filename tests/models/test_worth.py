"""What a source is worth in twelve months, and what it took to win one: by hand."""

import numpy as np
import pytest

from liaison.metrics.findings.worth import line_words, not_won_sentence, usual_sentence, worth_finding
from liaison.models.outlook.forecast import forecast
from liaison.models.winning import winning
from liaison.models.worth import Priced, mix_of, worth, year_ahead

FLAT = np.full((40, 36), 10.0)


def test_a_market_that_never_changes_sends_twelve_months_of_the_same() -> None:
    expected, _ = year_ahead(forecast(FLAT))
    assert expected == pytest.approx(np.full(40, 120.0))


def test_worth_is_referrals_times_share_seen_times_margin_line_by_line() -> None:
    """120 a year, two thirds cardiology. Cardiology: 8 of 10 seen here and of all, $900; neurology: half, $600.

    120 x (2/3 x 0.8 x 900 + 1/3 x 0.5 x 600) = 120 x 580.
    """
    lines = [Priced(900.0, 900.0, 900.0, 1000, 800), Priced(600.0, 600.0, 600.0, 1000, 500)]
    mix = np.tile([2 / 3, 1 / 3], (40, 1))
    found = worth(forecast(FLAT), mix, np.full((40, 2), 10.0), np.tile([8.0, 5.0], (40, 1)), lines)
    assert found.each == pytest.approx(np.full(40, 580.0))
    assert found.value == pytest.approx(np.full(40, 69_600.0))
    assert (found.value_low < found.value).all()
    assert (found.value < found.value_high).all()


def test_a_share_seen_is_held_to_that_of_the_line() -> None:
    """None of its 20 was seen, 80% of all: (0 + 20 x 0.8) / 40."""
    found = worth(
        forecast(FLAT), np.ones((40, 1)), np.full((40, 1), 20.0), np.zeros((40, 1)), [Priced(100, 90, 110, 500, 400)]
    )
    assert found.share == pytest.approx(np.full((40, 1), 0.4))


def test_a_wider_margin_gives_a_wider_interval_and_no_other_amount() -> None:
    mix, none = np.ones((40, 1)), np.zeros((40, 1))
    sure, unsure = (
        worth(forecast(FLAT), mix, none, none, [Priced(500, *ends, 10, 10)]) for ends in ((500, 500), (100, 900))
    )
    assert unsure.value == pytest.approx(sure.value)
    assert (unsure.value_high - unsure.value_low > sure.value_high - sure.value_low).all()


def test_a_line_without_a_margin_adds_nothing() -> None:
    lines = [Priced.of(None, 100, 90), Priced.of((400.0, None, None), 100, 100)]
    found = worth(forecast(FLAT), np.tile([0.5, 0.5], (40, 1)), np.zeros((40, 2)), np.zeros((40, 2)), lines)
    assert found.each == pytest.approx(np.full(40, 200.0))


def test_who_sent_nothing_of_late_is_taken_to_have_the_lines_of_the_market() -> None:
    by_line = np.zeros((2, 2, 12))
    by_line[0, 0], by_line[0, 1] = 3.0, 1.0
    assert mix_of(by_line) == pytest.approx(np.array([[0.75, 0.25], [0.75, 0.25]]))


JAN_2024 = 2024 * 12


def test_winning_counts_the_touches_before_the_month_of_the_first_referral() -> None:
    """A: first in June 2025, two touches before (9 March: 84 days to 1 June), one within June. B: sent from the start.
    C: touched, nothing yet. D and E: one and six touches."""
    first = {"A": JAN_2024 + 17, "B": JAN_2024, "D": JAN_2024 + 14, "E": JAN_2024 + 20}
    touches = {
        "A": ["2025-03-09", "2025-05-01", "2025-06-03"],
        "B": ["2024-02-01"],
        "C": ["2025-01-01"],
        "D": ["2025-02-01"],
        "E": [f"2025-0{month}-01" for month in range(1, 7)],
    }
    found = winning(first, JAN_2024, touches)
    assert set(found.won) == {"A", "D", "E"}
    assert (found.won["A"].touches, found.won["A"].weeks) == (2, 12.0)
    assert (found.median, found.low, found.high) == (2, 1.5, 4.0)


def test_of_two_sources_nothing_is_called_usual() -> None:
    found = winning({"A": JAN_2024 + 17}, JAN_2024, {"A": ["2025-03-09"]})
    assert found.median is None
    assert "too few" in usual_sentence(1, None, None, None, None)


def test_the_sentences_carry_every_input() -> None:
    own = {"referrals": 208.4, "share": 0.842, "seen": 173, "of": 205}
    every = {"seen": 5975, "of": 7244, "margin": 1508.0, "low": 1206.0, "high": 1810.0, "starts": "2026-01-01"}
    said = line_words("Cardiology", own, {**every, "source": "finance"}, "May 2025 to Apr 2026")
    for part in ("208 referrals", "84% seen", "173 of 205", "82% of all", "$1,508", "$1,206 to $1,810", "1 Jan 2026"):
        assert part in said
    assert "finance" in said
    assert worth_finding(852_118, 485_178, 1_292_962, "Nov 2026").startswith("Worth about $852")
    assert "no referral" in not_won_sentence(4, sent=False).lower()
