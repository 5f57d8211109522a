"""One barrier: what it is, what is at stake, what can be changed, what was done when."""

from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from liaison.fieldwork.barrier_board import Board, OnBoard, Told, history
from liaison.fieldwork.barrier_steps import barrier_now
from liaison.fieldwork.patient_words import NO_PATIENTS
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.metrics.figure import date_words
from liaison.metrics.findings.barriers import barrier_headline
from liaison.store import reading
from liaison.ui import entries, homes, links, parts, states, texts
from liaison.ui.barriers import asked, clash, held, steps
from liaison.ui.barriers.held import Record
from liaison.ui.barriers.rows import due
from liaison.ui.markup import html
from liaison.vocabulary import BarrierKind, BarrierSource, BarrierStatus, comparison_key

PARAM = "barrier"
STATE = {
    BarrierStatus.open: "open",
    BarrierStatus.resolved: "resolved",
    BarrierStatus.loop_closed: "told",
    BarrierStatus.voided: "voided",
}


def open_one(key: str) -> None:
    """The URL names the barrier: the page shows it."""
    for param in ("new", "view"):
        st.query_params.pop(param, None)
    st.query_params[PARAM] = key


def show(key: str) -> None:
    """Head, facts and form side by side, then its history; instead of the form the choice between two versions."""
    now = asked.now()
    row = now.one(key)
    if row is None:
        parts.head("Barriers", "This barrier is not on record")
        states.off("There is no barrier with this id", "It may have been taken out with the import that brought it.")
        _back()
        return
    record = held.opened(key)
    parts.head(
        "Barriers", barrier_headline(row.kind.label, row.where, STATE[row.status], row.days, row.late).rstrip(".")
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="barrier-ways"):
        _back()
        if row.practice_id:
            links.link(entries.PRACTICE, "Practice", practice=row.practice_id)
            links.link(entries.FUNNEL, "What is stuck", by="practice", row=row.practice_id)
    if said := held.done():
        parts.band(f"**{said}.**")
    undecided = held.clash(key)
    if undecided is None and record["version"] != row.values["version"]:
        parts.band("**Somebody saved this barrier meanwhile.** What you typed stays; Save shows you both.")
    left, right = st.columns([9, 11], gap="large")
    with left:
        _facts(row, now)
    with right:
        if undecided is not None:
            clash.show(undecided, barrier_now(homes.home().store, key), now.team)
        else:
            _form(row, record, now)
    _history(row, now)


def _back() -> None:
    st.button("All barriers", icon=":material/list:", type="tertiary", key="all-barriers", on_click=_all)


def _all() -> None:
    st.query_params.pop(PARAM, None)


def _facts(row: OnBoard, now: Board) -> None:
    v, people = row.values, now.team
    heard = BarrierSource(v["source"]).label if v["source"] else "Not said"
    by = f", {people.get(v['raised_by'], v['raised_by'])}" if v["raised_by"] else ""
    facts = [("Raised", f"{_day(v['raised_on'])} ({heard.lower()}{escape(by)})"), ("State", due(row, _whom(row, now)))]
    if v["resolution"]:
        facts.append(("Resolution", f"{escape(v['resolution'])} ({_day(v['resolved_on'])})"))
    if v["loop_closed_on"]:
        facts.append(("Told by", f"{escape(people.get(v['loop_closed_by'], str(v['loop_closed_by'])))}"))
    for column, label in (("unresolved", "Unresolved"), ("reopened", "Came back"), ("voided", "Voided")):
        if v[column]:
            facts.append((label, escape(v[column])))
    if v["at_stake"]:
        facts.append(("Stuck then", f"{v['at_stake']:,.0f} referrals when it was opened"))
    parts.picture("Where it stands", "")
    rows = "".join(
        f'<div role="listitem"><span class="q">{label}</span><div>{said}</div></div>' for label, said in facts
    )
    html(f'<div class="lz-facts" role="list">{rows}</div>')
    _stake(row)


def _whom(row: OnBoard, now: Board) -> str:
    if not row.escalated:
        return ""
    return f", escalated to {' and '.join(now.managers)}" if now.managers else ", and no manager is on record"


def _stake(row: OnBoard) -> None:
    """The referrals at stake, with the papers of the figure."""
    found = asked.at_stake(row)
    if found is None:
        parts.note("It names no practice, so no referrals can be set beside it.")
        return
    line = row.values["service_line"]
    if not found.denominator:
        lines = asked.stuck().counts.get(row.practice_id or "", {})
        strange = line and comparison_key(line) not in lines
        parts.note("No referral of this practice is open" + (f" in a line called {line}." if strange else "."))
        return
    st.metric(f"Stuck referrals {f'to {line}' if line else 'in all lines'}", f"{found.numerator:,}")
    parts.note(found.papers())


def _form(row: OnBoard, record: Record, now: Board) -> None:
    parts.picture("What is to be done", NO_PATIENTS)
    left, right = st.columns(2, gap="small")
    with left:
        _choice(record, "kind", "Kind", {k.value: k.label for k in BarrierKind})
        _text(record, "department", "Department")
        _choice(record, "service_line", "Service line", asked.lines(record["service_line"]))
    with right:
        owner = record["owner"]
        people = dict(now.team) | ({owner: row.owner or owner} if owner and owner not in now.team else {})
        _choice(record, "owner", "Owner", people)
        day = date.fromisoformat(record["due_on"]) if record["due_on"] else None
        st.date_input("Due", value=day, key=held.field(record, "due_on"))
    texts.area("What is wrong", record["what"], most=PARAGRAPH, key=held.field(record, "what"), height=110)
    changed = held.typed(record)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="thumb"):
        st.button("Save", type="primary", key="save-barrier", on_click=_save)
        if changed:
            parts.note(f"{len(changed)} field{'' if len(changed) == 1 else 's'} changed, not saved yet.")
    steps.show(record, row.status, now.team)


def _save() -> None:
    held.keep(held.unsaved(), "Saved")


def _choice(record: Record, column: str, label: str, named: dict[str, str]) -> None:
    options = list(named)
    st.selectbox(
        label,
        options,
        index=options.index(record[column]) if record[column] in options else None,
        format_func=lambda value: named.get(value, value),
        placeholder={"owner": "Nobody yet", "service_line": "All lines"}.get(column, "Choose"),
        key=held.field(record, column),
    )


def _text(record: Record, column: str, label: str) -> None:
    texts.line(label, record[column] or "", most=LINE, key=held.field(record, column))


def _history(row: OnBoard, now: Board) -> None:
    zone = homes.home().settings.time_zone
    with reading(homes.home().store) as connection:
        told = history(connection, row.key, now.team)
    parts.picture("What was done", "Newest first; nothing is ever taken out.")
    html('<div role="list">' + "".join(_told(each, zone) for each in told) + "</div>")


def _told(one: Told, zone: ZoneInfo) -> str:
    when = datetime.fromisoformat(one.at).astimezone(zone)
    return (
        f'<div class="lz-lose" role="listitem"><span><strong>{escape(one.actor)}</strong> '
        f'{escape("; ".join(one.said))}</span><span class="q">{date_words(when.date())}, {when:%H:%M}</span></div>'
    )


def _day(text: str) -> str:
    return date_words(date.fromisoformat(text))
