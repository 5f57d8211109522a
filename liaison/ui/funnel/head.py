"""The sentence and the tiles of the Funnel page, and what stands in their place where there is nothing."""

import streamlit as st

from liaison.metrics.figure import formatted
from liaison.metrics.filters import Filters
from liaison.metrics.findings.funnel import funnel_headline
from liaison.ui import entries, filters, parts, states
from liaison.ui.ask import ask
from liaison.ui.funnel.asked import Shape, where
from liaison.ui.tiles import Tile, tiles
from liaison.vocabulary import Stage


def shown(found: Shape) -> bool:
    """Whether there is something to show; else says what is missing and gives the button that brings it."""
    if filters.known().first is None:
        parts.head("Funnel", "No referrals are in yet")
        brings = "This page shows how far referrals get and where they wait. A referral export fills it."
        if states.no_data("Nothing to show yet", brings, "Import referrals", key="bring-referrals"):
            st.switch_page(entries.DATA.file)
        return False
    if not found.created:
        parts.head("Funnel", "Nothing here was referred")
        states.no_match(key="clear-filters")
        return False
    return True


def show(found: Shape, asked: Filters) -> None:
    """How far referrals get, in words and four figures."""
    parts.head("Funnel", funnel_headline(found.found).rstrip("."))
    created, seen, closed = (found.share(s) for s in (Stage.created, Stage.seen, Stage.loop_closed))
    stuck = ask(where, asked, by="service_line", stage=None).found.total
    waiting = "" if stuck.denominator is None else f"of {stuck.denominator:,} that are open"
    tiles(
        [
            Tile("Referrals created", f"{found.created:,}", "us", papers=created.papers(), short="Created"),
            Tile(
                "Seen so far", formatted(seen.value, seen.unit), "us", papers=seen.papers(), beside=_of(seen.numerator)
            ),
            Tile(
                "Loop closed",
                formatted(closed.value, closed.unit),
                "us",
                papers=closed.papers(),
                beside="reported back to the practice",
            ),
            Tile(
                "Stuck referrals",
                "fewer than 11" if stuck.numerator is None else f"{stuck.numerator:,}",
                "us",
                papers=stuck.papers(),
                beside=waiting,
                short="Stuck",
            ),
        ]
    )


def _of(count: int | None) -> str:
    return "" if count is None else f"{count:,} referrals"
