"""The head of a story: name, sentence, place in the list one came from, tiles; at its end the ways on."""

from dataclasses import asdict, replace

import streamlit as st

from liaison.fieldwork.one_practice import PracticeFile
from liaison.metrics.figure import formatted
from liaison.metrics.filters import Filters
from liaison.metrics.findings.moves import count_move, share_move
from liaison.metrics.findings.practice import practice_also, practice_headline
from liaison.metrics.one_practice import PracticeStory
from liaison.metrics.panel import CONTINUUM_MONTHS, Movement
from liaison.ui import entries, filters, homes, links, lists, parts
from liaison.ui.ask import viewer
from liaison.ui.mail import follow_up
from liaison.ui.practice import asked, sheet, which
from liaison.ui.tiles import Tile, moved, tiles
from liaison.ui.trends import Span, span_of
from liaison.vocabulary import NONE, month_words


def show(found: PracticeStory, kept: PracticeFile, small: bool) -> None:
    """Where one is in the list, then the sentence."""
    _place(found.practice_id, small)
    parts.head(kept.record["name"] if kept.record else found.name, practice_headline(found))
    if also := practice_also(found):
        parts.say(*also)
    which.tell()
    if kept.record:
        _does(kept)
    if kept.record is None:
        parts.note("This practice is not on record: it is known by the name that files give it.")
        links.link(entries.DATA, "Review names", part="merges")
    if found.months and not found.observable:
        parts.note(
            "It is seen only through what we receive: where else it refers, and so its leakage, is not observable."
        )


def _does(kept: PracticeFile) -> None:
    """Log, write, print."""
    practice_id, name = kept.practice_id, str((kept.record or {})["name"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice-does"):
        links.link(entries.LOG, "Log a visit", icon=entries.LOG.icon, practice=practice_id)
        opened = follow_up.button(practice_id)
        st.download_button(
            "Print sheet",
            sheet.maker(practice_id),
            f"practice-{practice_id}.pdf",
            "application/pdf",
            key="practice-sheet",
            on_click="ignore",
            type="tertiary",
            icon=":material/print:",
        )
    if opened:
        last = kept.touches[0] if kept.touches else None
        who = viewer()
        me = who.name if who.person_id else last.who if last else ""
        follow_up.show(practice_id, name, me, asdict(last) if last else {}, practice_id)


def _place(practice_id: str, small: bool) -> None:
    """'3 of 27 in Practices behind Neurology', with the one before and the one after."""
    name = st.query_params.get(lists.PARAM)
    at = lists.place(lists.held(name), practice_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list-place"):
        if at and name:
            _neighbour(at.before, "Previous", ":material/chevron_left:", name, small)
            parts.note(f"{at.number} of {at.of} in {lists.title(name)}")
            _neighbour(at.after, "Next", ":material/chevron_right:", name, small)
        links.link(entries.BRIEF, "Brief", icon=":material/badge:", practice=practice_id)
        st.button("All practices", icon=":material/list:", type="tertiary", key="all-practices", on_click=_all)


def _neighbour(practice_id: str | None, word: str, icon: str, list_name: str, small: bool) -> None:
    """A key of the keyboard does the same: P and N."""
    if practice_id is None:
        return
    label = homes.live().label_of.get(("practice", practice_id), practice_id)
    st.button(
        word if small else f"{word}: {label}",
        icon=icon,
        type="tertiary",
        key=f"list-{word.lower()}",
        shortcut=None if small else word[0],
        on_click=which.open_practice,
        args=(practice_id, list_name),
    )


def _all() -> None:
    """Back to the directory."""
    for param in (which.PARAM, lists.PARAM):
        st.query_params.pop(param, None)


def figures(found: PracticeStory, question: Filters) -> None:
    """Volume, leakage, what went elsewhere, how steady."""
    span = span_of(replace(question, practice=None), filters.known())
    tiles([_volume(found, span), *_leakage(found, span), _steady(found)])


def _volume(found: PracticeStory, span: Span) -> Tile:
    now = int(found.volume.value or 0)
    each = {m.month: m.referrals for m in found.months}
    move = None if found.volume_before is None else count_move(found.volume_before, now)
    tile = Tile("Referrals", formatted(now, found.volume.unit), "us", papers=found.volume.papers())
    return moved(tile, move, span, [each.get(m, 0) if found.months else None for m in span.months])


def _leakage(found: PracticeStory, span: Span) -> list[Tile]:
    total = found.leakage.total
    papers = total.papers()
    if not found.observable:
        why = "Seen only through what we receive."
        return [Tile("Leakage", "not known", "unknown", help=why), Tile("Went elsewhere", "not known", help=why)]
    each = {m.month: m for m in found.months}
    line = [each.get(m) for m in span.months]
    counts, before = (total.numerator or 0, total.denominator or 0), found.leakage_before
    leak = Tile("Leakage", formatted(total.value, total.unit), "out", papers=papers)
    went = Tile("Went elsewhere", f"{counts[0]:,}", "out", papers=papers)
    return [
        moved(
            leak,
            share_move(before, counts) if before else None,
            span,
            [m.out / m.known if m and m.known else None for m in line],
        ),
        moved(went, count_move(before[0], counts[0]) if before else None, span, [m.out if m else None for m in line]),
    ]


def _steady(found: PracticeStory) -> Tile:
    """In how many of the last six months it referred, and what that makes it."""
    words = [asked.steadiness(found.continuum.value).lower()]
    words += [] if found.movement is Movement.none else [found.movement.value]
    last = month_words(found.year.last) if found.year else "the last complete month"
    said = f"Months with a referral among the six to {last}."
    value = f"{found.active_months} of {CONTINUUM_MONTHS}"
    return Tile("Months with a referral", value, "us", help=said, change=", ".join(words), short="Months of 6")


def ways(found: PracticeStory, question: Filters) -> None:
    """On to the cell, to those who take its referrals, to the funnel."""
    worst = next((r for r in found.leakage.rows if r.figure.numerator and r.key != NONE), None)
    line = question.service_line or (worst.key if worst else None)
    with st.container(horizontal=True, key="ways", gap="medium"):
        if line and "practice_group" in found.lies:
            group, label = found.lies["practice_group"]
            links.link(entries.LEAKAGE, f"Leakage of {label}", row=group, column=line)
        if line:
            links.link(entries.FUNNEL, f"Funnel of {_label(found, line)}", line=line)
        links.link(entries.ORGANISATIONS, "Organisations")


def _label(found: PracticeStory, line: str) -> str:
    return next((r.label for r in found.leakage.rows if r.key == line), line)
