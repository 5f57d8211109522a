"""Leakage and the funnel counted one referral at a time, in plain Python, from the words of the rules alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Referral = Mapping[str, Any]  # dates are `date` or None; `as_of` is the day of its extract
STAGES = ("created", "received", "authorised", "scheduled", "seen", "closed")


def current(extracts: Iterable[tuple[date, Sequence[Referral]]]) -> list[Referral]:
    """The row of the newest extract of each (source, id), in the order in which extracts were taken."""
    newest: dict[tuple[str, str], Referral] = {}
    for as_of, rows in sorted(extracts, key=lambda e: e[0]):
        for row in rows:
            newest[row["source"], row["referral_id"]] = {**row, "as_of": as_of}
    return list(newest.values())


def complete(rows: Sequence[Referral]) -> list[Referral]:
    """Rows of months that their source has seen to the last day: its newest extract lies after that."""
    newest: dict[str, date] = {}
    for row in rows:
        newest[row["source"]] = max(row["as_of"], newest.get(row["source"], row["as_of"]))
    return [r for r in rows if newest[r["source"]] > month_end(r["created"])]


def month_end(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


def status(row: Referral, ours: Mapping[str, bool]) -> str:
    given = row["network_status"]
    if given in ("in", "out"):
        return str(given)
    named = row["destination_organisation"]
    return ("in" if ours[named] else "out") if named in ours else "unknown"


def counted_vantage(rows: Sequence[Referral]) -> list[Referral]:
    for vantage in ("ordered", "claims"):
        if own := [r for r in rows if r["vantage"] == vantage]:
            return own
    return []


def leakage(
    rows: Sequence[Referral], ours: Mapping[str, bool], key: Callable[[Referral], str], shared: bool = False
) -> dict[str, tuple[int, int, int, int]]:
    """key -> out, known, unknown, not completed; `total` too. `shared`: one denominator for all rows."""
    seen = counted_vantage(rows)
    found = {k: _leakage([r for r in seen if key(r) == k], ours) for k in sorted({key(r) for r in rows})}
    total = _leakage(seen, ours)
    if shared:
        found = {k: (out, total[1], unknown, lost) for k, (out, _, unknown, lost) in found.items()}
    return found | {"total": total}


def _leakage(rows: Sequence[Referral], ours: Mapping[str, bool]) -> tuple[int, int, int, int]:
    states = [status(r, ours) for r in rows]
    lost = [r for r, s in zip(rows, states, strict=True) if s == "in" and r["exit"] and r["seen"] is None]
    return states.count("out"), states.count("in") + states.count("out"), states.count("unknown"), len(lost)


@dataclass(frozen=True)
class Stay:
    """One referral in one stage: how it ended (`moved`, `open`, an exit) and after how many days, if that is known."""

    ended: str
    days: int | None


def reached(row: Referral, stage: str, left: bool) -> bool:
    if stage == "created":
        return True
    later = STAGES[STAGES.index(stage) :]
    return not left and any(row[s] is not None for s in later)


def last_exit(row: Referral, left: bool) -> str | None:
    """The exit that ended a referral, if one did."""
    if left:
        return "out_of_network"
    if not row["exit"] or row["closed"] is not None:
        return None
    if row["exited"] is None:
        return None if reached(row, "seen", left) else str(row["exit"])
    followed = any(row[s] is not None and row[s] > row["exited"] for s in STAGES)
    return None if followed else str(row["exit"])


def stay(row: Referral, stage: str, left: bool) -> Stay | None:
    """None where the stage was not reached, or is one that has no time of its own (closed; a skipped authorisation)."""
    if not reached(row, stage, left) or stage == "closed":
        return None
    if stage == "authorised" and row["authorised"] is None:
        return None
    following = STAGES[STAGES.index(stage) + 1]
    begins = row[stage]
    if reached(row, following, left):
        ends = row[following]
        if stage == "received" and row["authorised"] is None:
            ends = row["scheduled"]
        return Stay("moved", between(begins, ends))
    way = last_exit(row, left)
    if way == "out_of_network":
        return Stay(way, 0)
    if way:
        return Stay(way, between(begins, row["exited"]))
    return Stay("open", between(begins, row["as_of"]))


def between(first: date | None, last: date | None) -> int | None:
    if first is None or last is None or last < first:
        return None
    return (last - first).days


def quantile(stays: Sequence[Stay], q: Fraction) -> int | None:
    """First day d with F(d) >= q F(D); D is the last day on which ten are still there."""
    timed = [(s.days, s.ended) for s in stays if s.days is not None]
    last = max((d for d, _ in timed), default=-1)
    moved, staying = Fraction(0), Fraction(1)
    curve: list[Fraction] = []
    for day in range(last + 1):
        there = sum(1 for d, _ in timed if d >= day)
        if there < 10:
            break
        on = [ended for d, ended in timed if d == day]
        moved += staying * Fraction(on.count("moved"), there)
        staying *= 1 - Fraction(len(on) - on.count("open"), there)
        curve.append(moved)
    if not curve or curve[-1] == 0:
        return None
    return next(d for d, f in enumerate(curve) if f >= q * curve[-1])


def funnel(rows: Sequence[Referral], ours: Mapping[str, bool]) -> dict[str, Any]:
    """stages: name -> reached, open, median, 90%; exits: name -> count; known: durations known, and that should be."""
    lefts = [(r, status(r, ours) == "out") for r in rows]
    stages = [
        s for s in STAGES if s != "authorised" or any(r["authorised"] is not None and not left for r, left in lefts)
    ]
    found: dict[str, tuple[int, int, int | None, int | None]] = {}
    should: list[Stay] = []
    for stage in STAGES:
        stays = [s for r, left in lefts if (s := stay(r, stage, left))]
        should += stays
        if stage in stages:
            number = sum(1 for r, left in lefts if reached(r, stage, left))
            waiting = sum(1 for s in stays if s.ended == "open")
            found[stage] = (number, waiting, quantile(stays, Fraction(1, 2)), quantile(stays, Fraction(9, 10)))
    exits: dict[str, int] = {}
    for s in should:
        if s.ended not in ("moved", "open"):
            exits[s.ended] = exits.get(s.ended, 0) + 1
    return {"stages": found, "exits": exits, "known": (sum(s.days is not None for s in should), len(should))}
