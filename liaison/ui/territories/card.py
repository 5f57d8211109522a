"""What is picked, in figures: one place, several added up, or all of them; and the way on from there."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.words import whole
from liaison.metrics.figure import Figure, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.places import against_rest, interval_words
from liaison.metrics.findings.words import of_all
from liaison.ui import filters, links, lists, papers, parts
from liaison.ui.entries import LEAKAGE, PRACTICE
from liaison.ui.tables import download
from liaison.ui.territories import view
from liaison.ui.territories.asked import Listing, counts, listing, market, team
from liaison.ui.territories.view import View
from liaison.vocabulary import NONE

LIST = "territories"
NAMED = 4


def show(asked: Filters, now: View) -> None:
    """The card under the table."""
    listed = listing(asked, now.by, now.within)
    figure = added(asked, now)
    with st.container(border=True, gap="xxsmall", key="place-card"):
        if now.one:
            _one(asked, now, listed, now.one, figure)
        elif now.picked:
            _several(asked, now, listed, figure)
        else:
            every = len(listed.places)
            parts.say(f"**{of_all(every, every, _noun(now, 2))}**", _lost(figure))
            _papers(figure, None)


def added(asked: Filters, now: View) -> Figure:
    """The figure of what is picked, added up; of everything where nothing is."""
    broken = listing(asked, now.by, now.within).found
    if not now.picked:
        return broken.total
    wanted = set(now.picked)
    if not team():  # what is hidden must not be added up anew
        return next(row.figure for row in broken.rows if row.key in wanted)
    found = counts(asked)
    return found.figure(row for row in found.rows if getattr(row, now.by) in wanted)


def _noun(now: View, count: int) -> str:
    plural = {"county": "counties", "zip": "ZIPs", "territory": "territories", "practice": "practices"}[now.by]
    single = {"county": "county", "zip": "ZIP", "territory": "territory", "practice": "practice"}[now.by]
    return single if count == 1 else plural


def _lost(figure: Figure) -> str:
    if figure.suppressed:
        return "Not shown: fewer than 11 referrals, or it would give such a number away."
    if not figure.denominator:
        return "No referral here has a known destination."
    share = f", {percent(figure.value)}" if figure.value is not None else ""
    return f"**{whole(figure.numerator or 0)}** of {whole(figure.denominator)} referrals out of network{share}"


def _papers(figure: Figure, whole_: Figure | None) -> None:
    """Interval, comparison and coverage, in one quiet line each."""
    if figure.suppressed:
        return
    said = [f"95% interval {words}" if (words := interval_words(figure)) else "Too few referrals for an interval"]
    if whole_ and (rest := against_rest(figure, whole_)):
        said.append(rest)
    known = f" {figure.coverage}." if figure.coverage else ""
    parts.note(f"{'; '.join(said)}.{known}")


def _one(asked: Filters, now: View, listed: Listing, key: str, figure: Figure) -> None:
    place, spot = listed.place_of[key], market().spots.get(key)
    if now.by == "practice" and spot:
        where = counts(asked).label("county", spot.county) if spot.county != NONE else ""
        town = ", ".join(part for part in (spot.city, where) if part)
        parts.say(f"**{place.label}**")
        parts.note(town if spot.exact else f"{town}. It stands at its ZIP's centre: no coordinates are on record.")
    else:
        parts.say(f"**{place.label}**")
    if not place.observable:
        parts.note(
            f"{whole(place.referrals or 0)} referrals came to us. What else it refers is not seen: leakage not known."
        )
    else:
        parts.say(_lost(figure))
        _papers(figure, listing(asked, now.by).found.total)
    with st.container(horizontal=True):
        _ways(asked, now, listed, key)


def _ways(asked: Filters, now: View, listed: Listing, key: str) -> None:
    if now.by == "practice":
        lists.remember(LIST, [k for k in listed.keys if k != NONE])
        links.link(PRACTICE, "Open practice", practice=key, list=LIST)
        territory = next((r.territory for r in reversed(counts(asked).rows) if r.practice == key), NONE)
        if territory != NONE:
            links.link(LEAKAGE, "Leakage of its territory", territory=territory)
        return
    if not team():
        return
    practices = {row.practice for row in counts(asked).rows if getattr(row, now.by) == key}
    st.button(
        f"Its {len(practices):,} practice{'' if len(practices) == 1 else 's'}",
        key="its-practices",
        icon=":material/list:",
        on_click=view.open_area,
        args=(now.by, key),
    )
    if now.by == "territory":
        links.link(LEAKAGE, "Leakage", territory=key)


def _several(asked: Filters, now: View, listed: Listing, figure: Figure) -> None:
    """The set added up: numerator, denominator, interval, coverage."""
    labels = [listed.place_of[key].label for key in now.picked]
    parts.say(f"**{len(labels):,} {_noun(now, len(labels))} together**", _lost(figure))
    parts.note(_names(labels))
    _papers(figure, listing(asked, now.by).found.total)
    with st.container(horizontal=True):
        rows = partial(file_of, asked, now)
        download(rows, f"{now.by}-set", key="set", papers=[figure.papers(), f"Filters: {filters.in_words()}."])
        st.button("Let go", key="let-go", type="tertiary", on_click=view.none)


def _names(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:NAMED])
    return f"{shown} and {len(labels) - NAMED:,} more." if len(labels) > NAMED else f"{shown}."


def file_of(asked: Filters, now: View) -> pd.DataFrame:
    """The list, or what of it is picked, as a file: a row a place, each with its window and vintage."""
    listed = listing(asked, now.by, now.within)
    rows = listed.rows[listed.rows["key"].isin(now.picked)] if now.picked else listed.rows
    total = listed.found.total
    file = pd.DataFrame(
        {
            now.by: rows["key"],
            "name": rows["label"],
            "referrals": rows["referrals"],
            "out_of_network": rows["numerator"],
            "known_destination": rows["denominator"],
            "leakage": rows["value"],
            "unknown_share": rows["unknown"],
            "suppressed": rows["suppressed"],
            "definition": total.definition,
        }
    )
    return papers.dated(file, total.window, total.vintage)
