"""The referral extract, vectorised: month after month in slices of bounded size, straight to Parquet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from liaison.demo.flows import CAUSED, IN
from liaison.demo.market import Numbers
from liaison.demo.options import Options, day_number
from liaison.demo.spellings import Spellings, build_spellings
from liaison.demo.stages import BLANK, Course, run_course
from liaison.demo.volume import World
from liaison.demo.writing import SCHEMA, Rows, table_of

SLICE = 250_000  # rows held at once, so that fifty million need no more memory than one
WEEKDAY_WEIGHT = np.array([1.0, 1.05, 1.03, 1.0, 0.9, 0.1, 0.04])  # Monday first

Progress = Callable[[float, str], None]


class Tally:
    """Counts that only the slices know."""

    def __init__(self) -> None:
        self.rows = 0
        self.not_completed = 0  # in network, with an exit and no seen date, of practices whose orders we see
        self.bad_npi = 0
        self.contradictions = 0


def write_parquet(world: World, path: Path, progress: Progress | None = None) -> Tally:
    """Write the extract in the columns of the `referrals` format; return what was counted on the way."""
    tally = Tally()
    held: list[pa.Table] = []
    options = {"compression": "zstd", "store_schema": False, "use_dictionary": _REPEATING, "write_statistics": True}
    with pq.ParquetWriter(path, SCHEMA, **options) as writer:
        for table in tables(world, tally):
            held.append(table)
            if sum(t.num_rows for t in held) >= SLICE:
                writer.write_table(pa.concat_tables(held).combine_chunks())
                held = []
                if progress:
                    progress(tally.rows / world.market.options.referrals, f"{tally.rows:,} referrals written")
        if held:
            writer.write_table(pa.concat_tables(held).combine_chunks())
    return tally


_REPEATING = [name for name in SCHEMA.names if name not in ("referral_id", "margin")]


def tables(world: World, tally: Tally) -> Iterator[pa.Table]:
    """Slices of the extract, in the order of their dates."""
    spellings = build_spellings(world)
    for month in range(world.market.options.months):
        draw = world.market.options.draw("rows", month)
        cells = np.repeat(np.arange(world.counts[month].size, dtype=np.int32), world.counts[month].ravel())
        days = _days(draw, world.market.options, month, len(cells))
        order = np.lexsort((draw.random(len(cells), dtype=np.float32), days))
        for begin in range(0, len(cells), SLICE):
            part = order[begin : begin + SLICE]
            yield _slice(world, spellings, tally, draw=draw, month=month, cells=cells[part], created=days[part])


def _days(draw: np.random.Generator, options: Options, month: int, many: int) -> Numbers:
    """Creation days (int32 since 1970-01-01): workdays, now and then a weekend."""
    first = options.starts(month)
    length = (options.ends(month) - first).days + 1
    weight = WEEKDAY_WEIGHT[(first.weekday() + np.arange(length)) % 7]
    edges = np.cumsum(weight / weight.sum())
    at = np.searchsorted(edges[:-1], draw.random(many), side="right")
    return (day_number(first) + at).astype(np.int32)


def _slice(
    world: World,
    spellings: Spellings,
    tally: Tally,
    *,
    draw: np.random.Generator,
    month: int,
    cells: Numbers,
    created: Numbers,
) -> pa.Table:
    options = world.market.options
    many, lines = len(cells), world.counts.shape[2]
    practice, rest = np.divmod(cells, lines * 4)
    line, kind = np.divmod(rest, 4)
    kind = np.where(kind == CAUSED, IN, kind)
    priority = np.searchsorted([0.82, 0.97], draw.random(many, dtype=np.float32), side="right")
    payer = spellings.payer(draw, practice)
    course = run_course(draw, options, month, created=created, line=line, kind=kind, priority=priority, payer=payer)
    rows = Rows(first=tally.rows, created=created, practice=practice, line=line, kind=kind)
    spellings.referrer(draw, month, rows)
    spellings.destination(draw, month, rows)
    spellings.category(draw, month, rows, priority, payer)
    rows.margin = spellings.margin(draw, rows, course.seen != BLANK)
    _count(world, tally, rows, course)
    return table_of(rows, course, spellings.lists)


def _count(world: World, tally: Tally, rows: Rows, course: Course) -> None:
    ended = (course.exit >= 0) & (course.seen == BLANK) & (rows.kind == IN)
    tally.not_completed += int((ended & ~world.market.received_only[rows.practice]).sum())
    tally.rows += len(rows.kind)
    tally.bad_npi += rows.bad_npi
    tally.contradictions += rows.contradictions
