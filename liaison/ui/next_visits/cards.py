"""The list as cards: who, why, what a visit should bring, and what is to be done about it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from liaison.fieldwork.due import Due
from liaison.fieldwork.panels import Panels
from liaison.models.stored import Listed
from liaison.ui import lists, parts
from liaison.ui.markup import html
from liaison.ui.next_visits import choose, marks
from liaison.ui.next_visits.asked import Newest, due_at, name_of, team
from liaison.ui.next_visits.marks import Amounts, Scale
from liaison.ui.style import phone

TITLE = "Next visits"
FIRST, MORE, MOST = 10, 10, 200
SHOWN = "show"
ON_PHONE = 2  # reasons that a card of a phone has room for
FILLED = 2  # cards with a filled button: one acts on the first, and reads the rest


def many() -> int:
    """How many cards are asked for: ten, until "more" is pressed."""
    given = st.query_params.get(SHOWN, "")
    return max(FIRST, min(int(given), MOST)) if given.isdigit() and len(given) < 5 else FIRST


def show(now: Newest, rows: Sequence[Listed], write: Amounts) -> None:
    """The first of the list, then the way to more."""
    shown = rows[: many()]
    lists.remember(choose.LIST, [row.row.practice_id for row in rows], TITLE)
    picture(now.run.level, write)
    due, whose = due_at(now, tuple(row.row.practice_id for row in shown)), team(now)
    scale, small = Scale.of([r.row.low for r in shown], [r.row.high for r in shown]), phone()
    for place, row in enumerate(shown):
        one(row, due, whose, scale, write, filled=place < FILLED, small=small)
    left = len(rows) - len(shown)
    if left > 0 and len(shown) < MOST:
        word = f"Show {min(MORE, left)} more of {left:,}"
        st.button(word, key="more-visits", on_click=_more, args=(len(shown),))


def _more(shown: int) -> None:
    st.query_params[SHOWN] = str(shown + MORE)


def one(
    listed: Listed,
    due: Mapping[str, Due],
    whose: Panels,
    scale: Scale,
    write: Amounts,
    *,
    filled: bool = False,
    small: bool = False,
) -> None:
    """One card with its buttons. All its words are one element: a page of cards must stay cheap."""
    row, key = listed.row, listed.row.practice_id
    late = due[key]
    where = " \u00b7 ".join(part for part in (late.town, late.seen, *whose.names(key)) if part)
    left = marks.who(str(row.rank), name_of(key), where, late.overdue, tags(listed))
    words = marks.card(left, why(listed, small), marks.brings(row.gain, row.low, row.high, scale, write))
    with st.container(border=True, horizontal=not small, vertical_alignment="center", gap="small", key=f"card-{key}"):
        html(words, width="stretch")
        if choose.asked(key):
            choose.reasons(key)
        elif small:
            with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"do-{key}"):
                choose.buttons(listed, filled)
        else:
            choose.buttons(listed, filled)


def why(listed: Listed, small: bool = False) -> str:
    """Its reasons, and what speaks against it."""
    reasons = [str(each["says"]) for each in listed.row.reasons]
    against = [*listed.not_for, *(str(each["says"]) for each in listed.row.against)]
    return marks.why(reasons[:ON_PHONE] if small else reasons, against[:1] if small else against)


def tags(listed: Listed) -> list[str]:
    """What is marked on a card: a choice, and a draw by lot with its probability."""
    found = ["Accepted"] if listed.accepted else ["Pinned"] if listed.pinned else []
    if listed.by_lot and listed.probability is not None:
        found.append(marks.drawn_tag(listed.probability))
    return found


def picture(level: float, write: Amounts) -> None:
    """What stands over the cards."""
    unit = "Margin" if write.money else "Extra referrals to us"
    parts.picture(
        "Ranked by what one more visit next month should bring",
        f"{unit} in the half year after it, against staying away. Pale bar: {level:.0%} interval. Hairline: zero.",
    )
