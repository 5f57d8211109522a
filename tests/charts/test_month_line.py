"""Lines in the text: one scale for all boxes, what is not over dotted, what is small pale; a spark from zero."""

import re
from urllib.parse import unquote

from liaison.charts.month_line import month_line, spark
from liaison.charts.tokens import LIGHT, SMALL, mix

PALE = mix(LIGHT.out, LIGHT.ground, SMALL)


def svg(uri: str) -> str:
    assert uri.startswith("data:image/svg+xml,")
    assert '"' not in uri
    assert "<" not in uri
    return unquote(uri.split(",", 1)[1])


def lines(uri: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """Colour and points of each line."""
    found = re.findall(r"<polyline points='([^']+)' fill='none' stroke='([^']+)'", svg(uri))
    return [(ink, [(float(x), float(y)) for x, y in (p.split(",") for p in at.split())]) for at, ink in found]


def test_two_boxes_with_one_scale_can_be_compared() -> None:
    (_, small), (_, large) = (lines(month_line([n, n], "us", LIGHT, top=1000))[0] for n in (250, 750))
    assert (small[0][1], large[0][1]) == (40.5, 15.5)  # px from the top: 50 stand for 1,000, the ground is at 53


def test_what_is_beyond_the_scale_is_cut_at_its_end() -> None:
    assert [y for _, y in lines(month_line([0.2, 0.9], "out", LIGHT, top=0.4))[0][1]] == [28.0, 3.0]


def test_the_month_that_is_not_over_is_a_dotted_step_without_a_dot() -> None:
    uri = month_line([10, 10, 10, 4], "us", LIGHT, top=10, last_open=True)
    whole, tail = lines(uri)
    assert (len(whole[1]), len(tail[1])) == (3, 2)
    assert svg(uri).count("stroke-dasharray") == 1
    (dot,) = re.findall(r"<path d='M(\d+),", svg(uri))
    assert float(dot) == whole[1][-1][0]


def test_months_of_few_referrals_are_pale_and_so_are_the_steps_to_them() -> None:
    drawn = lines(month_line([0.1, 0.2, 0.3, 0.3], "out", LIGHT, top=0.5, small=[False, False, True, False]))
    assert [(ink, len(at)) for ink, at in drawn] == [(LIGHT.out, 2), (PALE, 3)]


def test_a_month_without_known_destinations_is_a_gap_and_one_alone_a_dot() -> None:
    uri = month_line([0.1, 0.2, None, 0.3, None, 0.2, 0.2], "out", LIGHT, top=0.5)
    assert [len(at) for _, at in lines(uri)] == [2, 2]
    assert svg(uri).count("<path") == 2
    assert month_line([None, None], "out", LIGHT, top=0.5) == ""


def test_a_line_of_zeros_lies_on_the_ground() -> None:
    assert [y for _, y in lines(month_line([0, 0, 0], "us", LIGHT, top=0))[0][1]] == [53.0] * 3


def heights(uri: str, which: int = 0) -> list[float]:
    return [y for _, y in lines(uri)[which][1]]


def test_a_spark_starts_at_zero_so_that_noise_stays_small() -> None:
    noise = heights(spark([100, 102, 99], "us", LIGHT))
    assert max(noise) - min(noise) < 1.0  # 3% of 24 px
    assert heights(spark([10, 0], "us", LIGHT))[1] == 27.0
    assert heights(spark([0, 0], "us", LIGHT)) == [27.0, 27.0]


def test_the_open_month_of_a_spark_is_a_dotted_step() -> None:
    drawn = spark([10, 10, 10, 4], "us", LIGHT, last_open=True)
    assert [len(heights(drawn, i)) for i in (0, 1)] == [3, 2]
    assert svg(drawn).count("stroke-dasharray") == 1


def test_a_missing_month_breaks_the_spark_and_one_alone_is_a_dot() -> None:
    assert [len(at) for _, at in lines(spark([1, 2, None, 3, 4], "us", LIGHT))] == [2, 2]
    assert svg(spark([1, 2, None, 3], "out", LIGHT)).count("<path") == 1
    assert spark([None, None], "us", LIGHT) == ""
