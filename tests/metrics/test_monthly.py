"""What the Overview counts at once is what leakage, volume and the panel count one by one."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.metrics import panel
from liaison.metrics.changes import changes
from liaison.metrics.counting import Question
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import broken_down, leakage
from liaison.metrics.monthly import monthly
from liaison.metrics.movements import movements
from liaison.metrics.panel import Movement
from liaison.metrics.practices import practices
from liaison.metrics.volume import volume
from liaison.vocabulary import Audience, month_id
from tests.spec.market import Market, days

INSIDE = Audience.inside
ASKED = [
    Filters(),
    Filters(first="2025-11"),
    Filters(first="2025-06", last="2025-09"),
    Filters(last="2026-04"),
    Filters(first="2026-01", service_line="Urology"),
    Filters(source="claims-feed"),
    Filters(practice_type="clinic"),
]
EPIC = (900, 30, (0, 34), ("ordered", "ordered", "received"))


def rows(
    draw: Random, count: int, places: int, months: tuple[int, int], vantages: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Referrals of so many practices; each sends for a while, the last of thirty begin at the end."""
    found: list[dict[str, Any]] = []
    begins, spans = month_id("2023-06"), {}
    for i in range(places):
        first = draw.randint(*months) if i < 26 else months[1] - 2
        spans[i] = (first, draw.randint(first, months[1]))
    while len(found) < count:
        place, month = draw.randrange(places), draw.randint(*months)
        if not spans[place][0] <= month <= spans[place][1] and draw.random() > 0.005:
            continue
        at = begins + month
        created = f"{at // 12}-{at % 12 + 1:02d}-{draw.randint(1, 28):02d}"
        found.append(
            {
                "referral_id": str(len(found)),
                "referring_practice": f"Practice {place}",
                "service_line": draw.choice(["Urology", "Neurology", None]),
                "network_status": draw.choice(["in", "in", "out", None]),
                "vantage": draw.choice(vantages),
                "exit": draw.choice([None, None, "declined"]),
                "month_id": month_id(created),
                "created_day": days(created),
            }
        )
    return found


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """One source to the middle of April 2026, of two vantages; another, whose extracts stopped in February."""
    made, draw = Market(tmp_path_factory.mktemp("monthly") / "home"), Random(7)
    made.keep("practices", [{"practice_id": f"P{i}", "name": f"Practice {i}", "type": "clinic"} for i in (1, 2)])
    made.refer(rows(draw, *EPIC), "2026-04-20", "epic")
    made.refer(rows(draw, 400, 8, (20, 31), ("claims", "ordered")), "2026-02-10", "claims-feed")
    yield made
    made.close()


@pytest.mark.parametrize("asked", ASKED)
def test_leakage_by_line_and_volume_are_what_their_own_commands_count(market: Market, asked: Filters) -> None:
    live = market.home.live()
    counted = monthly(live, owner(), INSIDE, asked)
    found = broken_down(Question(live, owner(), asked), ("service_line",), counted.seen(asked, "line"), INSIDE)
    assert found.as_json() == leakage(live, owner(), INSIDE, asked, "service_line").as_json()
    sizes = {line: n for line, n in counted.sizes(asked).items() if n}
    by_line = volume(live, owner(), INSIDE, asked, "service_line")
    assert sum(sizes.values()) == by_line.total.value
    assert sorted(sizes.values()) == sorted(by_line.frame().groupby("key")["referrals"].sum())


@pytest.mark.parametrize("asked", ASKED)
def test_movements_are_those_of_the_panel(market: Market, asked: Filters) -> None:
    live = market.home.live()
    panel = {r.practice_id: r.movement for r in practices(live, owner(), INSIDE, asked).rows}
    found = movements(live, owner(), INSIDE, asked).by_practice()
    assert found == {p: m for p, m in panel.items() if m is not Movement.none}
    assert found or asked.practice_type


def test_movements_are_what_one_counts_from_the_rows(market: Market) -> None:
    last = month_id("2026-03")
    sent: dict[str, dict[int, int]] = {}
    for row in rows(Random(7), *EPIC):
        if row["month_id"] <= last:
            months, back = sent.setdefault(row["referring_practice"], {}), last - row["month_id"] + 1
            months[back] = months.get(back, 0) + 1
    each = {name: panel.moved(panel.sent(months), 34) for name, months in sent.items()}
    wanted = {name: moved for name, moved in each.items() if moved is not Movement.none}
    found = movements(market.home.live(), owner(), INSIDE, Filters(source="epic"))
    assert {row.name: movement for movement, moved in found.moved.items() for row in moved} == wanted
    assert set(wanted.values()) >= {Movement.lapsed, Movement.new}
    biggest = found.of(Movement.lapsed)[0]
    assert biggest.referrals == sum(n for back, n in sent[biggest.name].items() if 4 <= back <= 15)


def test_a_practice_seen_through_a_late_source_alone_is_not_called_lapsed(market: Market) -> None:
    found = movements(market.home.live(), owner(), INSIDE, Filters())
    assert found.late == ("claims-feed",)
    alone = movements(market.home.live(), owner(), INSIDE, Filters(source="claims-feed"))
    assert alone.late == ()  # up to its own last complete month
    assert alone.window is not None
    assert found.window is not None
    assert (found.window.last, alone.window.last) == (month_id("2026-03"), month_id("2026-01"))


def test_every_sentence_of_a_command_has_its_months_and_numbers(market: Market) -> None:
    told = changes(market.home.live(), owner(), INSIDE, Filters(first="2025-11")).as_json()
    assert told["window"] == {"from": "2026-03", "to": "2026-03"}
    assert told["vintage"] == "2026-04-20"
    assert {row["kind"] for row in told["rows"]} >= {"lapsed"}
    for row in told["rows"]:
        assert row["says"].endswith(".")
        assert row["kind"] == "stuck" or "window" in row or {"month", "against", "low", "high"} <= set(row)
    assert any("claims-feed" in note for note in told["notes"])


def test_changes_are_told_inside_the_team_only(market: Market) -> None:
    with pytest.raises(LiaisonError, match="inside the team only"):
        changes(market.home.live(), owner(), Audience.outside, Filters())
