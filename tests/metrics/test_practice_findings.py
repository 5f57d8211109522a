"""What is said of one practice, and what is not said because its interval does not carry it."""

from dataclasses import replace

import pytest

from liaison.metrics.breakdown import Breakdown
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.findings.practice import (
    against_peers,
    leakage_moved,
    loyalty_sentence,
    practice_also,
    practice_headline,
)
from liaison.metrics.one_practice import MonthOfPractice, PracticeStory
from liaison.metrics.panel import LoyaltyRule, Movement
from liaison.metrics.peers import Beside, Side, StageBeside
from liaison.metrics.practices import SpecialtyLoyalty
from liaison.metrics.window import Window
from liaison.vocabulary import Continuum, Stage

YEAR, BEFORE = Window(24300, 24311), Window(24288, 24299)


def specialty(label: str, ours: int, n: int) -> SpecialtyLoyalty:
    return SpecialtyLoyalty(label.lower(), label, LoyaltyRule().class_of(ours, n), ours / n, n, ours)


def leaks(out: int, known: int) -> Breakdown:
    total = Figure("leakage", out / known if known else None, Unit.share, YEAR, out, known)
    return Breakdown("service_line", total, (), YEAR, None, None)


BASE = PracticeStory(
    practice_id="P1",
    name="Elm St",
    on_record=True,
    lies={},
    volume=Figure("volume", 200, Unit.count, YEAR),
    volume_before=200,
    leakage=leaks(60, 180),
    leakage_before=(60, 180),
    before=BEFORE,
    observable=True,
    continuum=Continuum.steady,
    active_months=6,
    movement=Movement.none,
    loyalty=(specialty("Cardiology", 90, 100), specialty("Neurology", 10, 60), specialty("ENT", 10, 20)),
    year=YEAR,
    months=(MonthOfPractice(24311, 200, 180, 60, True),),
    notes=(),
)


def told(**changes: object) -> str:
    return practice_headline(replace(BASE, **changes))  # type: ignore[arg-type]


def test_it_says_where_it_is_loyal_what_it_splits_and_what_goes_elsewhere() -> None:
    # 90 of 100 is loyal (at least 80%), 10 of 20 split, 10 of 60 mostly elsewhere (at most 20%)
    assert told() == "Loyal in cardiology, splits ENT, sends most of neurology elsewhere"


def test_a_change_of_volume_is_said_only_beyond_chance() -> None:
    assert told(volume_before=120).endswith("; 67% more referrals than the year before")
    assert "referrals" not in told(volume_before=190)
    assert "than" not in told(volume_before=None)


def test_nothing_is_said_of_specialties_with_few_referrals() -> None:
    few = (specialty("Cardiology", 7, 7), specialty("Neurology", 0, 6))
    assert told(loyalty=few) == "Sent 200 referrals, too few of any specialty to say where it leans"


def test_an_even_split_with_enough_referrals_is_said() -> None:
    assert told(loyalty=(specialty("Cardiology", 100, 200),)) == "Splits cardiology"


def test_names_in_capitals_stay_and_many_are_counted() -> None:
    many = tuple(specialty(name, 57, 60) for name in ("ENT", "Cardiology", "Urology", "Oncology"))
    split = specialty("Neurology", 100, 200)
    assert told(loyalty=(*many, split)) == "Loyal in ENT and 3 others, splits neurology"
    assert told(loyalty=many) == "Loyal in every specialty that it refers enough of"


def test_the_headline_counts_the_classes_as_the_part_below_does() -> None:
    # 73% of 301 lies clear of a half and is still split: the classes decide, in both sentences
    rows = (specialty("Cardiology", 220, 301), specialty("Urology", 75, 86), specialty("Oncology", 29, 37))
    assert told(loyalty=rows) == "Loyal in urology, splits cardiology and oncology"
    assert loyalty_sentence(rows) == "Loyal in 1, splitting 2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"months": ()}, "No referral of it is in these data"),
        ({"movement": Movement.lapsed}, "It has stopped referring: nothing came in the last three complete months"),
        ({"observable": False}, "Sends us 200 referrals; what it sends elsewhere is not observable"),
        ({"volume": Figure("volume", 0, Unit.count, YEAR)}, f"No referral came in {YEAR}"),
    ],
)
def test_what_stands_in_place_of_shares(changes: dict[str, object], said: str) -> None:
    assert told(**changes) == said


def test_leakage_is_said_to_move_only_where_the_interval_of_the_change_leaves_zero_out() -> None:
    assert leakage_moved(replace(BASE, leakage_before=(20, 180))) == (
        f"Its leakage rose from the 11% of {BEFORE} to 33%."
    )
    assert leakage_moved(replace(BASE, leakage_before=(55, 180))) is None
    assert leakage_moved(replace(BASE, leakage_before=(0, 10))) is None
    assert leakage_moved(replace(BASE, leakage_before=None)) is None


def test_one_that_is_new_or_came_back_is_called_so() -> None:
    assert practice_also(replace(BASE, movement=Movement.returning))[0].startswith("It has come back")
    assert practice_also(BASE) == []


def test_loyalty_counts_its_classes_and_names_those_too_small() -> None:
    rows = (*BASE.loyalty, specialty("Urology", 3, 4))
    assert loyalty_sentence(rows) == "Loyal in 1, splitting 1, mostly elsewhere in 1, too few to say in 1"


def side(reached: int, stayed: int = 200, median: int | None = 5) -> Side:
    return Side(stayed, stayed, reached, 0.0, 1.0, median, median, median, reached)


def peers(own: Side, others: Side, slower: int = 0) -> Beside:
    first = StageBeside(Stage.created, side(own.stayed, own.stayed), side(others.stayed, others.stayed), 0)
    seen = StageBeside(Stage.seen, own, others, slower)
    return Beside("practice_type", "Family", "ordered", (first, seen), YEAR, None)


def test_a_share_apart_from_the_peers_is_named_with_both() -> None:
    assert against_peers(peers(side(80), side(6_000, 10_000))) == "Fewer of its referrals are seen: 40% against 60%"
    assert against_peers(peers(side(118), side(6_000, 10_000))).startswith("No stage differs")


def test_waits_apart_from_the_peers_are_named_where_no_share_is() -> None:
    said = against_peers(peers(side(120, median=9), side(6_000, 10_000, 5), slower=1))
    assert said == "Its referrals wait for the report longer: 9 days at the median against 5"


def test_few_referrals_are_not_compared() -> None:
    assert against_peers(peers(side(5, 10), side(6_000, 10_000))).startswith("Too few referrals to set")
    assert against_peers(peers(side(80), side(2, 3))).startswith("Too few referrals of others")
