"""ZIPs as areas, territories as outlines: worked out on squares whose answers can be seen."""

import pytest

from liaison.facts.joined import outline, touching, within
from liaison.facts.shapes import Shape, area, bounds, county, middle, thinned
from liaison.facts.zip_areas import nearest_areas


def square(west: float, south: float, wide: float, high: float | None = None) -> Shape:
    east, north = west + wide, south + (high if high is not None else wide)
    return [[[[west, south], [west, north], [east, north], [east, south], [west, south]]]]


def size(shape: Shape) -> float:
    return sum(abs(area(p[0])) - sum(abs(area(hole)) for hole in p[1:]) for p in shape)


def test_two_zips_share_a_county_half_way_between_their_centres() -> None:
    found = nearest_areas({"1": (0.2, 0.5), "2": (0.6, 0.5)}, square(0, 0, 1))
    east_of_one = max(p[0] for p in found["1"][0][0])
    assert east_of_one == pytest.approx(0.4, abs=1e-4)
    assert size(found["1"]) + size(found["2"]) == pytest.approx(1.0, abs=1e-3)


def test_of_two_zips_with_one_centre_the_first_has_the_area() -> None:
    assert list(nearest_areas({"2": (0.5, 0.5), "1": (0.5, 0.5)}, square(0, 0, 1))) == ["1"]


def test_a_county_in_two_arms_leaves_each_zip_only_what_lies_in_it() -> None:
    # A horseshoe: the middle of its north is open.
    horseshoe: Shape = [[[[0, 0], [0, 2], [1, 2], [1, 1], [2, 1], [2, 2], [3, 2], [3, 0], [0, 0]]]]
    found = nearest_areas({"west": (0.5, 1.5), "east": (2.5, 1.5), "south": (1.5, 0.2)}, horseshoe)
    assert sum(size(shape) for shape in found.values()) == pytest.approx(size(horseshoe), abs=1e-3)
    assert all(ring[0] == ring[-1] for shape in found.values() for polygon in shape for ring in polygon)


def test_a_hole_in_a_county_stays_a_hole() -> None:
    ring: Shape = [[*square(0, 0, 3)[0], *square(1, 1, 1)[0]]]
    found = within(ring, [[0, 0], [0, 3], [3, 3], [3, 0], [0, 0]])
    assert len(found[0]) == 2
    assert size(found) == pytest.approx(8.0, abs=1e-6)


def test_the_zips_of_a_real_county_fill_it() -> None:
    buncombe = county("37021")
    assert buncombe is not None
    assert (buncombe.name, buncombe.state) == ("Buncombe", "NC")
    found = nearest_areas(
        {"28801": (-82.55, 35.60), "28711": (-82.31, 35.62), "28715": (-82.70, 35.53)}, buncombe.shape
    )
    assert sum(size(shape) for shape in found.values()) == pytest.approx(size(buncombe.shape), rel=1e-3)


def test_neighbours_have_one_outline_without_the_line_between_them() -> None:
    lines = outline([square(0, 0, 1), square(1, 0, 1)])
    assert len(lines) == 1
    assert abs(area(lines[0])) == pytest.approx(2.0, abs=1e-3)


def test_areas_apart_have_an_outline_each() -> None:
    assert len(outline([square(0, 0, 1), square(5, 0, 1)])) == 2


def test_a_shared_border_touches_and_a_corner_does_not() -> None:
    others = {"beside": square(1, 0, 1), "corner": square(1, 1, 1), "far": square(3, 0, 1)}
    assert touching([square(0, 0, 1)], others) == {"beside"}


def test_nothing_touches_nothing() -> None:
    assert touching([], {"a": square(0, 0, 1)}) == set()
    assert bounds([]) is None


def test_the_name_of_an_area_stands_in_its_largest_part() -> None:
    assert middle([*square(10, 10, 0.1), *square(0, 0, 2)]) == pytest.approx((1.0, 1.0))


def test_thinning_drops_points_on_a_line_and_keeps_corners() -> None:
    shape: Shape = [[[[0, 0], [0.5, 0.00001], [1, 0], [1, 0.5], [1, 1], [0, 1], [0, 0.4], [0, 0]]]]
    assert thinned(shape, 0.001)[0][0] == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def test_a_place_without_outlines_is_none() -> None:
    assert county("99999") is None
