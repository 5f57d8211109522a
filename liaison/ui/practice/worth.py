"""What a practice is worth in the next twelve months, from what; and how many touches it took to win it."""

from html import escape

import streamlit as st

from liaison.fieldwork.due import touches_of_all
from liaison.metrics.filters import Filters
from liaison.metrics.findings.worth import (
    line_words,
    made_of,
    not_won_sentence,
    usual_sentence,
    window_words,
    won_sentence,
    worth_finding,
)
from liaison.metrics.first_referrals import FirstReferrals, first_referrals
from liaison.models.stored.worth import StoredWorth, worths
from liaison.models.winning import Winning, winning
from liaison.store import reading
from liaison.ui import homes, parts
from liaison.ui.ask import ask, kept
from liaison.ui.markup import html
from liaison.ui.next_visits.asked import Newest
from liaison.ui.practice.outlook import Outlook
from liaison.vocabulary import month_words

MOST = 6  # lines


def show(found: Outlook | None, practice_id: str) -> None:
    """The amount with its interval, what it is a product of, and what winning it took."""
    if found is None:
        return
    now = found.now
    worth = kept().get(now.key("worth", practice_id), lambda: _read(now, practice_id))
    if worth is not None and now.run.worth:
        first = month_words(now.run.month)
        ends = (worth.value_low, worth.value_high)
        said = made_of(worth.referrals, worth.low, worth.high, worth.each)
        parts.picture(worth_finding(worth.value, *ends, first), said)
        with st.popover("What it is worked out from", type="tertiary", icon=":material/calculate:"):
            html(_inputs(now, worth))
    parts.note(_winning_words(now, practice_id))


def _read(now: Newest, practice_id: str) -> StoredWorth | None:
    with reading(homes.home().store) as connection:
        return worths(connection, now.run.run_id, practice_id).get(practice_id)


def _inputs(now: Newest, worth: StoredWorth) -> str:
    """A line a service line, the largest first."""
    papers = now.run.worth or {}
    of_line = {each["line"]: each for each in papers["lines"]}
    window, label = window_words(papers["from"], papers["to"]), homes.live().label_of
    said = [
        line_words(label.get(("service_line", own["line"]), own["line"]), own, of_line[own["line"]], window)
        for own in worth.by_line[:MOST]
    ]
    left = len(worth.by_line) - len(said)
    said += [f"{left:,} more service lines, worked out alike."] if left > 0 else []
    said.append("Referrals that name no line earn nothing here. Margins written on single referrals are not used.")
    return "".join(f'<p class="lz-note">{escape(each)}</p>' for each in said)


def _winning_words(now: Newest, practice_id: str) -> str:
    first, usual, touches = _won(now)
    one = usual.won.get(practice_id)
    if one is not None:
        own = won_sentence(one.touches, one.weeks)
    else:
        own = not_won_sentence(touches.get(practice_id, 0), practice_id in first.of)
    return f"{own} {usual_sentence(len(usual.won), usual.median, usual.low, usual.high, usual.weeks)}"


def _won(now: Newest) -> tuple[FirstReferrals, Winning, dict[str, int]]:
    """First referrals, what winning took, and touches by practice; anew when somebody writes a touch down."""

    def made() -> tuple[FirstReferrals, Winning, dict[str, int]]:
        first: FirstReferrals = ask(first_referrals, Filters())
        with reading(homes.home().store) as connection:
            touches = touches_of_all(connection)
        return first, winning(first.of, first.since, touches), {each: len(days) for each, days in touches.items()}

    return kept().get(now.key("won", now.written, homes.live().data_id), made)
