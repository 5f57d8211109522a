"""Route plans: one a liaison and week, its days and stops. Times of a day are hundredths of a minute since midnight.

A plan's `revision` counts its changes: who saves over another's is refused, and calendars learn which entry is newer.
"""

from sqlalchemy import Boolean, Column, Float, Integer, Text, UniqueConstraint

from liaison.store.tables.base import table

OWNER = "planning"

route_plan = table(
    "route_plan",
    Column("plan_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False, index=True),
    Column("week", Text, nullable=False),  # its Monday, ISO
    Column("revision", Integer, nullable=False),
    Column("zone", Text, nullable=False),  # IANA, of all its times
    Column("run_id", Text, nullable=False),  # the ranking that its values are from
    Column("solver", Text, nullable=False),
    Column("changed_at", Text, nullable=False),  # UTC, ISO
    Column("changed_by", Text, nullable=False),
    Column("papers", Text, nullable=False),  # JSON: what was assumed, where drive times are from, who was kept out
    Column("left_out", Text, nullable=False),  # JSON list: what is in no day, and what it would cost to put it in
    owner=OWNER,
)
route_plan.append_constraint(UniqueConstraint("person_id", "week"))

route_day = table(
    "route_day",
    Column("plan_id", Text, primary_key=True),
    Column("date", Text, primary_key=True),  # ISO
    Column("locked", Boolean, nullable=False),
    Column("off", Boolean, nullable=False),  # nobody works
    Column("from_at", Integer),  # planned anew from this time on; null: from the start of the day
    Column("from_practice", Text),  # where the liaison was then; null: at their start
    Column("leave", Integer, nullable=False),
    Column("back", Integer, nullable=False),
    Column("driving", Integer, nullable=False),
    Column("pause", Text),  # JSON [from, to]
    Column("conflicts", Text, nullable=False),  # JSON list of sentences
    owner=OWNER,
)

route_stop = table(
    "route_stop",
    Column("stop_id", Text, primary_key=True),  # the same for a practice, liaison and week, whatever happens to it
    Column("plan_id", Text, nullable=False, index=True),
    Column("practice_id", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),  # planned, done, dropped (by hand), gone (by the planner)
    Column("date", Text),  # ISO; of a stop that is not planned, where it was last
    Column("position", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False),  # to its date
    Column("added", Boolean, nullable=False),  # by hand: before everything else
    Column("agreed", Integer),  # time of an appointment
    Column("purpose", Text, nullable=False),
    Column("arrive", Integer, nullable=False),
    Column("depart", Integer, nullable=False),
    Column("drive", Integer, nullable=False),
    Column("wait", Integer, nullable=False),
    Column("value", Float, nullable=False),  # expected referrals by how due it is
    Column("opens", Text, nullable=False),  # JSON list of [from, to]: when a visit may be made on its date
    owner=OWNER,
)

calendar_feed = table(
    "calendar_feed",
    Column("person_id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False),  # SHA-256 of the address's token, which nobody keeps
    Column("territories", Text),  # JSON list: what of the market its maker may see; null: all of it
    Column("made_at", Text, nullable=False),  # UTC, ISO
    Column("made_by", Text, nullable=False),
    owner=OWNER,
)
calendar_feed.append_constraint(UniqueConstraint("token_hash"))
