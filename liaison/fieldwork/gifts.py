"""Gifts and meals to physicians, and the limit of a calendar year that they are held against.

Non-monetary compensation (42 CFR 411.357(k)): not solicited, no cash, at most the year's limit for each physician.
Benefits on the campus (411.357(m)) have a limit of their own, for each occasion. An entry that passes a limit is
refused unless it carries an override with its reason; `beside` says so at every write, so that no way leads past it. A
repayment never makes room for another gift: it mends what was too much, within the rule's own time.

The ledger stands alone: nothing that ranks, plans or counts referrals reads these tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.store.tables import gift, gift_limit, provider_place
from liaison.vocabulary import GiftKind

COUNTED = (GiftKind.gift.value, GiftKind.meal.value)  # towards the limit of the year
YEARLY, BY_OCCASION = GiftKind.gift.value, GiftKind.on_campus.value  # the two limits that there are
REPAID_WITHIN = 180  # days after the gift that passed the limit, in the same calendar year
# The first year on record: $535 for 2026 (42 CFR 411.357(k), indexed by CMS). Others are entered with their source.
SHIPPED = {(YEARLY, "2026"): (53_500, "CMS, CPI-U updates, 42 CFR 411.357(k)")}


def cents(amount: float | None) -> int:
    """Dollars as whole cents: sums of these are exact."""
    return round((amount or 0) * 100)


@dataclass(frozen=True)
class Limit:
    """What one physician may be given: `cents`, and who says so."""

    cents: int
    source: str


def limit_of(conn: Connection, kind: str, year: str) -> Limit | None:
    """The limit of a calendar year as entered, else the one that comes with the program; None where there is none."""
    at = gift_limit.c
    row = conn.execute(select(at.amount, at.source).where(at.kind == kind, at.year == year)).first()
    if row is not None:
        return Limit(cents(row.amount), row.source or "no source given")
    shipped = SHIPPED.get((kind, year))
    return Limit(*shipped) if shipped else None


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found = []
    amount = values.get("amount")
    if amount is not None and amount <= 0:
        found.append(Fault("amount", "is not above zero", "Give the dollars of this physician's share."))
    if amount is not None and abs(amount * 100 - round(amount * 100)) > 1e-6:
        found.append(Fault("amount", "has more than two decimals", "Give dollars and cents."))
    if values.get("kind") == GiftKind.meal.value and not (values.get("meal_total") and values.get("ate")):
        found.append(Fault("ate", "is missing, or meal_total is", "Say what the meal cost and how many ate."))
    return found + patient_faults(values, ("occasion", "override", "voided", "note"), values.get("given_on"))


def _beside(conn: Connection, key: str, values: Mapping[str, Any]) -> list[Fault]:
    """What must hold with the other entries of the physician and year."""
    if values.get("voided"):
        return []
    known = select(provider_place.c.key).where(provider_place.c.npi == values["npi"]).limit(1)
    if conn.scalar(known) is None:  # a wrong digit would begin a balance of its own
        return [Fault("npi", f"{values['npi']} is no provider on record", "Import providers first, or correct it.")]
    kind, year = values["kind"], str(values["given_on"])[:4]
    limit = limit_of(conn, BY_OCCASION if kind == BY_OCCASION else YEARLY, year)
    if limit is None:
        remedy = "Enter the year's limit with its source first; nothing can be checked without it."
        return [Fault("given_on", f"lies in {year}, for which no limit is on record", remedy)]
    if kind == GiftKind.repayment.value:
        return _repayment(conn, key, values, limit)
    row = conn.execute(select(gift).where(gift.c.key == key)).mappings().first()
    if values.get("override") or not _adds(None if row is None else dict(row), values):
        return []
    others = 0 if kind == BY_OCCASION else given(conn, values["npi"], year, but=key)
    over = others + cents(values["amount"]) - limit.cents
    return [_too_much(others, limit, over, by_occasion=kind == BY_OCCASION, year=year)] if over > 0 else []


def _adds(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Whether a write gives a physician more of a year than was on record, or takes an override away."""
    if before is None or before["voided"] or before["override"] or _account(before) != _account(after):
        return True
    return cents(after["amount"]) > cents(before["amount"])


def _account(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """What an entry is held against: the physician, the year, and which of the limits."""
    kind = values["kind"]
    return str(values["npi"]), str(values["given_on"])[:4], YEARLY if kind in COUNTED else str(kind)


def _too_much(others: int, limit: Limit, over: int, *, by_occasion: bool, year: str) -> Fault:
    said = (
        f"is {dollars(over)} more than one occasion may bring in {year} ({dollars(limit.cents)})"
        if by_occasion
        else f"passes the limit of {year} by {dollars(over)}: {dollars(others)} of {dollars(limit.cents)} are given"
    )
    return Fault("amount", said, "Give less, or let compliance enter the reason for an override.")


def _repayment(conn: Connection, key: str, values: Mapping[str, Any], limit: Limit) -> list[Fault]:
    """A repayment mends an excess of at most half the limit, within 180 days and the same year (411.357(k)(3))."""
    if values.get("override"):
        return []
    year = str(values["given_on"])[:4]
    entries = standing(conn, values["npi"], year)
    total, passed = 0, None
    for each in entries:
        if each["kind"] in COUNTED:
            total += cents(each["amount"])
            if total > limit.cents and passed is None:
                passed = str(each["given_on"])
    repaid = sum(cents(e["amount"]) for e in entries if e["kind"] == GiftKind.repayment.value and e["key"] != key)
    excess = total - limit.cents
    if passed is None:
        return [Fault("amount", f"repays nothing: the limit of {year} is not passed", "Correct physician or year.")]
    if excess > limit.cents // 2:
        said = f"cannot mend an excess of {dollars(excess)}: more than half of the limit"
        return [Fault("amount", said, "Ask compliance; an override records it with the reason.")]
    if cents(values["amount"]) + repaid > excess:
        return [Fault("amount", f"is more than the excess of {dollars(excess - repaid)}", "Repay what is too much.")]
    last = date.fromisoformat(passed) + timedelta(days=REPAID_WITHIN)
    if not passed <= str(values["given_on"]) <= last.isoformat():
        said = f"is not within {REPAID_WITHIN} days of {passed}, when the limit was passed"
        return [Fault("given_on", said, "Ask compliance; an override records it with the reason.")]
    return []


def standing(conn: Connection, npi: str, year: str) -> list[Mapping[str, Any]]:
    """The entries of a physician and calendar year that are not voided, by their days."""
    rows = select(gift).where(
        gift.c.npi == npi, gift.c.given_on.between(f"{year}-01-01", f"{year}-12-31"), gift.c.voided.is_(None)
    )
    return [dict(row) for row in conn.execute(rows.order_by(gift.c.given_on, gift.c.key)).mappings()]


def given(conn: Connection, npi: str, year: str, but: str | None = None) -> int:
    """Cents towards the limit of a year: gifts and meals that stand, whatever was repaid."""
    return sum(cents(e["amount"]) for e in standing(conn, npi, year) if e["kind"] in COUNTED and e["key"] != but)


def dollars(amount: int) -> str:
    """Cents as people read them."""
    return f"${amount / 100:,.2f}"


def _limit_faults(values: Mapping[str, Any]) -> list[Fault]:
    found = []
    if values.get("kind") not in (YEARLY, BY_OCCASION):
        found.append(Fault("kind", f"is not {YEARLY} or {BY_OCCASION}", "There are these two limits."))
    if not str(values.get("year") or "").isdecimal() or len(str(values.get("year"))) != 4:
        found.append(Fault("year", "is not a year", "Write it as 2026."))
    if (values.get("amount") or 0) <= 0:
        found.append(Fault("amount", "is not above zero", "Give the dollars of the limit."))
    return found


def _limit_beside(conn: Connection, key: str, values: Mapping[str, Any]) -> list[Fault]:
    """A limit is not lowered under what was given without an override: those entries come first."""
    if values["kind"] == BY_OCCASION:
        over = {npi for npi, amount in _plain(conn, values["year"], (BY_OCCASION,)) if amount > cents(values["amount"])}
    else:
        sums: dict[str, int] = {}
        for npi, amount in _plain(conn, values["year"], COUNTED):
            sums[npi] = sums.get(npi, 0) + amount
        over = {npi for npi, total in sums.items() if total > cents(values["amount"])}
    if not over:
        return []
    many = f"{len(over):,} {'physician was' if len(over) == 1 else 'physicians were'}"
    return [Fault("amount", f"is less than {many} given already", "Enter an override on those entries first.")]


def _plain(conn: Connection, year: str, kinds: tuple[str, ...]) -> list[tuple[str, int]]:
    rows = select(gift.c.npi, gift.c.amount).where(
        gift.c.kind.in_(kinds),
        gift.c.given_on.between(f"{year}-01-01", f"{year}-12-31"),
        gift.c.voided.is_(None),
        gift.c.override.is_(None),
    )
    return [(npi, cents(amount)) for npi, amount in conn.execute(rows)]


GIFTS = RecordKind(
    name="gifts",
    one="entry of the ledger",
    table=gift,
    keys=("gift_id",),
    needs=("gift_id", "given_on", "kind", "npi", "amount", "occasion"),
    forms={"given_on": "date", "meal_total": "not negative", "ate": "not negative"},
    choices={"kind": GiftKind},
    refers={"practice_id": "practices", "person_id": "people"},
    longest={"gift_id": LINE, "occasion": LINE, "override": PARAGRAPH, "voided": PARAGRAPH, "note": PARAGRAPH},
    lasting="Void it, with the reason.",
    check=_faults,
    beside=_beside,
)
GIFT_LIMITS = RecordKind(
    name="gift_limits",
    one="limit",
    table=gift_limit,
    keys=("kind", "year"),
    needs=("kind", "year", "amount", "source"),
    longest={"source": LINE},
    lasting="Correct it, with its source.",
    check=_limit_faults,
    beside=_limit_beside,
)
