"""Who sends to whom, on a market small enough to be counted by hand; and what is said of it."""

from collections.abc import Iterator

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.filters import Filters
from liaison.metrics.findings import network as says
from liaison.metrics.network import Flow, Network, network
from liaison.metrics.taking import Named
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, month_id
from tests.metrics.test_organisations import GIVEN
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

MARCH = Filters(first="2026-03", last="2026-03")  # of a year that begins in January: February stands before it


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = market_of(Case("", GIVEN, "", ""), tmp_path_factory.mktemp("network") / "home", None)
    yield made
    made.close()


def found_in(market: Market, filters: Filters, by: str = "practice") -> Network:
    return network(market.home.live(), owner(), Audience.inside, filters, by)  # type: ignore[arg-type]


def counts(found: Network) -> list[tuple[str, str, int, int | None, int, int | None]]:
    return [(f.sender_label, f.to.key, f.referrals, f.figure.denominator, f.received, f.before) for f in found.flows]


def test_flows_of_single_practices_are_ranked_with_both_ends(market: Market) -> None:
    # January to March: Oak Ave's 7 to Summit stand as in network, so they are known and in no flow.
    found = found_in(market, Filters(first="2026-01", last="2026-03"))
    assert counts(found) == [
        ("Elm St", "M", 30, 45, 58, None),
        ("Oak Ave", "M", 20, 37, 58, None),
        ("Elm St", "S", 15, 45, 23, None),
        ("Pine Rd", "M", 8, 10, 58, None),
        ("Oak Ave", "S", 6, 37, 23, None),
        ("Oak Ave", "T", 4, 37, 4, None),
        ("Pine Rd", "S", 2, 10, 23, None),
    ]
    assert (found.otherwise, found.coverage and found.coverage.of) == (7, 95)


def test_the_window_before_stands_beside_and_a_flow_that_ended_comes_last(market: Market) -> None:
    found = found_in(market, MARCH)
    assert found.before == (month_id("2026-02"), month_id("2026-02"))
    assert counts(found)[0] == ("Oak Ave", "M", 20, 30, 28, 0)
    assert counts(found)[-1] == ("Elm St", "S", 0, 0, 8, 5)
    assert found.flows[-1].figure.value is None


def test_groups_come_from_their_rollup_and_add_up_to_the_practices(market: Market) -> None:
    every = Filters(first="2026-01", last="2026-03")
    groups = {(f.sender_label, f.to.key): f.referrals for f in found_in(market, every, "group").flows}
    assert groups == {
        ("Family medicine", "M"): 50,
        ("Family medicine", "S"): 21,
        ("Family medicine", "T"): 4,
        ("Urgent care", "M"): 8,
        ("Urgent care", "S"): 2,
    }


def test_an_organisation_keeps_its_flows_and_shares_stay_of_all_that_is_sent(market: Market) -> None:
    found = found_in(market, Filters(first="2026-01", last="2026-03", organisation="T"))
    assert counts(found) == [("Oak Ave", "T", 4, 37, 4, None)]


def test_nobody_outside_the_team_sees_flows(market: Market) -> None:
    with pytest.raises(LiaisonError, match="inside the team only"):
        network(market.home.live(), owner(), Audience.outside, Filters())


def flow(sender: str, to: str, before: int | None, now: int, *, ours: bool = False) -> Flow:
    figure = Figure("taken_share", now / 1000, Unit.share, Window(24314, 24314), now, 1000)
    return Flow(sender, sender, Named(to, to, ours), figure, 2 * now, before, 1000)


def network_of(*flows: Flow) -> Network:
    return Network("group", flows, Window(24314, 24314), (24313, 24313), None, None)


def test_what_is_said_of_flows() -> None:
    found = network_of(flow("A", "us", 300, 310, ours=True), flow("B", "Rival", 100, 200), flow("C", "Rival", 90, 40))
    assert says.headline(found) == (
        "The largest flow out of network is B to Rival: 200 referrals, 20% of what it refers"
    )
    assert says.moved(found) == (
        "Most changed against the window before: **B to Rival** rose from 100 to 200; "
        "**C to Rival** fell from 90 to 40."
    )
    assert list(says.picked(found.flows[1])) == ["20% of what B refers", "50% of what Rival receives"]


def test_what_others_own_practices_send_them_stands_aside() -> None:
    found = network_of(flow("Rival", "Rival", 300, 310), flow("B", "Rival", 100, 120))
    assert says.headline(found).startswith("The largest flow out of network, own practices aside, is B to Rival: 120")
    assert says.name(found.flows[0]) == "Rival, own practices"
    assert says.picked(found.flows[0])[0] == "31% of what its own practices refer"


def test_more_flows_ask_for_more_certainty() -> None:
    # 40 to 60 is clear of chance alone (1.5, 1.01 to 2.2), and not among two hundred.
    one = flow("A", "Rival", 40, 61)
    assert says.changed(network_of(one))[0] == [one]
    others = [flow(f"x{n}", "Rival", 50, 50) for n in range(200)]
    assert says.changed(network_of(one, *others)) == ([], [])
    assert says.moved(network_of(one, *others)).startswith("Against the window before no flow changed")
