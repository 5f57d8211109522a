"""Figures by place against hand-worked counts: counties, ZIPs, territories, sets, a territory redrawn."""

from collections.abc import Iterator
from typing import Any

import pytest

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.filters import Filters
from liaison.metrics.ground import bordering, covered, ground, spell
from liaison.metrics.leakage import leakage
from liaison.metrics.places import PlaceCounts, by_place, place_counts, place_tables
from liaison.metrics.redrawn import redrawn
from liaison.metrics.side_by_side import ALL, beside, figure_of
from liaison.vocabulary import NONE, Audience, month_id
from tests.spec.market import Market, days

INSIDE, OUTSIDE = Audience.inside, Audience.outside
# ZIPs of Buncombe County (37021), but for 28739, of Henderson (37089).
PRACTICES = {"P1": "28801", "P2": "28801", "P3": "28711", "P4": "28739", "P5": None}
# practice -> out, in, unknown in each of two months
SENT = {"P1": (3, 5, 1), "P2": (1, 1, 0), "P3": (4, 0, 2), "P4": (0, 6, 0), "P5": (1, 0, 0)}


def referrals() -> list[dict[str, Any]]:
    rows = []
    for month in ("2026-01", "2026-02"):
        for practice, counts in SENT.items():
            for status, count in zip(("out", "in", "unknown"), counts, strict=True):
                rows += [
                    {
                        "referral_id": f"{practice}-{month}-{status}-{n}",
                        "referring_practice": practice,
                        "month_id": month_id(month),
                        "created_day": days(f"{month}-10"),
                        "network_status": status,
                    }
                    for n in range(count)
                ]
    received = {"referring_practice": "P6", "vantage": "received", "network_status": "in"}
    rows.append({"referral_id": "P6-1", "month_id": month_id("2026-01"), "created_day": days("2026-01-10"), **received})
    return rows


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = Market(tmp_path_factory.mktemp("places"))
    made.keep(
        "practices", [{"practice_id": p, "name": p, "zip": code, "city": "Town"} for p, code in PRACTICES.items()]
    )
    made.keep("practices", [{"practice_id": "P6", "name": "P6", "zip": "28711", "lat": 35.62, "lon": -82.31}])
    # The county is the north's, one of its ZIPs the south's; in February the north gives Henderson to the south.
    made.keep(
        "territories",
        [
            {"territory_id": "N", "name": "North", "kind": "county", "code": "37021"},
            {"territory_id": "S", "name": "South", "kind": "zip", "code": "28711"},
            {"territory_id": "N", "name": "North", "kind": "county", "code": "37089", "ends": "2026-01-31"},
            {"territory_id": "S", "name": "South", "kind": "county", "code": "37089", "starts": "2026-02-01"},
        ],
    )
    made.refer(referrals(), "2026-03-05")
    yield made
    made.close()


@pytest.fixture(scope="module")
def live(market: Market) -> Live:
    return market.home.live()


@pytest.fixture(scope="module")
def counts(live: Live) -> PlaceCounts:
    return place_counts(live, owner(), INSIDE, Filters())


def sums(found: Breakdown) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {r.key: (r.figure.numerator, r.figure.denominator, r.figure.beside["unknown"]) for r in found.rows}


def test_practices_add_up_to_zips_and_counties(counts: PlaceCounts) -> None:
    assert sums(counts.by("zip")) == {
        "28801": (8, 20, 2),  # twice (3 + 1) of (8 + 2)
        "28711": (8, 8, 4),
        "28739": (0, 12, 0),
        NONE: (2, 2, 0),
    }
    assert sums(counts.by("county")) == {"37021": (16, 28, 6), "37089": (0, 12, 0), NONE: (2, 2, 0)}


def test_territories_are_those_in_force_in_each_month(counts: PlaceCounts, live: Live) -> None:
    # Henderson's six a month: January north, February south.
    assert sums(counts.by("territory")) == {"N": (8, 26, 2), "S": (8, 14, 4), NONE: (2, 2, 0)}
    assert sums(counts.by("territory")) == sums(leakage(live, owner(), INSIDE, Filters(), "territory"))


def test_every_table_adds_up_to_the_total_of_leakage(counts: PlaceCounts, live: Live) -> None:
    total = leakage(live, owner(), INSIDE, Filters()).total
    assert counts.total == total
    for by in ("zip", "county", "territory", "practice"):
        found = counts.by(by)
        assert found.total == total
        assert sum(r.figure.numerator or 0 for r in found.rows) == total.numerator == 18


def test_labels_are_names_that_people_know(counts: PlaceCounts) -> None:
    assert {r.key: r.label for r in counts.by("county").rows}["37021"] == "Buncombe, NC"
    assert {r.key: r.label for r in counts.by("zip").rows}["28711"] == "28711 Black Mountain"


def test_a_practice_that_only_sends_to_us_is_volume_and_said(counts: PlaceCounts) -> None:
    assert counts.received == {"P6": 1}
    assert any("1 practice is seen only through what they send us" in note for note in counts.notes)
    assert any("2 referrals are of practices without a ZIP code" in note for note in counts.notes)


def test_a_filter_cuts_the_counts(live: Live) -> None:
    january = place_counts(live, owner(), INSIDE, Filters("2026-01", "2026-01"))
    assert (january.total.numerator, january.total.denominator) == (9, 21)
    south = place_counts(live, owner(), INSIDE, Filters(territory="S"))
    assert set(sums(south.by("zip"))) == {"28711", "28739"}


def test_a_viewer_sees_their_territories_only(live: Live) -> None:
    held = place_counts(live, Viewer("ann", frozenset({"N"})), INSIDE, Filters())
    assert (held.total.numerator, held.total.denominator) == (8, 26)


def test_a_territory_redrawn_takes_what_its_new_zips_sent(counts: PlaceCounts) -> None:
    found = redrawn(counts, "N", ["28711"])
    assert (found.today.figure.numerator, found.today.figure.denominator, found.today.practices) == (8, 26, 3)
    assert (found.added.figure.numerator, found.added.figure.denominator, found.added.practices) == (8, 8, 1)
    assert (found.redrawn.figure.numerator, found.redrawn.figure.denominator, found.redrawn.practices) == (16, 34, 4)
    assert str(found.redrawn.figure.coverage) == "Destination known: 85% (34 of 40)"
    ((today, after),) = found.others
    assert (today.label, today.figure.denominator, after.figure.denominator) == ("South", 14, 6)


def test_a_territory_redrawn_with_its_own_zips_gains_nothing_twice(counts: PlaceCounts) -> None:
    # 28739 was the north's in January: only February's six come in.
    found = redrawn(counts, "N", ["28739"])
    assert (found.added.figure.denominator, found.redrawn.figure.denominator) == (6, 32)


def test_two_places_stand_beside_each_other_with_the_interval_of_shares_only(counts: PlaceCounts) -> None:
    found = beside(figure_of(counts, "territory", "N"), figure_of(counts, "territory", "S"))
    told = {row.measure: row for row in found.rows}
    assert (told["Referrals"].first, told["Referrals"].second, told["Referrals"].step) == ("28", "18", None)
    assert (told["Leakage"].first, told["Leakage"].second) == ("31% of 26", "57% of 14")
    assert told["Leakage"].says == "no clear difference"  # 31% of 26 and 57% of 14
    assert found.as_json()["first"]["window"] == {"from": "2026-01", "to": "2026-02"}


def test_all_is_a_place_and_an_unknown_one_is_refused(counts: PlaceCounts) -> None:
    assert figure_of(counts, "county", ALL).figure == counts.total
    with pytest.raises(LiaisonError, match="county 99999"):
        figure_of(counts, "county", "99999")


def test_for_outside_small_numbers_are_hidden_in_both_tables_together(live: Live) -> None:
    tables = place_tables(live, owner(), OUTSIDE, Filters("2026-01", "2026-01"))
    assert set(tables) == {"county", "territory"}
    for found in tables.values():
        for row in found.rows:
            shown = [row.figure.numerator, row.figure.denominator, *row.figure.beside.values()]
            assert all(n is None or n == 0 or n > 10 for n in shown)
        assert found.notes == ()


def test_zips_stay_in_the_team(live: Live) -> None:
    with pytest.raises(LiaisonError, match="ZIP"):
        by_place(live, owner(), OUTSIDE, Filters(), "zip")
    with pytest.raises(ValueError, match="by_place"):
        place_counts(live, owner(), OUTSIDE, Filters())


def test_free_filters_are_refused_outside(live: Live) -> None:
    with pytest.raises(LiaisonError, match="territory"):
        by_place(live, owner(), OUTSIDE, Filters(territory="N"), "county")


def test_the_ground_knows_counties_areas_and_where_practices_stand(live: Live) -> None:
    found = ground(live, owner(), INSIDE, Filters())
    assert set(found.counties) == {"37021", "37089"}
    assert {"28801", "28711", "28739"} <= set(found.zips)
    assert found.lies_in["28739"] == "37089"
    assert found.file is None
    assert "37" in found.states
    assert found.spots["P6"].exact
    assert not found.spots["P1"].exact  # at its ZIP's centre
    assert (found.spots["P5"].zip, found.spots["P5"].lat) == (NONE, None)


def test_territories_cover_what_is_theirs_in_a_month(live: Live) -> None:
    land = ground(live, owner(), INSIDE, Filters())
    january, february = month_id("2026-01"), month_id("2026-02")
    assert spell(land, january) != spell(land, february) == spell(land, month_id("2027-05"))
    before = covered(live, owner(), INSIDE, Filters(), january)
    after = covered(live, owner(), INSIDE, Filters(), february)
    assert "28739" in before["N"].zips
    assert after["S"].zips >= {"28711", "28739"}
    assert "28711" not in before["N"].zips
    assert all(line[0] == line[-1] for line in after["S"].lines)


def test_zips_that_border_on_a_territory_are_not_its_own(live: Live) -> None:
    land = ground(live, owner(), INSIDE, Filters())
    found = covered(live, owner(), INSIDE, Filters(), month_id("2026-02"))
    near = bordering(land, found["S"].zips)
    assert near
    assert not found["S"].zips.intersection(near)
