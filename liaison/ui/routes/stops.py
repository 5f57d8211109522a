"""The list: each stop with its time, the drive to it, ways into one's own map, its practice, and its changes."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from liaison.planning import directions
from liaison.planning.directions import Point
from liaison.planning.problem import at_clock
from liaison.planning.stored.offices import Office
from liaison.planning.stored.plans import DONE, StoredDay, StoredPlan, StoredStop
from liaison.planning.stored.words import day_words, minutes
from liaison.ui import entries, links, lists, parts, reach
from liaison.ui.markup import html
from liaison.ui.routes import change
from liaison.ui.routes.asked import View, name_of, others, places
from liaison.ui.style import phone
from liaison.vocabulary import Purpose

LIST = "route"
OPENS = 'target="_blank" rel="noopener noreferrer"'


def show(view: View, plan: StoredPlan) -> None:
    """One day with everything that can be done; of a week the days below each other."""
    lists.remember(LIST, [stop.practice_id for on in view.days for stop in plan.of(on)], "Routes")
    if view.day is not None:
        _day(view, plan, view.day)
        return
    parts.picture("The week", f"{view.worker.name}, from their start and back each day. A day opens above.")
    lie = places(plan)
    for on in view.days:
        known = plan.day(on)
        html(_week_day(on, known, plan.of(on), lie))


def _day(view: View, plan: StoredPlan, on: date) -> None:
    known, stops, lie = plan.day(on), plan.of(on), places(plan)
    parts.picture("The day", f"{view.worker.name}, from their start and back.{_locked(known)}")
    if not stops or known is None:
        parts.note("Nothing is planned on this day.")
        return
    html(_end("Leave", known.leave, _whole_day(plan, stops, lie)))
    met = others(view, [stop.practice_id for stop in stops if stop.state != DONE], on)
    folded = [name_of(stop.practice_id) for stop in stops if stop.state == DONE] if phone() else []
    if folded:
        parts.note(f"Seen: {', '.join(folded)}.")
    for number, stop in enumerate(stops, start=1):
        if folded and stop.state == DONE:
            continue
        id_ = stop.practice_id
        with st.container(key=f"stop-{id_}", gap=None):
            left, right = (
                (st.container(), st.container()) if phone() else st.columns([7, 4], vertical_alignment="center")
            )
            with left:
                html(_stop(number, stop, lie.get(id_), met.get(id_, "")))
            with (
                right,
                st.container(horizontal=True, gap="small", horizontal_alignment="right", vertical_alignment="center"),
            ):
                if stop.state != DONE:
                    word = "Close" if change.chosen() == id_ else "Change"
                    st.button(word, key=f"open-{id_}", type="tertiary", on_click=change.choose, args=(id_,))
                    links.link(entries.LOG, "Log", icon=entries.LOG.icon, practice=id_, liaison=view.worker.person_id)
                links.link(entries.BRIEF, "Brief", icon=":material/badge:", practice=id_)
                links.link(entries.PRACTICE, "Practice", practice=id_, list=LIST)
        if change.chosen() == id_ and stop.state != DONE:
            change.stop(view, plan, stop, view.worker.dates())
    html(_end("Back", known.back, ""))


def _locked(day: StoredDay | None) -> str:
    return " Locked: nothing planned anew touches it." if day and day.locked else ""


def _stop(number: int, stop: StoredStop, office: Office | None, met: str) -> str:
    """Time, number, name; where, what for, how long; the drive before it; who else goes there; ways into a map."""
    done = stop.state == DONE
    about = [office.city if office else "", Purpose(stop.purpose).label, minutes(stop.depart - stop.arrive)]
    if stop.wait >= 100:
        about.append(f"{minutes(stop.wait)} early")
    if office and office.parking:
        about.append(f"Parking: {office.parking}")
    marks = [word for word, on in (("Seen", done), ("Pinned", stop.pinned), ("Agreed", stop.agreed is not None)) if on]
    tags = "".join(f'<span class="tag">{word}</span>' for word in marks)
    ways = "" if done or office is None else _ways(office)
    said = escape(" \u00b7 ".join(part for part in about if part))
    also = f'<p class="now">{escape(met)}</p>' if met else ""
    return (
        f'<div class="lz-route"><span class="at">{at_clock(stop.arrive)}</span>'
        f'<span class="{"no done" if done else "no"}">{number}</span>'
        f'<div><p class="q">{minutes(stop.drive)} drive</p><h4>{escape(name_of(stop.practice_id))}{tags}</h4>'
        f"<p>{said}</p>{also}{ways}</div></div>"
    )


def _ways(office: Office) -> str:
    if office.lat is None or office.lon is None:
        return ""
    to = (office.lat, office.lon)
    named = {"Google": directions.google(to), "Apple": directions.apple(to), "Waze": directions.waze(to)}
    each = "".join(
        f'<a href="{escape(url)}" {OPENS} aria-label="Directions to {escape(office.name)} in {name}">{name}</a>'
        for name, url in named.items()
    )
    word = "Call" if phone() else office.phone
    call = reach.call(office.phone, word, f"Call {office.name}") if office.phone else ""
    near = "" if office.exact else '<span class="q">the centre of its ZIP</span>'
    return f'<p class="ways">{each}{call}{near}</p>'


def _end(word: str, at: int, more: str) -> str:
    return (
        f'<div class="lz-route end"><span class="at">{at_clock(at)}</span><span class="no base"></span>'
        f"<div><p>{word}</p>{more}</div></div>"
    )


def _whole_day(plan: StoredPlan, stops: Sequence[StoredStop], lie: dict[str, Office]) -> str:
    """What is left of the day as one way, in as many parts as Google's addresses take."""
    start: Point = (plan.papers["start"][0], plan.papers["start"][1])
    open_ = [lie[s.practice_id] for s in stops if s.state != DONE and s.practice_id in lie]
    points = [(o.lat, o.lon) for o in open_ if o.lat is not None and o.lon is not None]
    urls = directions.google_day([start, *points, start], phone=phone()) if points else []
    words = [f"Part {n}" if len(urls) > 1 else "Whole day" for n in range(1, len(urls) + 1)]
    each = "".join(f'<a href="{escape(url)}" {OPENS}>{word}</a>' for word, url in zip(words, urls, strict=True))
    return f'<p class="ways"><span class="q">The day in Google Maps:</span>{each}</p>' if each else ""


def _week_day(on: date, day: StoredDay | None, stops: Sequence[StoredStop], lie: dict[str, Office]) -> str:
    """One day of the week: its line, then its stops."""
    if day is None or day.off or not stops:
        return f'<div class="lz-route week"><h4>{day_words(on)}</h4><p class="q">{_empty(day)}</p></div>'
    said = f"{at_clock(day.leave)} to {at_clock(day.back)}, {minutes(day.driving)} of driving"
    rows = "".join(
        f"<li><b>{at_clock(stop.arrive)}</b> {escape(name_of(stop.practice_id))}"
        f'<span class="q"> {escape(lie[stop.practice_id].city if stop.practice_id in lie else "")}</span></li>'
        for stop in stops
    )
    lock = '<span class="tag">Locked</span>' if day.locked else ""
    return f'<div class="lz-route week"><h4>{day_words(on)}{lock}</h4><p class="q">{said}</p><ol>{rows}</ol></div>'


def _empty(day: StoredDay | None) -> str:
    return "Day off." if day and day.off else "Nothing is planned."
