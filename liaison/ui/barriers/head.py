"""The sentence over the board, and its four figures."""

from liaison.fieldwork.barrier_board import Board
from liaison.metrics.findings.barriers import barriers_headline, escalated_words, untold_words
from liaison.ui import homes, parts
from liaison.ui.tiles import Tile, tiles
from liaison.vocabulary import BarrierStatus


def show(now: Board) -> None:
    """How many are open and late, who hears of it, and who still has to be told."""
    open_ = now.open()
    late = [row for row in open_ if row.late]
    untold = sum(row.status is BarrierStatus.resolved for row in now.rows)
    oldest = max((row.days for row in open_), default=None)
    parts.head("Barriers", barriers_headline(len(open_), len(late), untold, oldest).rstrip("."))
    days = homes.home().settings.barrier_escalate_days
    said = (
        escalated_words(sum(row.escalated for row in open_), now.managers, days),
        untold_words(untold) if open_ else "",
    )
    if any(said):
        parts.say(*(each for each in said if each))
    if now.rows:
        _figures(now, len(late), untold)


def _figures(now: Board, late: int, untold: int) -> None:
    open_ = now.open()
    ages = [sum(first <= row.days <= last for row in open_) for first, last in ((0, 7), (8, 30), (31, 10**6))]
    nobody = sum(row.values["owner"] is None for row in open_)
    tiles(
        [
            Tile(
                "Open", f"{len(open_):,}", "us", beside=f"{nobody:,} without an owner" if nobody else "all with owner"
            ),
            Tile("Overdue", f"{late:,}", "us", help="Open past the day by which they were due."),
            Tile(
                "Open a week, a month, longer",
                " \u00b7 ".join(f"{n:,}" for n in ages),
                "us",
                help="Open for up to 7 days, 8 to 30 days, over 30 days.",
                short="7, 30, more days",
            ),
            Tile("To tell the practice", f"{untold:,}", "us", help="Resolved; the loop is open.", short="To tell"),
        ]
    )
