"""The columns of the facts, as tables that Core statements are built from.

Days are integers since 1970-01-01 and months are year x 12 + month - 1, because dates subtract differently on
every engine (on SQLite silently to 0). Names stay as the file had them; how each is read is said by `spelling`.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, MetaData, Table, Text

facts = MetaData()


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _days(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


referral = Table(
    "referral",
    facts,
    *_text("batch", "source", "referral_id", "vantage"),
    *_days("month_id", "created_day", "received_day", "authorised_day", "scheduled_day"),
    *_days("appointment_day", "seen_day", "closed_day"),
    Column("exit", Text),
    *_days("exited_day"),
    *_text("referring_npi", "referring_practice", "referred_to_npi", "destination_organisation"),
    *_text("network_status", "out_of_network_reason", "taxonomy_code", "service_line", "priority", "payer"),
    *_text("patient_key"),
    Column("margin", Float),
)

superseded = Table("superseded", facts, *_text("source", "referral_id", "batch"))

# Each distinct name of a batch, with its comparison key: a few thousand rows instead of a key beside every row.
spelling = Table("spelling", facts, *_text("batch", "field", "name", "key"), Column("rows", BigInteger))
SPELLED = (
    "referring_practice",
    "destination_organisation",
    "service_line",
    "taxonomy_code",
    "payer",
    "out_of_network_reason",
)

edge = Table(
    "edge",
    facts,
    *_text("batch", "source", "from_npi", "to_npi"),
    Column("patients", BigInteger),
    Column("transactions", BigInteger),
    Column("same_day", BigInteger),
    Column("average_wait", Float),
)

registry = Table(
    "registry",
    facts,
    *_text("batch", "npi", "name", "entity", "address", "city", "state", "zip", "taxonomy_code"),
    *_days("deactivated_day", "reactivated_day"),
    Column("replacement_npi", Text),
    Column("active", Boolean),
)
registry_place = Table("registry_place", facts, *_text("batch", "npi", "address", "city", "state", "zip"))

taxonomy = Table("taxonomy", facts, *_text("batch", "code", "grouping", "classification", "specialization", "display"))

# The counting engine also holds the batches, for order and censoring: brought from the store.
batches = Table(
    "batches", facts, Column("batch", Text), Column("seq", Integer), Column("as_of", Integer), Column("format", Text)
)
