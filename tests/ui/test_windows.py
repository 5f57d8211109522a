"""Windows by name: what they stand for, and how a URL carries them."""

import pytest

from liaison.metrics.choices import Choices
from liaison.ui import windows
from liaison.vocabulary import month_id

# Referrals from Nov 2023 to Mar 2026, of which March is not over.
KNOWN = Choices(first=month_id("2023-11"), last=month_id("2026-03"), complete=month_id("2026-02"))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("12m", "2025-03", None),
        ("3m", "2025-12", None),
        ("ytd", "2026-01", None),
        ("all", None, None),
        ("2025-05_2025-09", "2025-05", "2025-09"),
    ],
)
def test_a_named_window_ends_with_the_last_complete_month_of_each_source(
    value: str, first: str | None, last: str | None
) -> None:
    assert windows.asked(value, KNOWN) == windows.Months(first, last)


def test_where_no_month_is_complete_the_months_there_are_stand_in() -> None:
    young = Choices(first=month_id("2026-03"), last=month_id("2026-03"), complete=None)
    assert windows.asked("3m", young) == windows.Months("2026-01", "2026-03")


def test_without_referrals_no_window_names_a_month() -> None:
    assert windows.asked("12m", Choices()) == windows.Months(None, None)


@pytest.mark.parametrize("value", ["12m", "all", "2026-01_2026-01", "2025-12_2026-01"])
def test_a_url_may_say_a_name_or_two_months(value: str) -> None:
    assert windows.read(value)


@pytest.mark.parametrize("value", ["", "13m", "2026-13_2027-01", "2026-02_2026-01", "2026-1_2026-2", "x_y"])
def test_anything_else_is_no_window(value: str) -> None:
    assert not windows.read(value)


def test_months_chosen_backwards_are_put_in_order() -> None:
    assert windows.span(month_id("2026-02"), month_id("2025-12")) == "2025-12_2026-02"


def test_people_read_months_as_words() -> None:
    assert windows.label("2025-12_2026-02") == "Dec 2025 to Feb 2026"
    assert windows.label("2025-12_2025-12") == "Dec 2025"


def test_inside_a_sentence_months_keep_their_capitals() -> None:
    assert windows.in_words("2020-01_2020-02") == "Jan 2020 to Feb 2020"
    assert windows.in_words("12m") == "last 12 months"
