"""Later extracts replace: which version of each referral counts.

Current rows are the live batches less the list of (source, referral_id, batch) that a newer extract replaced. An
import adds a small file to that list, naming only versions that were current; a forget counts the list anew for the
keys it touches.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)

from liaison.facts.columns import batches, facts, referral, superseded
from liaison.facts.engines import FactsEngine, open_engine
from liaison.facts.files import new_file, settle
from liaison.facts.home import Home
from liaison.facts.live import attach_facts, read_manifest
from liaison.facts.publish import NewFile
from liaison.store import reading

incoming = referral.to_metadata(facts, name="incoming")
touched = Table("touched", facts, Column("source", Text), Column("referral_id", Text), Column("month_id", Integer))
CONTENT = tuple(c.name for c in referral.columns if c.name not in ("batch", "source", "referral_id"))


@dataclass(frozen=True)
class Compared:
    """What a batch does to the versions that count."""

    new: int
    updated: int
    unchanged: int
    months: frozenset[int]  # of rows that come in or go out
    files: tuple[NewFile, ...] = ()
    drop_files: tuple[str, ...] = ()
    late: int = 0  # rows that were already known in a newer version


def is_current(row: FromClause) -> ColumnElement[bool]:
    """No newer version of this row is live."""
    replaced = select(literal(1)).where(
        superseded.c.source == row.c.source,
        superseded.c.referral_id == row.c.referral_id,
        superseded.c.batch == row.c.batch,
    )
    return ~replaced.exists()


def compare(home: Home, batch_id: str, as_of: int, staged: Path) -> Compared:
    """How the staged rows stand to what is current: counts of keys, months touched, and the versions replaced."""
    with reading(home.store) as connection:
        manifest = read_manifest(connection)
    with open_engine(home.settings, home.spill_path) as engine:
        engine.attach(incoming, [staged])
        months = set(engine.frame(select(incoming.c.month_id).distinct())["month_id"].astype(int))
        keys = int(engine.frame(select(func.count().label("n")).select_from(incoming))["n"].iloc[0])
        if referral.name not in manifest.files:
            return Compared(new=keys, updated=0, unchanged=0, months=frozenset(months))
        attach_facts(engine, home.facts_path, manifest)
        counted = engine.frame(_met(as_of)).iloc[0].fillna(0).astype(int)
        months |= set(engine.frame(_months_replaced())["month_id"].astype(int))
        files = _write_list(home, engine, [_replaced(batch_id, as_of)])
    met, unchanged, late = int(counted["met"]), int(counted["unchanged"]), int(counted["late"])
    return Compared(keys - met, met - unchanged, unchanged, frozenset(months), files, late=late)


def _pairs(keys: Table = incoming) -> FromClause:
    return keys.join(
        referral, and_(keys.c.source == referral.c.source, keys.c.referral_id == referral.c.referral_id)
    ).join(batches, batches.c.batch == referral.c.batch)


def _met(as_of: int) -> Select[Any]:
    """met, unchanged, late: a row is unchanged when equal, or when it is older than what counts."""
    newer = batches.c.as_of > as_of
    same = and_(*(incoming.c[c].is_not_distinct_from(referral.c[c]) for c in CONTENT))
    counts: list[ColumnElement[Any]] = [
        func.count().label("met"),
        func.sum(case((newer | same, 1), else_=0)).label("unchanged"),
        func.sum(case((newer, 1), else_=0)).label("late"),
    ]
    return select(*counts).select_from(_pairs()).where(is_current(referral))


def _months_replaced() -> Select[Any]:
    return select(referral.c.month_id).select_from(_pairs()).where(is_current(referral)).distinct()


def _replaced(batch_id: str, as_of: int) -> Select[Any]:
    loser = case((batches.c.as_of > as_of, literal(batch_id)), else_=referral.c.batch)
    return (
        select(referral.c.source, referral.c.referral_id, loser.label("batch"))
        .select_from(_pairs())
        .where(is_current(referral))
    )


def without(home: Home, batch_id: str) -> Compared:
    """What forgetting a batch does: earlier versions of its rows come back, the list of replaced ones is made anew."""
    with reading(home.store) as connection:
        manifest = read_manifest(connection)
    with open_engine(home.settings, home.spill_path) as engine:
        attach_facts(engine, home.facts_path, manifest)
        keys = select(referral.c.source, referral.c.referral_id, referral.c.month_id)
        path = new_file(home, touched.name)
        engine.keep(touched, keys.where(referral.c.batch == batch_id), path)
        left = select(referral.c.month_id).select_from(_pairs(touched)).where(referral.c.batch != batch_id)
        seen = select(touched.c.month_id).union(left).subquery()
        months = frozenset(engine.frame(select(seen.c.month_id))["month_id"].astype(int))
        files = _write_list(home, engine, [_list_of_others(), _losers(batch_id)])
    path.unlink()
    return Compared(0, 0, 0, months, files, tuple(manifest.files.get(superseded.name, ())))


def _list_of_others() -> Select[Any]:
    listed_anew = select(literal(1)).where(
        touched.c.source == superseded.c.source, touched.c.referral_id == superseded.c.referral_id
    )
    return select(superseded).where(~listed_anew.exists())


def _losers(batch_id: str) -> Select[Any]:
    order = func.row_number().over(
        partition_by=(referral.c.source, referral.c.referral_id),
        order_by=(batches.c.as_of.desc(), batches.c.seq.desc()),
    )
    ranked = (
        select(referral.c.source, referral.c.referral_id, referral.c.batch, order.label("place"))
        .select_from(_pairs(touched))
        .where(referral.c.batch != batch_id)
        .subquery()
    )
    return select(ranked.c.source, ranked.c.referral_id, ranked.c.batch).where(ranked.c.place > 1)


def _write_list(home: Home, engine: FactsEngine, statements: list[Select[Any]]) -> tuple[NewFile, ...]:
    """One file of the rows of all statements; none when there are no rows."""
    every = union_all(*statements).subquery()
    path = new_file(home, superseded.name)
    rows = engine.write(superseded, select(every.c.source, every.c.referral_id, every.c.batch), path)
    if not rows:
        path.unlink()
        return ()
    # The list belongs to no batch alone: forgetting one writes it anew.
    return (NewFile(settle(path).name, superseded.name, rows, None),)
