"""The ledger as people use it: an entry or a shared meal written, a balance read, the year laid before an auditor."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.edits import add, add_in, edit
from liaison.fieldwork.gifts import BY_OCCASION, COUNTED, GIFTS, YEARLY, Limit, cents, limit_of
from liaison.fieldwork.names import names_in
from liaison.fieldwork.records import Version, histories
from liaison.store import reading, writing
from liaison.store.tables import gift, gift_limit, person, practice, provider_place
from liaison.vocabulary import GiftKind

WARNED = 0.8  # of the limit


@dataclass(frozen=True)
class Balance:
    """One physician's calendar year in cents. `limit` is None where none is on record."""

    npi: str
    name: str
    year: str
    given: int
    repaid: int
    overridden: int  # of what was given, with an override on record
    limit: int | None

    @property
    def share(self) -> float | None:
        """Of the limit, as it stands after repayments."""
        return (self.given - self.repaid) / self.limit if self.limit else None

    @property
    def state(self) -> str:
        """Within, near the limit, passed with an override, or passed and repaid."""
        if self.limit is None:
            return "no limit on record"
        if self.over:
            return "over, repaid" if self.given - self.repaid <= self.limit else "over, with an override"
        return "near the limit" if self.near else "within"

    @property
    def near(self) -> bool:
        """From four fifths of the limit on."""
        return self.limit is not None and self.given >= WARNED * self.limit

    @property
    def over(self) -> bool:
        """More than the limit, whatever was repaid."""
        return self.limit is not None and self.given > self.limit

    def as_json(self) -> dict[str, Any]:
        money = {name: getattr(self, name) / 100 for name in ("given", "repaid", "overridden")}
        limit = self.limit / 100 if self.limit is not None else None
        who = {"npi": self.npi, "name": self.name, "year": self.year}
        return {**who, **money, "limit": limit, "share": self.share, "state": self.state}


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, voided ones too; `cents` is the physician's share."""

    gift_id: str
    given_on: str
    kind: str
    npi: str
    name: str
    cents: int
    occasion: str
    by: str
    practice: str
    meal_total: int | None
    ate: int | None
    override: str | None
    voided: str | None
    note: str | None
    version: int
    entered_at: str  # UTC
    entered_by: str  # a person's name, or what wrote it

    def as_json(self) -> dict[str, Any]:
        values = {name: value for name, value in asdict(self).items() if name not in ("version", "cents", "meal_total")}
        total = self.meal_total / 100 if self.meal_total is not None else None
        return {**values, "amount": self.cents / 100, "meal_total": total}


@dataclass(frozen=True)
class Audited:
    """A calendar year: every balance, every entry, and what was changed afterwards, by whom and when."""

    year: str
    limit: Limit | None
    on_campus: Limit | None  # each occasion
    balances: tuple[Balance, ...]
    entries: tuple[Entry, ...]
    changes: tuple[Mapping[str, Any], ...]  # gift_id, at, actor, column, before, after

    def of(self, npi: str) -> tuple[Entry, ...]:
        """One physician's entries in the order of days."""
        return tuple(each for each in reversed(self.entries) if each.npi == npi)

    def as_json(self) -> dict[str, Any]:
        limits = {"limit": _said(self.limit), "limit_on_campus": _said(self.on_campus)}
        physicians, lines = [each.as_json() for each in self.balances], [each.as_json() for each in self.entries]
        told = {"physicians": physicians, "entries": lines}
        return {"year": self.year, **limits, **told, "changes": [dict(change) for change in self.changes]}


def _said(limit: Limit | None) -> dict[str, Any] | None:
    return {"amount": limit.cents / 100, "source": limit.source} if limit else None


def give(store: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """One entry; returns its id. LiaisonError where it would pass a limit without an override."""
    return add(store, "gifts", {"gift_id": _new_id(), **values}, actor=actor)


def meal(
    store: Engine, physicians: Sequence[str], total: float, ate: int, values: Mapping[str, Any], *, actor: str
) -> list[str]:
    """A meal shared by all who ate, `physicians` (NPIs) among them: an entry each, all of them or none.

    A share that is no whole cent is rounded up, so that the entries never add up to less than was eaten.
    LiaisonError where a share would pass a limit without an override, or more physicians ate than people.
    """
    if not physicians or len(set(physicians)) != len(physicians):
        raise LiaisonError("A meal needs its physicians, each of them once.", remedy="Pick who ate.")
    if ate < len(physicians):
        raise LiaisonError(f"{ate} ate, but {len(physicians)} physicians are named.", remedy="Count everybody who ate.")
    together, amount = _new_id(), share_of(total, ate) / 100
    shared = {**values, "kind": GiftKind.meal.value, "amount": amount, "meal_total": total, "ate": ate}
    with writing(store) as conn:
        return [
            add_in(conn, "gifts", {**shared, "gift_id": _new_id(), "meal_id": together, "npi": npi}, actor=actor)
            for npi in physicians
        ]


def share_of(total: float, ate: int) -> int:
    """Cents of one of those who ate."""
    return -(-cents(total) // max(ate, 1))


def with_more(told: Audited, npi: str, name: str, more: int) -> Balance:
    """A physician's balance if so many cents were given beside what is on record."""
    none = Balance(npi, name, told.year, 0, 0, 0, told.limit.cents if told.limit else None)
    now = next((each for each in told.balances if each.npi == npi), none)
    return replace(now, given=now.given + more)


def void(store: Engine, gift_id: str, reason: str, *, expected_version: int, actor: str) -> None:
    """An entry that should not have been; it stays, with the reason, and counts no more."""
    if not reason.strip():
        raise LiaisonError("An entry is voided for a reason.", remedy="Say why it does not stand.")
    edit(store, "gifts", gift_id, {"voided": reason}, expected_version=expected_version, actor=actor)


def void_by_id(store: Engine, gift_id: str, reason: str, *, actor: str) -> None:
    """`void` for who knows the id alone. LiaisonError where there is no such entry."""
    with reading(store) as conn:
        version = conn.scalar(select(gift.c.version).where(gift.c.key == gift_id))
    if version is None:
        raise LiaisonError(f"There is no entry {gift_id}.", remedy="Take an id of the list.")
    void(store, gift_id, reason, expected_version=version, actor=actor)


def set_limit(store: Engine, kind: str, year: str, amount: float, source: str, *, actor: str) -> None:
    """A limit of a calendar year, with who says so; one that stands is changed, its history kept."""
    with reading(store) as conn:
        at = select(gift_limit.c.key, gift_limit.c.version).where(gift_limit.c.kind == kind, gift_limit.c.year == year)
        stands = conn.execute(at).first()
    values = {"amount": amount, "source": source}
    if stands is None:
        add(store, "gift_limits", {"kind": kind, "year": year, **values}, actor=actor)
    else:
        edit(store, "gift_limits", stands.key, values, expected_version=stands.version, actor=actor)


def balances(conn: Connection, year: str) -> tuple[Balance, ...]:
    """Everybody with an entry that stands in a calendar year, who is nearest to the limit first."""
    limit, names = limit_of(conn, YEARLY, year), _names(conn)
    sums: dict[str, dict[str, int]] = {}
    for entry in _rows(conn, year):
        if entry["voided"] is not None:
            continue
        of = sums.setdefault(entry["npi"], {"given": 0, "repaid": 0, "overridden": 0})
        amount = cents(entry["amount"])
        if entry["kind"] in COUNTED:
            of["given"] += amount
            of["overridden"] += amount if entry["override"] else 0
        elif entry["kind"] == GiftKind.repayment.value:
            of["repaid"] += amount
    most = limit.cents if limit else None
    found = [Balance(npi, names.get(npi, npi), year, limit=most, **of) for npi, of in sums.items()]
    return tuple(sorted(found, key=lambda each: (-(each.given - each.repaid), each.name, each.npi)))


def audited(conn: Connection, year: str) -> Audited:
    """The year as an auditor asks for it; its entries newest first."""
    rows = _rows(conn, year)
    told = histories(conn, GIFTS.name, [row["key"] for row in rows])
    lines = _entries(conn, rows, told)
    changes = tuple(one for row in reversed(rows) for one in _changes(row["gift_id"], told.get(row["key"], [])))
    return Audited(
        year, limit_of(conn, YEARLY, year), limit_of(conn, BY_OCCASION, year), balances(conn, year), lines, changes
    )


def _entries(
    conn: Connection, rows: Sequence[Mapping[str, Any]], told: Mapping[str, Sequence[Version]]
) -> tuple[Entry, ...]:
    """Every line, newest first; `told`: what was said of each by its id."""
    names, people, places = _names(conn), names_in(conn, person), names_in(conn, practice)
    found = []
    for row in reversed(rows):
        first = next(iter(told.get(row["key"], [])), None)
        found.append(
            Entry(
                gift_id=row["gift_id"],
                given_on=row["given_on"],
                kind=row["kind"],
                npi=row["npi"],
                name=names.get(row["npi"], row["npi"]),
                cents=cents(row["amount"]),
                occasion=row["occasion"],
                by=people.get(row["person_id"], row["person_id"] or ""),
                practice=places.get(row["practice_id"], row["practice_id"] or ""),
                meal_total=cents(row["meal_total"]) if row["meal_total"] is not None else None,
                ate=int(row["ate"]) if row["ate"] is not None else None,
                override=row["override"],
                voided=row["voided"],
                note=row["note"],
                version=row["version"],
                entered_at=first.at if first else "",
                entered_by=first.actor if first else "",
            )
        )
    return tuple(found)


def years(conn: Connection) -> list[str]:
    """The calendar years that have entries, newest first."""
    return sorted({day[:4] for day in conn.scalars(select(gift.c.given_on))}, reverse=True)


def to_name(conn: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Whom an entry can name: providers on record by NPI, and people of the team by id, each in the order of names."""
    people = select(person.c.person_id, person.c.name).order_by(person.c.name)
    physicians = sorted(_names(conn).items(), key=lambda each: (each[1], each[0]))
    return dict(physicians), {row.person_id: row.name for row in conn.execute(people)}


def _changes(gift_id: str, versions: Sequence[Version]) -> list[dict[str, Any]]:
    found = []
    for before, after in pairwise(versions):
        was, now = before.values or {}, after.values or {}
        shared = {"gift_id": gift_id, "at": after.at, "actor": after.actor}
        found += [
            {**shared, "column": column, "before": was.get(column), "after": now.get(column)}
            for column in sorted({*was, *now})
            if was.get(column) != now.get(column)
        ]
    return found


def _rows(conn: Connection, year: str) -> list[Mapping[str, Any]]:
    within = gift.c.given_on.between(f"{year}-01-01", f"{year}-12-31")
    return [dict(r) for r in conn.execute(select(gift).where(within).order_by(gift.c.given_on, gift.c.key)).mappings()]


def _names(conn: Connection) -> dict[str, str]:
    return {row.npi: row.name for row in conn.execute(select(provider_place.c.npi, provider_place.c.name))}


def _new_id() -> str:
    return f"g-{secrets.token_hex(6)}"
