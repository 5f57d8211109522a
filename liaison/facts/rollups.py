"""The rollups' columns. Pages and commands read these; none holds practice and organisation together.

R1 `practice_month`: volume, leakage, panel. R2 `destination_month`: leakage and flows by organisation and cause;
`group_destination_month` the same for practice groups, whose many values would multiply R2's payers and priorities.
R3 `stage_day`: funnel and time in stage; `payer_stage_day` the same by payer and priority instead of place, since both
together are as many rows as there are referrals. `quality_month`: what is wrong with the rows.
In every rollup `rows` counts referrals; `newest` is the newest extract day among them.
"""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from liaison.facts.columns import facts


def _rollup(name: str, *keys: str, extra: tuple[Column[int], ...] = ()) -> Table:
    return Table(
        name,
        facts,
        Column("month_id", Integer),
        *(Column(key, Text) for key in keys),
        *extra,
        Column("rows", BigInteger),
        Column("newest", Integer),
    )


practice_month = _rollup(
    "practice_month",
    *("practice", "practice_group", "territory", "practice_type", "line", "status", "source", "vantage"),
    extra=(Column("not_completed", BigInteger),),
)
destination_month = _rollup(
    "destination_month",
    *(
        "territory",
        "practice_type",
        "line",
        "organisation",
        "cause",
        "payer",
        "priority",
        "status",
        "source",
        "vantage",
    ),
    extra=(Column("not_completed", BigInteger),),
)
group_destination_month = _rollup(
    "group_destination_month",
    *("practice_group", "territory", "practice_type", "line", "organisation", "cause", "status", "source", "vantage"),
    extra=(Column("not_completed", BigInteger),),
)
stage_day = _rollup(
    "stage_day",
    *("territory", "practice_type", "line", "source", "vantage", "stage", "outcome"),
    extra=(Column("days", Integer),),  # null where no duration is known; beyond 400 counted as 401
)
payer_stage_day = _rollup(
    "payer_stage_day",
    *("line", "payer", "priority", "source", "vantage", "stage", "outcome"),
    extra=(Column("days", Integer),),  # null where no duration is known; beyond 400 counted as 401
)
quality_month = _rollup(
    "quality_month",
    *("territory", "source", "vantage"),
    extra=tuple(
        Column(name, BigInteger)
        for name in (
            "no_referring_npi",
            "no_practice",
            "practice_by_name_only",
            "name_and_npi_disagree",
            "unknown_destination",
            "destination_by_name_only",
            "status_contradicts",
            "no_line",
            "date_before_predecessor",
        )
    ),
)

ROLLUPS = (
    practice_month,
    destination_month,
    group_destination_month,
    stage_day,
    payer_stage_day,
    quality_month,
)
LAST_EXACT_DAY = 400

# The facts after resolution, a row a referral: every name and code read as what it stands for. Rollups are counted from
# it; a question that none of them can answer (one practice's destinations, a list of rows) is asked of it.
resolved = Table(
    "resolved",
    facts,
    Column("referral_id", Text),
    Column("as_of", Integer),
    Column("month_id", Integer),
    *(Column(c, Text) for c in ("source", "vantage", "practice", "practice_group", "territory")),
    *(Column(c, Text) for c in ("practice_type", "line")),
    *(Column(c, Text) for c in ("status", "organisation", "cause", "payer", "priority", "exit")),
    *(
        Column(f"{stage}_day", Integer)
        for stage in ("created", "received", "authorised", "scheduled", "appointment", "seen", "closed", "exited")
    ),
    *(Column(c, Integer) for c in ("found_by", "disagrees", "contradicts", "named_only", "no_npi")),
)
# What a recount writes. `resolved` has too many rows for the memory of every process: it stays on disk, where its order
# by practice spares most of a read about one.
DERIVED = (resolved, *ROLLUPS)
