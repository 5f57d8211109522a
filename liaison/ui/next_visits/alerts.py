"""What changed beyond chance, each with its evidence; put off, handed over, judged; and what such a list is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st

from liaison.fieldwork.panels import Panels
from liaison.metrics.findings.alerts import WORDS, alerts_headline, change_words, kind_words, tally
from liaison.models import stored
from liaison.models.stored import Standing
from liaison.models.stored.alerts import ASSIGNED, OUTCOME, SNOOZED, found
from liaison.ui import entries, homes, links, lists, parts, states
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.markup import html
from liaison.ui.next_visits.asked import Cut, Lies, Newest, name_of
from liaison.ui.next_visits.head import NAME
from liaison.ui.states import guarded
from liaison.ui.style import phone

LIST = "alerts"
PUT_OFF = 30  # days
_HANDED = "lz-handing-over"
FIRST, MORE = 10, 10
SHOWN = "alerts"
TOGETHER = "The small practices together"


@dataclass(frozen=True)
class Told:
    """Alerts that are to be looked at, and those that are put off or judged."""

    open: tuple[Standing, ...]
    aside: tuple[Standing, ...]


def parted(alerts: Sequence[Standing], by: Cut, lying: Mapping[str, Lies], whose: Panels) -> Told:
    """As the list is cut; an alert that was handed to somebody is that person's too."""
    kept = [one for one in alerts if _keeps(one, by, lying, whose)]
    aside = [one for one in kept if one.snoozed_until or one.real is False]
    return Told(tuple(one for one in kept if one not in aside), tuple(aside))


def _keeps(one: Standing, by: Cut, lying: Mapping[str, Lies], whose: Panels) -> bool:
    if by.liaison and one.assigned_to == by.liaison:
        return True
    if one.practice_id is None:
        return not (by.territory or by.practice_type or by.liaison or by.day)
    return by.keeps(one.practice_id, lying.get(one.practice_id), whose)


def head(told: Told) -> None:
    """The sentence of this view."""
    counts = {kind: sum(one.kind == kind for one in told.open) for kind in WORDS}
    worst = next((one for one in told.open if one.change < 0 and one.practice_id), None)
    parts.head(NAME, alerts_headline(counts, name_of(worst.practice_id) if worst and worst.practice_id else None))


def show(now: Newest, told: Told, whose: Panels) -> None:
    """The odds first: whoever reads a list of alarms must know how many of them are false."""
    outlook = (now.run.outlook or {}).get("alerts")
    if outlook is None:
        states.off("Too few months for alerts", "They need sixteen complete months of referrals.")
        return
    _odds(outlook)
    if not told.open:
        parts.picture("No alert stands here", "Nothing among these practices changed beyond chance, or all is put off.")
    shown = told.open[: _many()]
    lists.remember(LIST, [one.practice_id for one in told.open if one.practice_id], "Alerts")
    for one in shown:
        _card(one, whose)
    left = len(told.open) - len(shown)
    if left:
        st.button(f"Show {min(MORE, left)} more of {left:,}", key="more-alerts", on_click=_more, args=(len(shown),))
    if told.aside:
        with st.expander(f"Put off or not real: {len(told.aside):,}"):
            for one in told.aside:
                _aside(one)


def _many() -> int:
    given = st.query_params.get(SHOWN, "")
    return max(FIRST, min(int(given), 200)) if given.isdigit() and len(given) < 5 else FIRST


def _more(shown: int) -> None:
    st.query_params[SHOWN] = str(shown + MORE)


def _odds(outlook: Mapping[str, object]) -> None:
    """How often chance raises one, how many real falls are found, and what people found so far."""
    said = dict(outlook["odds"])["says"] if isinstance(outlook.get("odds"), dict) else ""  # type: ignore[call-overload]
    so_far = found(homes.home().store)
    watched = f"{outlook['watched_alone']:,} practices are watched alone, {outlook['watched_together']:,} together."
    parts.picture("What these alerts are worth", str(said))
    parts.note(f"{watched} {tally(so_far.real, so_far.not_real)}")


def _card(one: Standing, whose: Panels) -> None:
    small, key = phone(), f"alert-{one.alert_key}"
    with st.container(border=True, horizontal=not small, vertical_alignment="center", gap="small", key=key):
        html(words(one, whose), width="stretch")
        if small:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _buttons(one, whose)
        else:
            _buttons(one, whose)


def words(one: Standing, whose: Panels) -> str:
    """Who and what, then the evidence."""
    name = name_of(one.practice_id) if one.practice_id else TOGETHER
    given = f"With {whose.team.get(one.assigned_to, one.assigned_to)}" if one.assigned_to else ""
    tags = [tag for tag in (given, "Found real" if one.real else "") if tag]
    marked = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    ink = "out" if one.change < 0 else "us"
    return (
        f'<div class="lz-see lz-visit"><div class="who"><h4>{escape(name)}</h4>'
        f'<p><b class="{ink}">{escape(kind_words(one.kind))}</b> \u00b7 {escape(change_words(one.change))}</p>'
        f"<p>{_likely(one.odds)} likely to be real</p>{marked}</div>"
        f'<div class="why"><p>{escape(one.says)}</p>{_lines(one)}</div></div>'
    )


def _likely(odds: float) -> str:
    """No alert is certain."""
    return "over 99%" if odds > 0.99 else f"{odds:.0%}"


def _lines(one: Standing) -> str:
    """The service lines that moved most, where they are known."""
    moved = [each for each in one.by_line if each["line"] and abs(each["seen"] - each["expected"]) >= 1]
    moved.sort(key=lambda each: -abs(each["seen"] - each["expected"]))
    said = [_moved(each) for each in moved[:2]]
    return f'<p class="q">{escape("; ".join(said))}</p>' if said else ""


def _moved(part: Mapping[str, Any]) -> str:
    """'Cardiology: none where 19 were expected'."""
    seen, expected = round(part["seen"]), round(part["expected"])
    where = f" where {expected} {'was' if expected == 1 else 'were'} expected" if expected else ""
    return f"{_line(part['line'])}: {seen or 'none'}{where}"


def _line(key: str) -> str:
    return homes.live().label_of.get(("service_line", key), key)


def _buttons(one: Standing, whose: Panels) -> None:
    """Was it real; put off; hand over, whose field comes when it is asked for: a page of alerts must stay cheap."""
    key = one.alert_key
    real = {"real": True}
    st.button("Real", key=f"real-{key}", on_click=_note, args=(key, OUTCOME), kwargs=real, disabled=bool(one.real))
    st.button("Not real", key=f"unreal-{key}", on_click=_note, args=(key, OUTCOME), kwargs={"real": False})
    st.button("Put off a month", key=f"snooze-{key}", on_click=_snooze, args=(key,))
    if st.session_state.get(_HANDED) == key:
        _hand(one, whose)
    else:
        st.button("Hand over", key=f"hand-{key}", type="tertiary", on_click=_ask_whom, args=(key,))
    if one.practice_id:
        links.link(entries.PRACTICE, "Story", practice=one.practice_id, list=LIST)


def _snooze(key: str) -> None:
    _note(key, SNOOZED, until=(date.fromisoformat(today()) + timedelta(days=PUT_OFF)).isoformat())


def _ask_whom(key: str) -> None:
    st.session_state[_HANDED] = key


def _hand(one: Standing, whose: Panels) -> None:
    """Whose it is; taken out again, it is nobody's."""
    field = f"assign-{one.alert_key}"
    st.selectbox(
        "Hand to",
        list(whose.team),
        index=list(whose.team).index(one.assigned_to) if one.assigned_to in whose.team else None,
        format_func=lambda who: whose.team.get(who, who),
        placeholder="Hand to",
        key=field,
        on_change=_assigned,
        args=(one.alert_key,),
        label_visibility="collapsed",
        width=190,
    )


def _assigned(key: str) -> None:
    _note(key, ASSIGNED, person_id=st.session_state.get(f"assign-{key}"))
    st.session_state.pop(_HANDED, None)


def _aside(one: Standing) -> None:
    name = name_of(one.practice_id) if one.practice_id else TOGETHER
    why = "not real" if one.real is False else f"put off until {one.snoozed_until}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        parts.note(f"{name}: {kind_words(one.kind).lower()}, {change_words(one.change)}; {why}.")
        st.button("Take back", key=f"back-{one.alert_key}", on_click=_take_back, args=(one,))


def _take_back(one: Standing) -> None:
    if one.snoozed_until:
        _note(one.alert_key, SNOOZED)
    if one.real is False:
        _note(one.alert_key, OUTCOME)


def _note(key: str, action: str, **more: object) -> None:
    guarded(lambda: stored.note_alert(homes.home().store, key, action, actor=viewer().name, **more))  # type: ignore[arg-type]
