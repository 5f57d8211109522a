"""What is said about places, and what is not said where the interval does not carry it."""

from dataclasses import replace

import pytest

from liaison.metrics.findings.places import (
    TOO_FEW,
    against_rest,
    compared,
    interval_words,
    largest_share,
    leads,
    moved_words,
    places_headline,
)
from liaison.vocabulary import NONE
from tests.metrics.figures import breakdown, figure


def test_the_place_that_loses_the_largest_share_is_named_with_what_others_lose() -> None:
    found = breakdown("territory", {"North": (60, 100), "South": (20, 100), "West": (22, 100)})
    assert largest_share(found) == "North loses the largest share: 60% of its referrals, against 21% elsewhere."


def test_two_that_cannot_be_told_apart_are_named_together() -> None:
    found = breakdown("territory", {"North": (60, 100), "South": (55, 100), "West": (20, 100)})
    assert largest_share(found) == (
        "North and South lose the largest share: 57% of their referrals, against 20% elsewhere."
    )
    twice = breakdown("territory", {"Hill and Dale": (60, 100), "South": (55, 100), "West": (20, 100)})
    assert (largest_share(twice) or "").startswith("Hill and Dale, together with South, lose the largest share")


def test_where_many_lose_as_much_only_their_number_is_said() -> None:
    rows = {"A": (600, 1000), "B": (590, 1000), "C": (580, 1000), "D": (100, 1000)}
    assert largest_share(breakdown("territory", rows)) == (
        "A loses 60% of its referrals, against 42% elsewhere; 2 others lose about as much."
    )


@pytest.mark.parametrize(
    "rows",
    [
        {"North": (12, 40), "South": (20, 80)},  # chance could have done it
        {"North": (60, 100)},  # nothing to compare with
        {"North": (5, 10), "South": (1, 200)},  # too few
        {NONE: (90, 100), "South": (20, 100)},  # no place
    ],
)
def test_nothing_is_said_of_chance_of_one_of_few_or_of_no_place(rows: dict[str, tuple[int, int]]) -> None:
    assert largest_share(breakdown("territory", rows)) is None


def test_the_headline_falls_back_on_counties_and_then_on_the_total() -> None:
    even = breakdown("territory", {"North": (30, 100), "South": (31, 100)})
    county = breakdown("county", {"Buncombe": (90, 100), "Madison": (10, 100)})
    assert places_headline(even, county).startswith("Buncombe loses the largest share")
    flat = breakdown("county", {"Buncombe": (30, 100), "Madison": (31, 100)})
    assert places_headline(even, flat) == (
        "30% of referrals with a known destination went out of network; no territory stands out from the others."
    )
    one = breakdown("territory", {"North": (30, 100)})
    assert places_headline(one, one) == "30% of referrals with a known destination went out of network."


def test_a_share_has_its_interval_in_words() -> None:
    assert interval_words(figure(45, 100)) == "36% to 55%"  # Wilson: 0.3561 to 0.5476
    assert interval_words(figure(4, 10)) is None


def test_a_part_is_compared_with_what_is_left_of_the_whole() -> None:
    # 60 of 100 against 40 of 200: 0.4, Newcombe 0.284 to 0.502.
    assert against_rest(figure(60, 100), figure(100, 300)) == "28 to 50 points more than elsewhere (20%)"
    assert against_rest(figure(20, 100), figure(60, 300)) == "not clearly more or less than elsewhere (20%)"
    assert against_rest(figure(5, 10), figure(60, 300)) is None


def test_a_hidden_figure_is_compared_with_nothing() -> None:
    hidden = replace(figure(60, 100), value=None, numerator=None, suppressed=True)
    assert against_rest(hidden, figure(100, 300)) is None
    assert against_rest(figure(60, 100), hidden) is None
    assert interval_words(hidden) is None
    assert moved_words(hidden, figure(60, 100), 1) == TOO_FEW


def test_side_by_side_claims_what_the_interval_carries() -> None:
    told = {row.measure: row for row in compared(figure(20, 100, 10, 8), figure(60, 100, 12, 4))}
    assert told["Leakage"].says == "27 to 51 points more"
    assert told["Destination unknown"].says == "no clear difference"
    assert told["Referrals"].says == ""
    assert (told["Kept, but not seen"].first, told["Kept, but not seen"].second) == ("10% of 80", "10% of 40")


def test_the_one_that_loses_more_leads_the_sentence_whichever_stands_first() -> None:
    more, less = figure(60, 100), figure(20, 100)
    assert leads("North", more, "South", less) == leads("South", less, "North", more)
    assert leads("North", more, "South", less) == "North loses 27 to 51 points more than South"
    assert leads("North", more, "South", figure(59, 100)) == "North and South cannot be told apart by what they lose"
    assert leads("North", more, "South", figure(1, 4)) == f"North and South: {TOO_FEW}"


def test_among_many_comparisons_a_change_needs_more_to_be_called_one() -> None:
    before, now = figure(30, 100), figure(45, 100)
    assert moved_words(before, now, 1).startswith("up by")
    assert moved_words(before, now, 14) == "no clear change"
    assert moved_words(figure(80, 100), figure(20, 100), 14).startswith("down by")
