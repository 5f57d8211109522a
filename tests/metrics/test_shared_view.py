"""Shared patients as one system sees them, by patients and by transactions, from pairs written down by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics.findings.shared import agreement, headline, leakage_of, referrers
from liaison.metrics.shared import data_sets
from liaison.metrics.shared_view import SharedView, shared_view
from liaison.vocabulary import Audience
from tests.metrics.attack import Attack
from tests.spec.case import Case
from tests.spec.given import market_of
from tests.spec.market import Market

RECORDS = {
    "organisations": """
        organisation_id | name   | ours
        M               | Mercy  | true
        S               | Summit | false
    """,
    "providers": """
        npi        | organisation_id
        1000000001 | M
        1000000012 | M
        1000000014 | S
    """,
    "referrals": """
        referral | practice
        1        | Elm St
    """,
}
# Mercy's own referrer is ...1; ...2 is nobody's. Mercy leads by patients (300, 280), Summit by transactions (600, 500).
PAIRS = """
    data set | vintage    | from       | to         | patients | transactions
    hop-2017 | 2017-12-31 | 1000000001 | 1000000012 | 90       | 90
    hop-2018 | 2018-12-31 | 1000000001 | 1000000012 | 200      | 300
    hop-2018 | 2018-12-31 | 1000000001 | 1000000014 | 50       | 200
    hop-2018 | 2018-12-31 | 1000000002 | 1000000012 | 100      | 200
    hop-2018 | 2018-12-31 | 1000000002 | 1000000014 | 230      | 400
    hop-2018 | 2018-12-31 | 1000000002 | 1000000099 | 20       | 40
"""


def made(folder: Path, pairs: str) -> Market:
    return market_of(Case("", {**RECORDS, "edges": pairs}, "", ""), folder / "home", None)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    found = made(tmp_path_factory.mktemp("shared"), PAIRS)
    yield found
    found.close()


def seen(market: Market, system: str | None = None, vintage: date | None = None) -> SharedView:
    view = shared_view(market.home.live(), owner(), Audience.inside, system, None, vintage)
    assert view is not None
    return view


def test_both_metrics_stand_beside_each_other(market: Market) -> None:
    rows = {r.key: (r.patients, r.transactions, r.share, r.transactions_share) for r in seen(market).every.rows}
    assert rows == {
        "M": (300, 500, 300 / 600, 500 / 1140),
        "S": (280, 600, 280 / 600, 600 / 1140),
        "(none)": (20, 40, 20 / 600, 40 / 1140),
    }


def test_leakage_is_of_the_pairs_that_begin_with_its_own_referrers(market: Market) -> None:
    view = seen(market)
    assert (view.system, view.own_referrers) == ("M", True)
    assert (view.leakage("patients"), view.leakage("transactions")) == ((50, 250), (200, 500))
    assert leakage_of(view) == (
        "Of what Mercy's own referrers share with providers of a known organisation "
        "20% of patients and 40% of transactions go to others."
    )
    assert referrers(view) is None


def test_without_referrers_of_its_own_all_stand_in_and_it_is_said(market: Market) -> None:
    view = seen(market, "S")
    assert (view.own_referrers, view.leakage("patients")) == (False, (300, 580))
    assert "every referrer in the data stands in" in (referrers(view) or "")


def test_a_provider_of_nobodys_is_not_known_and_no_leakage(market: Market) -> None:
    """Of 1,140 transactions 40 go to a provider without an organisation: 500 of the other 1,100 go to Mercy."""
    told = seen(market, "S").as_json()["view"]["leakage"]
    assert told["patients"] == {"numerator": 300, "denominator": 580, "value": 300 / 580, "unknown": 20}
    assert told["transactions"] == {"numerator": 500, "denominator": 1100, "value": 500 / 1100, "unknown": 40}


def test_the_sentence_that_the_metric_decides_is_said_where_it_does(market: Market) -> None:
    assert headline(seen(market).every) == (
        "By patients Mercy leads (50%), by transactions Summit (53%): the choice of metric decides the headline"
    )
    assert agreement(seen(market).every) is None


def test_where_both_metrics_agree_that_is_said_instead(tmp_path: Path) -> None:
    market = made(tmp_path, PAIRS.replace("| 230      | 400", "| 230      | 200"))
    found = seen(market).every
    assert headline(found) == "Mercy leads by patients (50%) and by transactions (53%)"
    assert agreement(found) == "Both agree on the first two: Mercy, then Summit."
    market.close()


def test_one_data_set_at_a_time_the_newest_unless_another_is_asked_for(market: Market) -> None:
    assert [(s.source, s.vintage) for s in data_sets(market.home.live())] == [
        ("hop-2018", date(2018, 12, 31)),
        ("hop-2017", date(2017, 12, 31)),
    ]
    assert seen(market, vintage=date(2017, 12, 31)).every.total.patients == 90
    with pytest.raises(LiaisonError, match="No shared-patient data stand for 2011-01-01"):
        seen(market, vintage=date(2011, 1, 1))


def test_an_unknown_system_is_refused(market: Market) -> None:
    with pytest.raises(LiaisonError, match="No organisation is called nobody"):
        seen(market, "nobody")


def test_small_counts_cannot_be_worked_out_from_both_tables_together(tmp_path: Path) -> None:
    """Summit gets 54 patients in all and 50 of them from Mercy's own referrers: the 4 from others would follow."""
    market = made(tmp_path, PAIRS.replace("| 230      | 400", "| 4        | 400"))
    view = seen(market)
    every = {r.key: r.patients for r in view.every.rows}
    own = {r.key: r.patients for r in view.own.rows}
    attack = Attack(5)  # own to Mercy, own to Summit, others to Mercy, others to Summit, others to nobody's
    attack.sees("all", range(5), 374, view.every.total.patients)
    attack.sees("all to Mercy", [0, 2], 300, every["M"])
    attack.sees("all to Summit", [1, 3], 54, every["S"])
    attack.sees("all to nobody's", [4], 20, every["(none)"])
    attack.sees("own", [0, 1], 250, view.own.total.patients)
    attack.sees("own to Mercy", [0], 200, own["M"])
    attack.sees("own to Summit", [1], 50, own["S"])
    attack.sees("others to Summit", [3], 4, None, public=False)
    assert attack.solves() == []
    market.close()
