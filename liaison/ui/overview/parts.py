"""The sentence, the tiles and the footer of the Overview."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.metrics.figure import formatted, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import leakage_headline
from liaison.metrics.findings.moves import count_move, leakage_move, unknown_move, unknown_of
from liaison.ui import entries, filters, papers, parts, states
from liaison.ui.ask import ask
from liaison.ui.entries import Entry
from liaison.ui.overview.asked import Overview, overview
from liaison.ui.tables import download
from liaison.ui.tiles import Tile, moved, tiles
from liaison.ui.trends import source

DEFINED = ("change", "volume", "leakage", "unknown_destination", "stuck", "movement")


def shown(asked: Filters) -> Overview | None:
    """What was counted, where there is something to show; else says what is missing and how it comes."""
    if filters.known().first is None:
        parts.head("Overview", "No referrals are in yet")
        brings = "This page says what changed and what needs a person. Your set-up and a referral export fill it."
        if states.no_data("Nothing to show yet", brings, "Set up your own data", key="set-up"):
            st.switch_page(entries.DATA.file)
        return None
    found: Overview = ask(overview, asked)
    if found.volume.value == 0:
        parts.head("Overview", leakage_headline(found.leakage).rstrip("."))
        states.no_match(key="clear-filters")
        return None
    return found


def head(found: Overview) -> None:
    """The change that matters most, then a tile for each figure, with the page that explains it."""
    said = found.changes.headline if found.changes else leakage_headline(found.leakage)
    parts.head("Overview", said.rstrip("."))
    tiles([_volume(found), _leakage(found), _unknown(found), _stuck(found)])


def _opening(tile: Tile, entry: Entry) -> Tile:
    """The tile with a way to the page that explains it, as soon as that stands in the bar."""
    there = entry.title in entries.listed()
    return replace(tile, opens=entry.file, opens_as=entry.title) if there else tile


def _volume(found: Overview) -> Tile:
    now, before = found.volume, found.before
    tile = _opening(Tile("Referrals", str(now), "us", papers=now.papers()), entries.TERRITORIES)
    move = count_move(before.volume, int(now.value or 0)) if before else None
    return moved(tile, move, found.span, [m.referrals for m in found.months])


def _leakage(found: Overview) -> Tile:
    now, before = found.leakage.total, found.before
    shown = str(now) if now.suppressed else formatted(now.value, now.unit)
    tile = _opening(Tile("Leakage", shown, "out", papers=now.papers()), entries.LEAKAGE)
    move = leakage_move(before.leakage, now) if before else None
    return moved(tile, move, found.span, [m.out / m.known if m.known else None for m in found.months])


def _unknown(found: Overview) -> Tile:
    now, before = found.leakage.total, found.before
    unknown, every = unknown_of(now)
    shown = percent(unknown / every) if every else "not known"
    hidden = now.beside.get("unknown") is None or now.denominator is None
    value = str(now) if hidden else shown
    tile = Tile("Destination unknown", value, "unknown", papers=now.papers(), short="Unknown")
    tile = _opening(tile, entries.DATA)
    move = unknown_move(before.leakage, now) if before else None
    series = [m.unknown / (m.unknown + m.known) if m.unknown + m.known else None for m in found.months]
    return moved(tile, move, found.span, series)


def _stuck(found: Overview) -> Tile:
    now = found.stuck.total
    tile = Tile("Stuck referrals", str(now), "us", papers=now.papers(), beside="open too long", short="Stuck")
    return _opening(tile, entries.FUNNEL)


def footer(found: Overview) -> None:
    """Source, vintage, coverage; definitions; the sentences and the lines as files."""
    from liaison.metrics.definitions.base import METRICS

    total = found.leakage.total
    metrics = [METRICS[name] for name in DEFINED]
    notes = [*found.leakage.notes, *(found.changes.notes if found.changes else ()), *METRICS["change"].rules]
    with papers.footer(source(total), metrics, "overview", counted=[total.papers()], notes=notes) as sentences:
        if found.cards:
            download(partial(lines_file, found), "service-lines", key="lines", papers=sentences)


def lines_file(found: Overview) -> pd.DataFrame:
    """A row for each line of the page, with what is said of it, and window and vintage."""
    rows = [
        {
            "service_line": card.label,
            "referrals": card.referrals,
            "out_of_network": card.leakage.numerator,
            "destination_known": card.leakage.denominator,
            "leakage": card.leakage.value,
            "unknown": card.leakage.beside.get("unknown"),
            "finding": " ".join(card.says),
        }
        for card in found.cards
    ]
    return papers.dated(pd.DataFrame(rows), found.leakage.window, found.leakage.vintage)
