"""One practice against hand-worked counts: its figures, where the rest goes, its funnel beside its peers'."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics.directory import directory
from liaison.metrics.elsewhere import elsewhere
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.metrics.one_practice import PracticeStory, one_practice
from liaison.metrics.panel import Movement
from liaison.metrics.peers import Beside, beside_peers
from liaison.metrics.practice_lines import practice_lines
from liaison.metrics.practices import practices
from liaison.vocabulary import Audience, Continuum, Loyalty, Stage, month_id
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market, days

INSIDE = Audience.inside
OURS, THEIRS = "Ridge", "Northgate"


def row(number: int, practice: str, created: str, **more: Any) -> dict[str, Any]:
    return {
        "referral_id": f"{practice}-{number}",
        "referring_practice": practice,
        "month_id": month_id(created),
        "created_day": days(created),
        "service_line": "Cardiology",
        **more,
    }


def referrals() -> list[dict[str, Any]]:
    """P1 in 2025: 8 to us, 4 to Northgate (3 Cardiology with a reason, 1 Neurology), 1 unknown; in 2024: 6, half out.

    P2, of its type: 20 to us, 15 of them seen. P3 is seen only through what we receive.
    """
    rows = [
        row(n, "P1", f"2025-{n + 1:02d}-10", destination_organisation=OURS, received_day=days("2025-09-30"))
        for n in range(8)
    ]
    why = {"out_of_network_reason": "Closer to home"}
    rows += [row(n, "P1", "2025-03-11", destination_organisation=THEIRS, **why) for n in (8, 9, 10)]
    rows += [row(11, "P1", "2025-09-11", destination_organisation=THEIRS, service_line="Neurology")]
    rows += [row(12, "P1", "2025-10-11")]
    early = {20: "2024-01-10"}
    rows += [
        row(n, "P1", early.get(n, "2024-06-10"), destination_organisation=OURS if n % 2 else THEIRS)
        for n in range(20, 26)
    ]
    rows += [row(30, "P1", "2026-01-05", destination_organisation=OURS)]  # January is not over
    for n in range(20):
        seen = {"seen_day": days("2025-07-20")} if n < 15 else {}
        rows.append(row(n, "P2", "2025-07-01", destination_organisation=OURS, received_day=days("2025-07-03"), **seen))
    rows += [row(n, "P3", "2025-05-01", vantage="received", destination_organisation=OURS) for n in range(5)]
    return rows


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = Market(tmp_path_factory.mktemp("one-practice") / "home")
    ours = [{"organisation_id": n.lower(), "name": n, "ours": n == OURS} for n in (OURS, THEIRS)]
    made.keep("organisations", ours)
    kept = [{"practice_id": f"P{n}", "name": f"Practice {n}", "type": "Family", "city": "Elm"} for n in (1, 2, 3, 4)]
    made.keep("practices", kept)
    made.refer(referrals(), "2026-01-20")
    yield made
    made.close()


def asked(practice: str = "P1") -> Filters:
    return Filters(first="2025-01", practice=practice)


@pytest.fixture(scope="module")
def story(market: Market) -> PracticeStory:
    return one_practice(market.home.live(), owner(), INSIDE, asked())


def test_volume_and_leakage_are_those_of_the_window_and_of_the_one_before(story: PracticeStory) -> None:
    total = story.leakage.total
    assert (story.volume.value, story.volume_before) == (13, 6)
    assert (total.numerator, total.denominator, total.beside["unknown"]) == (4, 12, 1)
    assert story.leakage_before == (3, 6)
    assert str(story.before) == "Jan 2024 to Dec 2024"


def test_its_leakage_is_what_the_command_counts(market: Market, story: PracticeStory) -> None:
    counted = leakage(market.home.live(), owner(), INSIDE, asked(), "service_line")
    assert story.leakage.as_json() == counted.as_json()


def test_the_month_that_is_not_over_is_in_the_line_and_in_no_figure(story: PracticeStory) -> None:
    last = story.months[-1]
    assert (last.month, last.referrals, last.complete) == (month_id("2026-01"), 1, False)
    assert story.months[-2].complete
    assert sum(m.referrals for m in story.months) == 20


def test_loyalty_by_specialty_says_too_few_below_eight(story: PracticeStory) -> None:
    said = {s.label: (s.ours, s.n, s.loyalty) for s in story.loyalty}
    assert said == {"Cardiology": (8, 11, Loyalty.splitter), "Neurology": (0, 1, Loyalty.too_few)}


def test_how_steady_it_is_counts_the_last_six_complete_months(story: PracticeStory) -> None:
    # July, August, September, October of July to December 2025
    assert (story.active_months, story.continuum) == (4, Continuum.occasional)
    assert story.movement is Movement.none


def test_the_rest_goes_where_its_lines_say_for_the_reason_recorded(market: Market) -> None:
    found = elsewhere(market.home.live(), owner(), INSIDE, asked())
    told = [(w.line_label, w.organisation_label, w.out, w.known, w.reason) for w in found.rows]
    assert told == [
        ("Cardiology", "Northgate", 3, 11, "Closer to home"),
        ("Neurology", "Northgate", 1, 1, None),
    ]
    causes = [r.figure for r in found.causes.rows if r.figure.numerator]
    assert [(r.label, r.figure.numerator) for r in found.causes.rows if r.figure.numerator] == [
        ("Closer to home", 3),
        ("(none)", 1),
    ]
    # Shares of leakage: each of all 12 known destinations, so that they add up to it.
    assert [(f.denominator, f.value) for f in causes] == [(12, 3 / 12), (12, 1 / 12)]
    assert [(r.figure.numerator, r.figure.denominator) for r in found.organisations.rows if r.figure.numerator] == [
        (4, 12)
    ]


@pytest.fixture(scope="module")
def beside(market: Market) -> Beside:
    return beside_peers(market.home.live(), owner(), INSIDE, asked(), "practice_type", "Family")


def test_peers_are_the_others_of_its_type_seen_from_its_vantage(beside: Beside) -> None:
    created = beside.stages[0]
    assert beside.vantage == "ordered"
    assert (created.own.created, created.own.stayed) == (13, 9)  # four left the network on the day they were made
    assert (created.peers.created, created.peers.stayed) == (20, 20)  # P3's five came by another vantage


def test_shares_are_of_those_that_stayed_in_network(beside: Beside) -> None:
    by_stage = {s.stage: s for s in beside.stages}
    received, seen = by_stage[Stage.received], by_stage[Stage.seen]
    assert (received.own.reached, received.own.share_of_stayed) == (8, 8 / 9)
    assert (seen.own.reached, seen.peers.reached, seen.peers.share_of_stayed) == (0, 15, 0.75)
    assert Stage.authorised not in by_stage


def test_days_are_read_where_ten_are_still_in_the_stage(beside: Beside) -> None:
    created = beside.stages[0]
    assert (created.own.median_days, created.own.timed) == (None, 8)
    assert (created.peers.median_days, created.peers.timed) == (2, 20)


def test_a_practice_that_only_we_receive_from_has_no_leakage(market: Market) -> None:
    found = one_practice(market.home.live(), owner(), INSIDE, asked("P3"))
    assert (found.volume.value, found.observable, found.leakage.total.value) == (5, False, None)
    assert found.loyalty == ()


def test_one_that_never_referred_has_a_story_without_figures(market: Market) -> None:
    found = one_practice(market.home.live(), owner(), INSIDE, asked("P4"))
    assert (found.name, found.on_record, found.months, found.volume.value) == ("Practice 4", True, (), 0)
    assert found.continuum is Continuum.prospect_or_lapsed


def test_nobody_outside_is_told_of_one_practice(market: Market) -> None:
    for ask in (one_practice, elsewhere):
        with pytest.raises(LiaisonError, match="outside"):
            ask(market.home.live(), owner(), Audience.outside, asked())
    with pytest.raises(LiaisonError, match="inside the team"):
        directory(market.home.live(), owner(), Audience.outside, Filters())


def test_the_directory_lists_everybody_and_agrees_with_the_panel(market: Market) -> None:
    found = directory(market.home.live(), owner(), INSIDE, Filters())
    told = {r.practice_id: (r.referrals, r.out, r.known, r.observable) for r in found.rows}
    assert told == {"P1": (13, 4, 12, True), "P2": (20, 0, 20, True), "P3": (5, 0, 0, False), "P4": (0, 0, 0, True)}
    assert [r.practice_id for r in found.rows] == ["P2", "P1", "P3", "P4"]
    panel = {p.practice_id: p for p in practices(market.home.live(), owner(), INSIDE, Filters()).rows}
    for r in found.rows:
        same = panel[r.practice_id]
        assert (r.continuum, r.movement, r.trend) == (same.continuum.value, same.movement.value, same.trend)


def test_a_filter_keeps_only_practices_that_lie_there(market: Market) -> None:
    found = directory(market.home.live(), owner(), INSIDE, Filters(practice_type="Family"))
    assert len(found.rows) == 4
    assert directory(market.home.live(), owner(), INSIDE, Filters(practice_type="Hospital")).rows == ()


def test_a_month_that_one_of_its_sources_has_not_finished_is_not_called_complete(tmp_path: Path) -> None:
    """The registry's feed ends in March, the clinic's in April: April is not whole, and no rate counts it."""
    given = """
        source | extract    | referrals | practice | network | line    | created
        clinic | 2026-05-02 | 5x        | Elm St   | in      | Urology | 2026-03-05
        clinic | 2026-05-02 | 4x        | Elm St   | in      | Urology | 2026-04-05
        claims | 2026-04-10 | 2x        | Elm St   | in      | Urology | 2026-04-05
    """
    made = market_of(Case("", {"referrals": given}, "", ""), tmp_path / "home", None)
    live = made.home.live()
    practice = next(i for (kind, i), label in live.label_of.items() if kind == "practice" and label == "Elm St")
    story = one_practice(live, owner(), INSIDE, Filters(practice=practice))
    assert [(m.referrals, m.complete) for m in story.months] == [(5, True), (6, False)]
    assert story.volume.value == 9
    made.close()


def test_its_lines_are_told_for_half_a_year_beside_the_same_months_before(market: Market) -> None:
    found = practice_lines(market.home.live(), owner(), INSIDE, Filters(practice="P1"))
    assert (str(found.window), str(found.before)) == ("Jul 2025 to Dec 2025", "Jul 2024 to Dec 2024")
    told = [(r.label, r.now, r.before, r.recent, r.year, r.known, r.out, r.movement) for r in found.rows]
    # Cardiology: July, August, October's unknown one; of 2025 8 to us and 3 to Northgate. Neurology: one, in September.
    assert told == [("Cardiology", 3, 0, 1, 11, 11, 3, Movement.none), ("Neurology", 1, 0, 0, 1, 1, 1, Movement.none)]
    seen_by_us = practice_lines(market.home.live(), owner(), INSIDE, Filters(practice="P3")).rows
    assert [(r.year, r.known, r.out) for r in seen_by_us] == [(5, 0, 0)]
    with pytest.raises(LiaisonError, match="inside the team only"):
        practice_lines(market.home.live(), owner(), Audience.outside, Filters(practice="P1"))
