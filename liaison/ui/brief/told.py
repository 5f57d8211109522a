"""What a brief says, part by part."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from liaison.fieldwork.one_practice import Record
from liaison.fieldwork.promises import Promise, keep_promise
from liaison.metrics.findings.brief import day_words
from liaison.metrics.practice_lines import LineOfPractice, PracticeLines
from liaison.planning import directions
from liaison.planning.stored.offices import Office
from liaison.reports.brief import Brief, in_today, told
from liaison.ui import homes, parts, reach
from liaison.ui.ask import viewer
from liaison.ui.brief.asked import Asked
from liaison.ui.clock import today
from liaison.ui.markup import html
from liaison.ui.states import guarded

LINES, PEOPLE = 6, 6
AT_DOOR, BARRIERS = 3, 2  # people and barriers on the first screen of a phone
OPENS = 'target="_blank" rel="noopener noreferrer"'


def place(found: Asked) -> None:
    """Address, ways there, call; hours, parking, how often."""
    record = found.brief.record
    if record is None:
        parts.note("This practice is not on record: it is known by the name that files give it.")
        return
    lines = ['<p class="now">Do not visit</p>'] if record["do_not_visit"] else []
    where = ", ".join(str(part) for part in (record["address"], record["city"], record["zip"]) if part)
    lines += [f'<p class="where">{escape(where)}</p>'] if where else []
    lines += [_ways(found.office, record["phone"] or "")]
    notes = [f"Open {record['hours'].replace(';', ', ')}"] if record["hours"] else []
    notes += [f"Parking: {record['parking']}"] if record["parking"] else []
    notes += [f"To be seen {record['frequency']}"] if record["frequency"] else []
    lines += [f"<p>{escape(' · '.join(notes))}</p>"] if notes else []
    lines += [f'<p class="now">{escape(each)}</p>' for each in found.brief.overdue]
    html(f'<div class="lz-see lz-brief">{"".join(lines)}</div>')


def _ways(office: Office | None, number: str) -> str:
    each = ""
    if office and office.lat is not None and office.lon is not None:
        to = (office.lat, office.lon)
        named = {"Google": directions.google(to), "Apple": directions.apple(to), "Waze": directions.waze(to)}
        each = "".join(
            f'<a href="{escape(url)}" {OPENS} aria-label="Directions in {name}">{name}</a>'
            for name, url in named.items()
        )
    call = reach.call(number, f"Call {number}") if number else ""
    return f'<p class="ways">{each}{call}</p>' if each or call else ""


def openers(found: Asked, *, small: bool = False) -> None:
    """Two or three ways to begin."""
    items = [escape(one.says) for one in found.brief.openers]
    said = "" if small else "Made from records and referrals by rules."
    _part("How to begin", said, _items(items, "ol", "Nothing calls for a word."))


def why(found: Asked, *, small: bool = False) -> None:
    """Its reasons in the list of next visits, as they were stored, and what speaks against it: on a phone, below."""
    made = found.brief
    place = made.place or ("It is not in the list of next visits." if found.listed else "No list is made yet.")
    items = [escape(each) for each in made.why] + ([] if small else _against(made))
    _part("Why now", place, _items(items, "ul", ""))


def _against(made: Brief) -> list[str]:
    return [f'<span class="q">Against: {escape(each)}</span>' for each in made.against]


def promise(found: Asked) -> None:
    """The open promise with its one press."""
    if found.brief.promise is not None:
        _promise(found.brief.promise)


def touches(found: Asked) -> None:
    """The last touches."""
    said = [escape(told(touch)) for touch in found.brief.touches]
    _part("Last touches", "", _items(said, "ul", "None is on record."))


def rest(found: Asked) -> None:
    """On a phone, what did not fit the first screen: more people and barriers, and what speaks against a visit."""
    made = found.brief
    if against := _against(made):
        _part("Against a visit", "", _items(against, "ul", ""))
    if len(everybody := _everybody(found)) > AT_DOOR:
        _part("Who else is there", "", _rows(everybody[AT_DOOR:], ""))
    if more := _barriers(made)[BARRIERS:]:
        _part("More barriers", "", _items(more, "ul", ""))


def _promise(one: Promise) -> None:
    late = one.late(today())
    by = f"by {day_words(one.on)}" if one.on else "without a day"
    mark = f' <span class="now">{late:,} day{"" if late == 1 else "s"} late</span>' if late else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="brief-promise"):
        line = f'<b>{escape(one.what)}</b>, {by}{mark}<br><span class="q">Promised by {escape(one.who)}</span>'
        html(f'<div class="lz-see lz-brief"><p class="said">{line}</p></div>', width="stretch")
        st.button("Kept", key="brief-kept", icon=":material/check:", on_click=_kept, args=(one,))


def _kept(one: Promise) -> None:
    guarded(
        lambda: keep_promise(homes.home().store, one.visit_id, one.version, today(), actor=viewer().name),
    )


def people(found: Asked, *, small: bool = False) -> None:
    """Who coordinates referrals, then who works there: those who are in today first."""
    made = found.brief
    inside = sum(bool(in_today(each, made.day)) for each in made.providers)
    said = f"{inside} in today by their days on record." if made.providers else ""
    rows = _everybody(found)
    _part("Who is there", said, _rows(rows[:AT_DOOR] if small else rows, "Nobody is on record here."))


def _everybody(found: Asked) -> list[str]:
    made = found.brief
    inside = [each for each in made.providers if in_today(each, made.day)]
    others = [each for each in made.providers if each not in inside]
    shown = [*inside, *others][:PEOPLE]
    rows = [_person(c["name"], c["job"] or "Contact", _reach(c)) for c in made.contacts]
    rows += [_person(p["name"], _inside(p, made.day), escape(_days(p))) for p in shown]
    more = len(made.providers) - len(shown)
    rows += [_person(f"{more} more", "providers", "")] if more else []
    return rows + [_person(name, "looks after it", "") for name in made.liaisons]


def _reach(contact: Record) -> str:
    call = reach.call(contact["phone"]) if contact["phone"] else ""
    mail = reach.mail(contact["email"], contact["name"]) if contact["email"] else ""
    return f"{call} {mail}".strip()


def _inside(provider: Record, day: str) -> str:
    return {True: "in today", False: "not in today", None: ""}[in_today(provider, day)]


def _days(provider: Record) -> str:
    return (provider["in_office"] or "days not known").replace(";", " ")


def _person(name: str, what: str, beside: str) -> str:
    """`beside` is HTML of ours already."""
    return (
        f'<div class="lz-lose" role="listitem"><span><strong>{escape(str(name))}</strong> '
        f'<span class="q">{escape(what)}</span></span><span class="q">{beside}</span></div>'
    )


def barriers(found: Asked, *, small: bool = False) -> None:
    """Open ones with their days, and solved ones of which the practice has not heard."""
    made = found.brief
    many = sum(1 for each in made.barriers if each.open)
    title = "No barrier is open" if not many else f"{many:,} open barrier{'' if many == 1 else 's'}"
    _part(title, "", _items(_barriers(made)[: BARRIERS if small else None], "ul", ""))


def _barriers(made: Brief) -> list[str]:
    return [escape(each.says(made.day)) for each in made.barriers]


def bring(found: Asked) -> None:
    """Materials that are out of date there, or that it never got."""
    if found.brief.bring:
        _part("Bring", "", _items([escape(each) for each in found.brief.bring], "ul", ""))


def changed(found: Asked) -> None:
    """What moved by line beyond chance, then the lines themselves."""
    lines = found.brief.lines
    said = " ".join(found.brief.changed) or "Nothing moved beyond chance by line"
    shown = [row for row in lines.rows if row.now or row.before][:LINES]
    _part(said, _windows(lines), _rows([_line(row) for row in shown], "No referral of it is in these data."))


def _windows(lines: PracticeLines) -> str:
    if lines.window is None:
        return ""
    return f"Referrals, {lines.window}" + (f"; before: {lines.before}." if lines.before else ".")


def _line(row: LineOfPractice) -> str:
    before = "" if row.before is None else f"before {row.before:,}"
    return _person(row.label, before, f"<strong>{row.now:,}</strong>")


def _items(items: Sequence[str], tag: str, none: str) -> str:
    """A list; `items` are HTML of ours already."""
    if not items:
        return f'<p class="q">{escape(none)}</p>' if none else ""
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _rows(rows: Sequence[str], none: str) -> str:
    return f'<div role="list">{"".join(rows)}</div>' if rows else f'<p class="q">{escape(none)}</p>'


def _part(title: str, beneath: str, body: str) -> None:
    """A heading with what it says, in one element: a phone's screen has no room for the space between two."""
    note = f"<p>{escape(beneath)}</p>" if beneath else ""
    html(f'<div class="lz-brief lz-see"><div class="lz-pic"><h3>{escape(title)}</h3>{note}</div>{body}</div>')
