"""Credit for a referral: who looked after its practice on its day, worked out by hand over a hand-over."""

from collections.abc import Iterator

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics.credit import Credit, Held, credit, holder_on
from liaison.metrics.filters import Filters
from liaison.vocabulary import Audience, month_id
from tests.spec.market import Market, days

# Ann hands Elm over to Bob on 16 March; Cy takes its neurology from 1 April; Oak is Ann's until she leaves on 31 March.
HELD = (
    Held("elm", "ann", None, "2026-01-01", "2026-03-15"),
    Held("elm", "bob", None, "2026-03-16", None),
    Held("elm", "cy", "Neurology", "2026-04-01", None),
    Held("oak", "ann", None, None, "2026-03-31"),
)
SENT = [
    *(("elm", day, "Cardiology") for day in ("2026-02-10", "2026-03-01", "2026-03-15", "2026-03-16", "2026-03-31")),
    *(("elm", day, "Neurology") for day in ("2026-03-20", "2026-04-02", "2026-04-30")),
    *(("oak", day, "Cardiology") for day in ("2026-03-31", "2026-04-01")),
]


def test_the_day_decides_and_an_assignment_for_the_line_goes_before_one_for_all() -> None:
    elm = HELD[:3]
    assert [holder_on(elm, day) for day in ("2025-12-31", "2026-03-15", "2026-03-16")] == [None, "ann", "bob"]
    assert [holder_on(elm, "2026-04-01", line) for line in ("Neurology", "Cardiology", None)] == ["cy", "bob", "bob"]
    both = (Held("elm", "dan"), Held("elm", "eve", None, "2026-01-01"), Held("elm", "bob", None, "2026-01-01"))
    assert holder_on(both, "2026-02-01") == "bob"  # of two that began last, the first by id


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    made = Market(tmp_path_factory.mktemp("credit") / "home")
    made.keep("practices", [{"practice_id": p, "name": p.title()} for p in ("elm", "oak")])
    rows = [
        {
            "referral_id": str(number),
            "referring_practice": practice.title(),
            "created_day": days(created),
            "month_id": month_id(created),
            "service_line": line,
        }
        for number, (practice, created, line) in enumerate(SENT)
    ]
    made.refer(rows, "2026-05-02")
    yield made
    made.close()


def asked(market: Market, months: int = 12) -> Credit:
    return credit(market.home.live(), owner(), Audience.inside, Filters(), HELD, months)


def test_a_hand_over_inside_a_month_parts_it_by_the_day(market: Market) -> None:
    found = asked(market)
    assert str(found.window) == "Feb 2026 to Apr 2026"
    # Ann: Elm on 10 Feb, 1 and 15 Mar, Oak on 31 Mar. Bob: Elm on 16, 20 and 31 Mar. Cy: neurology in April.
    assert found.of("ann") == (1, 3, 0)
    assert found.of("bob") == (0, 3, 0)
    assert found.of("cy") == (0, 0, 2)
    assert found.of(None) == (0, 0, 1)  # Oak, after Ann left
    assert sum(sum(own.values()) for own in found.months.values()) == len(SENT)


def test_the_window_may_be_shorter_and_others_are_not_told(market: Market) -> None:
    assert asked(market, 1).of("cy") == (2,)
    with pytest.raises(LiaisonError, match="inside the team only"):
        credit(market.home.live(), owner(), Audience.outside, Filters(), HELD)
