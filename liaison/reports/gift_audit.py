"""A calendar year of the gift ledger as an auditor reads it, on paper and as a workbook, from the ledger alone.

Physicians stand by name, never by what they send or how much they were given.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from liaison.fieldwork.gift_ledger import Audited, Balance, Entry
from liaison.fieldwork.gift_words import DEFINITION, headline, warnings
from liaison.fieldwork.gifts import BY_OCCASION, COUNTED, Limit, dollars
from liaison.reports.export import as_book
from liaison.reports.paper import pdf
from liaison.vocabulary import GiftKind

LIMITS = "Gifts and meals, each physician and calendar year", "Benefits on the campus, each occasion"
HEAD = ["Day", "What", "Amount", "Occasion", "Given by", "Entered"]
WIDTHS = [1.5, 2.4, 1.3, 3.2, 1.5, 2.6]
VOIDED = ["Day", "What", "Amount", "Occasion", "Voided because", "Voided"], [1.5, 2, 1.3, 2.8, 2.6, 2.6]
_SAID = {
    "given_on": "day",
    "npi": "physician",
    "person_id": "given by",
    "practice_id": "practice",
    "meal_total": "cost of the meal",
    "ate": "how many ate",
    "voided": "reason for voiding",
    "override": "reason for the override",
}


def year_pdf(told: Audited, ours: str, now: datetime, by: str) -> bytes:
    """The year as a PDF. `ours`: what we are called; `now`: when it is printed, in the zone that times are given in."""
    parts = [*_limits(told), *_warnings(told), *_totals(told)]
    for name, npi in physicians(told):
        parts += _physician(told, name, npi, now)
    parts += [*_changes(told, now), _heading("How it is counted"), {"kind": "say", "text": DEFINITION}]
    printed = f"Printed {_moment(now)} ({now:%Z}) by {by}"
    data = {
        "title": f"Gift ledger {told.year}",
        "says": headline(told),
        "note": ". ".join(part for part in (ours, f"{_many(len(told.entries))}, voided ones too", printed) if part),
        "foot": f"Gift ledger {told.year}. {printed}.",
        "parts": parts,
    }
    return pdf("plain", data)


def year_book(told: Audited, ours: str, now: datetime, by: str) -> bytes:
    """The same as a workbook, dollars as numbers: Physicians, Entries, Changes, Limits, About."""
    sheets = {
        "Physicians": pd.DataFrame(
            [_balance(told, name, npi) for name, npi in physicians(told)],
            columns=["name", "npi", "given", "with override", "repaid", "on campus", "limit", "state"],
        ),
        "Entries": pd.DataFrame([each.as_json() for each in told.entries], columns=list(_entry_columns())),
        "Changes": pd.DataFrame(told.changes, columns=["gift_id", "at", "actor", "column", "before", "after"]),
        "Limits": pd.DataFrame(
            [
                {"limit": words, "year": told.year, "dollars": limit.cents / 100, "source": limit.source}
                for words, limit in _set(told)
            ],
            columns=["limit", "year", "dollars", "source"],
        ),
    }
    about = [f"Gift ledger {told.year}", ours, headline(told), *warnings(told), DEFINITION]
    about.append(f"Printed {_moment(now)} ({now:%Z}) by {by}. Times of entries and changes are UTC.")
    return as_book(sheets, [each for each in about if each])


def physicians(told: Audited) -> list[tuple[str, str]]:
    """(Name, NPI) of everybody with an entry, a voided one too, by name."""
    return sorted({(each.name, each.npi) for each in told.entries})


def _entry_columns() -> Iterable[str]:
    first = ("gift_id", "given_on", "npi", "name", "kind", "amount", "occasion", "by", "practice")
    return (*first, "meal_total", "ate", "override", "voided", "note", "entered_at", "entered_by")


def _balance(told: Audited, name: str, npi: str) -> dict[str, Any]:
    found = _of(told, npi)
    return {
        "name": name,
        "npi": npi,
        "given": found.given / 100 if found else 0.0,
        "with override": found.overridden / 100 if found else 0.0,
        "repaid": found.repaid / 100 if found else 0.0,
        "on campus": sum(each.cents for each in _campus(told.of(npi))) / 100,
        "limit": told.limit.cents / 100 if told.limit else None,
        "state": found.state if found else "nothing stands",
    }


def _set(told: Audited) -> list[tuple[str, Limit]]:
    both = zip(LIMITS, (told.limit, told.on_campus), strict=True)
    return [(words, limit) for words, limit in both if limit is not None]


def _limits(told: Audited) -> list[dict[str, Any]]:
    found = [[words, told.year, dollars(limit.cents), limit.source] for words, limit in _set(told)]
    if not found:
        return [_heading("Limits"), {"kind": "say", "text": f"No limit is on record for {told.year}."}]
    return [_heading("Limits"), _rows(["Limit", "Year", "Dollars", "Source"], found, [4, 1, 1.4, 4], [2])]


def _warnings(told: Audited) -> list[dict[str, Any]]:
    said = warnings(told) or ["Nobody is within a fifth of the limit, and nothing was overridden."]
    return [_heading("Warnings"), {"kind": "list", "items": said}]


def _totals(told: Audited) -> list[dict[str, Any]]:
    if not told.entries:
        return []
    rows = []
    for name, npi in physicians(told):
        found = _of(told, npi)
        campus = sum(each.cents for each in _campus(told.of(npi)))
        sums = (found.given, found.overridden, found.repaid) if found else (0, 0, 0)
        rows.append([name, npi, *(_money(each) for each in (*sums, campus)), _state(found)])
    head = ["Physician", "NPI", "Given", "Of it with override", "Repaid", "On campus", "State"]
    limit = f" Given is held against {dollars(told.limit.cents)}." if told.limit else ""
    says = f"Gifts and meals, by name.{limit} What was repaid and what was given on the campus are no part of it."
    widths = [3, 1.8, 1.4, 1.5, 1.4, 1.5, 2.2]
    return [_heading("Physicians"), {"kind": "note", "text": says}, _rows(head, rows, widths, [2, 3, 4, 5])]


def _physician(told: Audited, name: str, npi: str, now: datetime) -> list[dict[str, Any]]:
    every = told.of(npi)
    stand = [each for each in every if each.voided is None]
    found = _of(told, npi)
    given = dollars(found.given) if found else dollars(0)
    of = f" of {dollars(told.limit.cents)}" if told.limit else ""
    parts = [_heading(f"{name}, NPI {npi}"), {"kind": "note", "text": f"{given}{of} given. {_state(found)}."}]
    kinds = (
        ("Gifts and meals", [each for each in stand if each.kind in COUNTED]),
        ("Benefits on the campus", _campus(every)),
        ("Repaid", [each for each in stand if each.kind == GiftKind.repayment.value]),
    )
    for words, lines in kinds:
        if lines:
            total = f"{words}: {dollars(sum(each.cents for each in lines))}"
            parts += [
                {"kind": "say", "text": f"**{total}**"},
                _rows(HEAD, [_line(each, now) for each in lines], WIDTHS, [2]),
            ]
    gone = [each for each in every if each.voided is not None]
    if gone:
        parts += [
            {"kind": "say", "text": "**Voided, counted nowhere**"},
            _rows(VOIDED[0], [_voided(told, each, now) for each in gone], VOIDED[1], [2]),
        ]
    return parts


def _line(each: Entry, now: datetime) -> list[str]:
    shared = f", {dollars(each.meal_total)} for {each.ate}" if each.meal_total is not None and each.ate else ""
    more = [f"Override: {each.override}" if each.override else "", f"Note: {each.note}" if each.note else ""]
    occasion = "\n".join(part for part in (each.occasion, *more) if part)
    entered = f"{_moment(_local(each.entered_at, now))}, {each.entered_by}" if each.entered_at else ""
    what = f"{GiftKind(each.kind).label}{shared}"
    return [each.given_on, what, dollars(each.cents), occasion, each.by, entered]


def _voided(told: Audited, each: Entry, now: datetime) -> list[str]:
    """A line that does not stand: why, and who said so when; who entered it comes with its occasion."""
    day, what, amount, occasion, _, entered = _line(each, now)
    last = next(
        (c for c in reversed(told.changes) if (c["gift_id"], c["column"]) == (each.gift_id, "voided")),
        None,
    )
    by = f"{_moment(_local(last['at'], now))}, {last['actor']}" if last else entered
    return [day, what, amount, f"{occasion}\nEntered {entered}", each.voided or "", by]


def _changes(told: Audited, now: datetime) -> list[dict[str, Any]]:
    if not told.changes:
        return []
    lines = {each.gift_id: each for each in told.entries}
    rows = [
        [
            f"{_moment(_local(change['at'], now))}, {change['actor']}",
            f"{lines[change['gift_id']].given_on}, {lines[change['gift_id']].name}",
            _SAID.get(change["column"], change["column"]),
            _value(change["before"]),
            _value(change["after"]),
        ]
        for change in sorted(told.changes, key=lambda each: each["at"])
    ]
    head = ["Changed", "Entry", "What", "Before", "After"]
    return [_heading("Changed after it was entered"), _rows(head, rows, [2.2, 2.6, 1.8, 2.5, 2.5], [])]


def _of(told: Audited, npi: str) -> Balance | None:
    return next((each for each in told.balances if each.npi == npi), None)


def _campus(lines: Iterable[Entry]) -> list[Entry]:
    return [each for each in lines if each.kind == BY_OCCASION and each.voided is None]


def _state(found: Balance | None) -> str:
    return "Nothing stands" if found is None else f"{found.state[:1].upper()}{found.state[1:]}"


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "text": text}


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], right: list[int]) -> Any:
    return {"kind": "rows", "head": head, "rows": rows, "widths": widths, "right": right}


def _money(amount: int) -> str:
    return dollars(amount) if amount else ""


def _value(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _local(at: str, now: datetime) -> datetime:
    return datetime.fromisoformat(at).astimezone(now.tzinfo)


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M}"


def _many(entries: int) -> str:
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"
