"""The rows of the list: what, where, by when, and the one press that settles it or the page that helps."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from liaison.fieldwork.agenda import Item, What
from liaison.planning import directions
from liaison.planning.stored.my_day import MyDay
from liaison.planning.stored.offices import Office
from liaison.planning.stored.words import day_words
from liaison.ui import entries, links, lists, reach
from liaison.ui.markup import html
from liaison.ui.my_day import asked, settled
from liaison.ui.style import phone

LIST = "my-day"
FIRST, ON_PHONE = 6, 3  # rows of a part, before all of them are asked for
WORDS = {
    What.task: "Task",
    What.promise: "Promised",
    What.barrier: "Barrier",
    What.told: "Tell them",
    What.visit: "Visit",
    What.event: "Event",
}
PRESS = {What.task: "Done", What.promise: "Kept", What.told: "Told"}
OPENS = 'target="_blank" rel="noopener noreferrer"'


def show(found: MyDay, part: str, title: str, beneath: str, items: Sequence[Item]) -> None:
    """One part of the list; today's is never cut."""
    note = f"<p>{escape(beneath)}</p>" if beneath else ""
    html(f'<div class="lz-day"><div class="lz-pic"><h3>{escape(title)}</h3>{note}</div></div>')
    small = phone()  # asked once: every look at the headers of a request costs
    first = len(items) if part == "today" else ON_PHONE if small else FIRST
    every = len(items) <= first or st.session_state.get(f"my-day-{part}", False)
    shown = items if every else items[:first]
    stops = tuple(sorted({i.practice_id for i in shown if i.what is What.stop and i.practice_id}))
    places = asked.places(stops) if stops else {}
    if part == "today":
        lists.remember(LIST, [i.practice_id for i in shown if i.what is What.stop and i.practice_id], "My day")
    for place, item in enumerate(shown):
        _row(found, f"{part}-{place}", item, places.get(item.practice_id or ""), small)
    if len(items) > first:
        st.toggle(f"All {len(items):,}", key=f"my-day-{part}")


def _row(found: MyDay, key: str, item: Item, office: Office | None, small: bool) -> None:
    with st.container(
        horizontal=not small, vertical_alignment="center", gap=None if small else "small", key=f"do-{key}"
    ):
        html(words(item, found.today, office), width="stretch")
        with st.container(
            horizontal=True,
            gap="small",
            vertical_alignment="center",
            width="stretch" if small else "content",
            key=f"act-{key}",
        ):
            if item.what in PRESS:
                st.button(
                    PRESS[item.what],
                    key=f"settle-{key}",
                    icon=":material/check:",
                    on_click=settled.settle,
                    args=(item, found.person_id),
                )
            if item.what is What.stop and not item.done:
                about = {"practice": item.practice_id or "", "liaison": found.person_id}
                links.link(entries.LOG, "Log", icon=entries.LOG.icon, **about)
            if item.practice_id:
                links.link(entries.BRIEF, "Brief", icon=":material/badge:", practice=item.practice_id)


def words(item: Item, today: str, office: Office | None) -> str:
    """When, what, for whom; the ways to a stop."""
    if item.what is What.stop:
        head, what = item.practice, item.title
    else:
        head, what = item.title, " · ".join(part for part in (WORDS[item.what], item.practice) if part)
    if item.what is What.visit:
        head, what = item.practice, item.title
    tag = '<span class="tag">Seen</span>' if item.done else ""
    beside = escape(" · ".join(part for part in (what, item.beside) if part))
    ways = "" if item.done or office is None else _ways(office)
    return (
        f'<div class="lz-day row"><span class="at">{_when(item, today)}</span>'
        f"<div><h4>{escape(head)}{tag}</h4><p>{beside}</p>{ways}</div></div>"
    )


def _when(item: Item, today: str) -> str:
    """'09:10', '12 days late', 'Fri 4 Dec'."""
    if item.late:
        return f'<b class="now">{item.late:,} d late</b>'
    if item.on is None:
        return ""
    if item.on == today:
        return item.at or "Today"
    return f"{day_words(date.fromisoformat(item.on))}{' ' + item.at if item.at else ''}"


def _ways(office: Office) -> str:
    each = ""
    if office.lat is not None and office.lon is not None:
        to = (office.lat, office.lon)
        named = {"Google": directions.google(to), "Apple": directions.apple(to), "Waze": directions.waze(to)}
        each = "".join(
            f'<a href="{escape(url)}" {OPENS} aria-label="Directions to {escape(office.name)} in {name}">{name}</a>'
            for name, url in named.items()
        )
    call = reach.call(office.phone, "Call", f"Call {office.name}") if office.phone else ""
    return f'<p class="ways">{each}{call}</p>' if each or call else ""
