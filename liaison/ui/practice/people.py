"""Where it is, how to reach it, and who works there."""

from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st

from liaison.fieldwork.one_practice import PracticeFile, Record
from liaison.metrics.figure import date_words
from liaison.metrics.one_practice import PracticeStory
from liaison.ui import parts, reach
from liaison.ui.clock import today
from liaison.ui.markup import html

FLAGS = {"do_not_visit": "Do not visit", "rural": "Rural", "safety_net": "Safety net"}


def card(found: PracticeStory, kept: PracticeFile, small: bool) -> None:
    """Address, phone, hours, parking, and what one must know before going."""
    record = kept.record
    if record is None:
        return
    flags = [words for name, words in FLAGS.items() if record[name]]
    lines = [_flags(flags)] if flags else []
    lines += [f'<p class="lz-say">{escape(where)}</p>'] if (where := _address(record)) else []
    lines += [f'<p class="lz-say">{reach.call(record["phone"])}</p>'] if record["phone"] else []
    what = [record["type"], found.lies.get("territory", ("", ""))[1]]
    notes = [", ".join(w for w in what if w)]
    notes += [f"Open {record['hours'].replace(';', ', ')}"] if record["hours"] else []
    notes += [f"Parking: {record['parking']}"] if record["parking"] else []
    notes += [f"To be seen {record['frequency']}"] if record["frequency"] else []
    lines += [f'<p class="lz-note">{escape(note)}</p>' for note in notes if note]
    html(f'<div class="lz-card">{"".join(lines)}</div>')
    if small and record["phone"] and not record["do_not_visit"]:
        with st.bottom, st.container(key="thumb"):
            st.link_button(
                f"Call {record['phone']}",
                reach.tel(record["phone"]),
                type="primary",
                icon=":material/call:",
                width="stretch",
            )


def _flags(flags: list[str]) -> str:
    marks = [f'<span class="{"now" if f == FLAGS["do_not_visit"] else ""}">{escape(f)}</span>' for f in flags]
    return f'<p class="lz-flags">{"".join(marks)}</p>'


def _address(record: Record) -> str:
    place = " ".join(str(record[c]) for c in ("state", "zip") if record[c])
    return ", ".join(str(p) for p in (record["address"], record["city"], place) if p)


def _reach(contact: Record) -> str:
    ways = [reach.call(contact["phone"])] if contact["phone"] else []
    ways += [reach.mail(contact["email"], contact["name"])] if contact["email"] else []
    return " ".join(ways)


def show(found: PracticeStory, kept: PracticeFile) -> None:
    """Providers now, with their days in the office; coordinators; who of the team looks after it."""
    now = today()
    here, gone = kept.working_on(now), kept.left_by(now)
    parts.picture(_finding(here, kept), "Days in the office as on record.")
    rows = [_row(p["name"], _days(p), _since(p)) for p in here]
    rows += [_row(p["name"], "left", f"until {_date(p['ends'])}") for p in gone]
    rows += [_row(c["name"], c["job"] or "Contact", _reach(c), raw=True) for c in kept.contacts]
    rows += [_row(a["name"] or a["person_id"], _looks_after(a), _since(a)) for a in kept.assigned_on(now)]
    if rows:
        _list(rows)
    else:
        parts.note("Nobody is on record here.")


def _finding(here: Iterable[Record], kept: PracticeFile) -> str:
    providers = len({p["npi"] for p in here})
    said = f"{providers} provider{'' if providers == 1 else 's'} work{'s' if providers == 1 else ''} here"
    contacts = len(kept.contacts)
    return f"{said}, {contacts} contact{'' if contacts == 1 else 's'} known" if contacts else said


def _days(provider: Record) -> str:
    return (provider["in_office"] or "days not known").replace(";", " ")


def _since(row: Record) -> str:
    return f"since {_date(row['starts'])}" if row["starts"] else ""


def _looks_after(row: Record) -> str:
    return (
        f"{(row['role'] or 'team').capitalize()}, {row['service_line']}" if row["service_line"] else "Assigned liaison"
    )


def _date(text: str) -> str:
    from datetime import date

    return date_words(date.fromisoformat(text))


def _row(who: Any, what: str, beside: str, raw: bool = False) -> str:
    """`raw`: `beside` is HTML of ours already."""
    aside = beside if raw else escape(beside)
    return (
        f'<div class="lz-lose" role="listitem"><span><strong>{escape(str(who))}</strong> '
        f'<span class="q">{escape(what)}</span></span><span class="q">{aside}</span></div>'
    )


def _list(rows: Iterable[str]) -> None:
    html('<div role="list">' + "".join(rows) + "</div>")
