"""From arrays of positions to the columns of the `referrals` format."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liaison.demo.market import Numbers
from liaison.demo.stages import BLANK, EXITS, Course

DATES = ("received_on", "authorised_on", "scheduled_on", "appointment_on", "seen_on", "closed_on")
SCHEMA = pa.schema(
    [
        ("referral_id", pa.string()),
        ("created_on", pa.date32()),
        *((name, pa.string()) for name in ("referring_npi", "referring_practice", "vantage")),
        *((name, pa.date32()) for name in DATES),
        ("exit", pa.string()),
        ("exited_on", pa.date32()),
        *(
            (name, pa.string())
            for name in (
                "referred_to_npi",
                "destination_organisation",
                "network_status",
                "out_of_network_reason",
                "taxonomy_code",
                "service_line",
                "priority",
                "payer",
            )
        ),
        ("margin", pa.float64()),
    ]
)


@dataclass
class Rows:
    """One slice: what each referral is, and how the file says it. `coded` holds, for each text column, positions in
    that column's list of spellings, -1 for a blank cell."""

    first: int
    created: Numbers
    practice: Numbers
    line: Numbers
    kind: Numbers
    margin: Numbers = field(default_factory=lambda: np.empty(0))
    coded: dict[str, Numbers] = field(default_factory=dict)
    bad_npi: int = 0
    contradictions: int = 0


def table_of(rows: Rows, course: Course, lists: dict[str, pa.Array]) -> pa.Table:
    """The slice as a table of SCHEMA; text columns are decoded from short lists of spellings."""
    many = len(rows.kind)
    rows.coded["exit"] = course.exit
    columns: dict[str, pa.Array] = {"referral_id": _ids(rows.first, many), "created_on": _dates(rows.created)}
    columns |= {name: _dates(days) for name, days in zip(DATES, course.dates(), strict=True)}
    columns["exited_on"] = _dates(course.exited)
    columns["margin"] = pa.array(rows.margin, mask=np.isnan(rows.margin))
    lists = {**lists, "exit": pa.array(EXITS)}
    for name, codes in rows.coded.items():
        positions = pa.array(codes.astype(np.int32), mask=codes < 0)
        columns[name] = lists[name].take(positions)
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _dates(days: Numbers) -> pa.Array:
    return pa.array(days.astype(np.int32), mask=days == BLANK).cast(pa.date32())


def _ids(first: int, many: int) -> pa.Array:
    numbers = pa.array(np.arange(first + 1, first + many + 1)).cast(pa.string())
    return pc.binary_join_element_wise("R", pc.utf8_lpad(numbers, 9, "0"), "")
