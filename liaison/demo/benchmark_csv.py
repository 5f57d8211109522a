"""A referral CSV of any length for measurements, with rows that are wrong where one asked for them."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from liaison.demo.options import Options
from liaison.demo.referrals import Tally, tables
from liaison.demo.volume import build_world

WRONG_DATE = "2026-13-45"


def write_csv(path: Path, rows: int, seed: int = 1, *, bad_rows: Iterable[int] = (), practices: int = 400) -> None:
    """Write `rows` referrals in the columns of the `referrals` format.

    `bad_rows` are counted as a spreadsheet counts (the header is row 1): there `created_on` is no date, so that an
    import must reject exactly these. Memory does not grow with `rows`.
    """
    world = build_world(Options(seed=seed, practices=practices, referrals=rows))
    wrong = np.array(sorted(set(bad_rows)), dtype=np.int64) - 2  # as positions, the header and counting from 1 apart
    written, how = 0, csv.WriteOptions(quoting_style="none", quoting_header="none", batch_size=65_536)
    sink: csv.CSVWriter | None = None
    for good in tables(world, Tally()):
        here = wrong[(wrong >= written) & (wrong < written + good.num_rows)] - written
        table = _spoil(good, here)
        if sink is None:
            sink = csv.CSVWriter(path, table.schema, write_options=how)
        sink.write_table(table)
        written += table.num_rows
    if sink is not None:
        sink.close()


def _spoil(table: pa.Table, here: np.ndarray) -> pa.Table:
    at = table.schema.get_field_index("created_on")
    text = table.column(at).cast(pa.string()).combine_chunks()
    if len(here):
        mask = np.zeros(len(text), dtype=bool)
        mask[here] = True
        text = pc.if_else(pa.array(mask), WRONG_DATE, text)
    return table.set_column(at, "created_on", text)
