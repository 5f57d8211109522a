"""What a tile says of a change: points or a count where it is clear, and where it is not, that it is not."""

from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.findings.holdings import holdings, lateness
from liaison.metrics.findings.moves import Move, count_move, share_move
from liaison.metrics.quality import Feed
from liaison.metrics.window import Window, day
from liaison.vocabulary import month_id


def test_a_clear_rise_is_said_in_points() -> None:
    assert share_move((240, 1000), (300, 1000)) == Move("6.0 points", "up")
    assert share_move((400, 1000), (200, 1000)) == Move("20 points", "down")


def test_a_change_that_chance_could_make_is_not_news() -> None:
    assert share_move((24, 100), (28, 100)) == Move("no clear change", "off")
    assert count_move(100, 110) == Move("no clear change", "off")


def test_few_referrals_are_not_compared() -> None:
    assert share_move((1, 10), (300, 1000)) is None
    assert count_move(0, 50) is None


def test_counts_move_by_their_difference() -> None:
    assert count_move(1000, 1300) == Move("300", "up")
    assert count_move(2300, 1000) == Move("1,300", "down")


def test_the_data_page_says_how_much_is_in() -> None:
    window = Window(month_id("2025-01"), month_id("2025-11"))
    total = Figure("volume", 557, Unit.count, window, coverage=Coverage(440, 557, "Destination known"))
    assert holdings(total, window) == "557 referrals from Jan 2025 to Nov 2025; the destination is known for 79%"
    nothing = Figure("volume", 0, Unit.count, None)
    assert holdings(nothing, None) == "No referrals are in yet"
    begun = holdings(nothing, None, month_id("2026-11"))
    assert begun == "Referrals are in from Nov 2026, and no month is complete"


def test_late_sources_are_named_or_counted() -> None:
    feeds = [Feed(name, day(20_000), 7, late, ()) for name, late in (("epic", True), ("claims", False), ("crm", True))]
    assert lateness(tuple(feeds[:2])) == "epic is late: its next extract was due."
    assert lateness(tuple(feeds)) == "2 sources are late."
    assert lateness((feeds[1],)) is None
