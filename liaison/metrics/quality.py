"""How far the data can be trusted: what is blank, doubtful, contradictory or late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, Select, Table, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, practice_month, quality_month
from liaison.metrics.counting import Question, count
from liaison.metrics.filters import Filters
from liaison.metrics.parts import destination_known, every_referral
from liaison.metrics.window import day
from liaison.vocabulary import month_text

EVER = "9999-12"  # quality is asked of every month, also one that is not over

CHECKS = {
    "no_referring_npi": "Referring NPI blank or not valid",
    "no_practice": "No practice could be found",
    "practice_by_name_only": "Practice known by its name only",
    "name_and_npi_disagree": "Practice's name and NPI disagree; the name counts",
    "unknown_destination": "Destination neither known to be in nor out of network",
    "destination_by_name_only": "Destination known by its name only",
    "status_contradicts": "Network status contradicts the organisation; the status counts",
    "no_line": "No service line",
    "date_before_predecessor": "A date lies before the one it should follow; that time is not counted",
}


@dataclass(frozen=True)
class Check:
    """How many of the referrals of a source have this."""

    source: str
    check: str
    says: str
    referrals: int
    of: int

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class Unmatched:
    """A name in files that is no record of ours, and how many referrals stand under it."""

    id: str
    name: str
    referrals: int

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class Feed:
    """A source of referrals: `late` where its newest extract is older than its own rhythm lets expect."""

    source: str
    newest: date
    usual_days: int
    late: bool
    open_months: tuple[int, ...]  # month_ids that hold referrals and are not complete

    def as_json(self) -> dict[str, Any]:
        found = {"source": self.source, "newest": self.newest.isoformat(), "usual_days": self.usual_days}
        return found | {"late": self.late, "open_months": [month_text(m) for m in self.open_months]}


@dataclass(frozen=True)
class Quality:
    """`feeds_by_month`: key, label: str; month: month_id; rows: int; coverage: 0-1 or null; complete: bool."""

    checks: tuple[Check, ...]
    practices: tuple[Unmatched, ...]
    organisations: tuple[Unmatched, ...]
    feeds: tuple[Feed, ...]
    feeds_by_month: pd.DataFrame

    def as_json(self) -> dict[str, Any]:
        return {
            "checks": [c.as_json() for c in self.checks],
            "unmatched_practices": [u.as_json() for u in self.practices],
            "unmatched_organisations": [u.as_json() for u in self.organisations],
            "feeds": [f.as_json() for f in self.feeds],
        }


def quality(live: Live, viewer: Viewer, today: date) -> Quality:
    """What is known of the data of all months; `today` says which feeds are late. For the team's own eyes."""
    question = Question(live, viewer, Filters(last=EVER))
    months = count(question, _feeds, [practice_month])
    return Quality(
        checks=tuple(_checks(count(question, _counts, [quality_month]))),
        practices=tuple(_unmatched(live, question, "practice", practice_month)),
        organisations=tuple(_unmatched(live, question, "organisation", destination_month)),
        feeds=tuple(_feeds_of(live, months, question.complete, today)),
        feeds_by_month=_by_month(months, question.complete),
    )


def _counts(source: Any) -> Select[Any]:
    names = [*CHECKS, "rows"]
    sums = [cast(func.coalesce(func.sum(source.c[name]), 0), BigInteger).label(name) for name in names]
    return select(source.c.source, *sums).group_by(source.c.source)


def _checks(counted: pd.DataFrame) -> list[Check]:
    found = [
        Check(str(row["source"]), name, says, int(row[name]), int(row["rows"]))
        for row in counted.to_dict("records")
        for name, says in CHECKS.items()
        if row[name]
    ]
    return sorted(found, key=lambda c: (-c.referrals, c.source, c.check))


def _unmatched(live: Live, question: Question, kind: str, table: Table) -> list[Unmatched]:
    given = live.manifest.labels
    names = given[(given["kind"] == kind) & given["given"].astype(bool)].set_index("id")["label"].to_dict()

    def statement(source: Any) -> Select[Any]:
        return select(source.c[kind].label("id"), every_referral.counted(source)).group_by(source.c[kind])

    counted = count(question, statement, [table])
    found = [
        Unmatched(str(i), str(names[i]), int(n))
        for i, n in zip(counted["id"], counted["referrals"], strict=True)
        if i in names
    ]
    return sorted(found, key=lambda u: (-u.referrals, u.name))


def _feeds(source: Any) -> Select[Any]:
    keys = [source.c.source, source.c.month_id]
    newest = func.max(source.c.newest).label("newest")
    return select(*keys, every_referral.counted(source), destination_known.counted(source), newest).group_by(*keys)


def _by_month(months: pd.DataFrame, complete: Mapping[str, int]) -> pd.DataFrame:
    rows = [
        (s, s, int(m), int(n), int(k) / int(n) if n else None, int(m) <= complete.get(s, -1))
        for s, m, n, k in months[["source", "month_id", "referrals", "known"]].itertuples(index=False)
    ]
    frame = pd.DataFrame(rows, columns=["key", "label", "month", "rows", "coverage", "complete"])
    return frame.sort_values(["key", "month"], ignore_index=True)


def _feeds_of(live: Live, months: pd.DataFrame, complete: Mapping[str, int], today: date) -> list[Feed]:
    batches = live.manifest.batches
    found = []
    for name, part in months.groupby("source"):
        source = str(name)
        newest = day(int(part["newest"].max()))
        usual = usual_gap(sorted({int(d) for d in batches.loc[batches["source"] == source, "as_of"]}))
        waiting = (today - newest).days
        still_open = tuple(sorted(int(m) for m in part["month_id"] if m > complete.get(source, -1)))
        found.append(Feed(source, newest, usual, is_late(waiting, usual), still_open))
    return found


def usual_gap(extracts: list[int]) -> int:
    """Days between the extracts of a source as a rule (the middle of its last eight gaps); a month where it has one."""
    gaps = [b - a for a, b in pairwise(extracts)]
    return round(median(gaps[-8:])) if gaps else 31


def is_late(waiting: int, usual: int) -> bool:
    """Half as long again as usual, and three days' grace."""
    return waiting > 1.5 * usual + 3
