"""What was worked out for practices, and what people made of it.

One row of `ranking` is one run: a list, forecasts and alerts made together from one version of the data. Its rows are
derived and may be made anew; notes, choices and slots drawn by lot are what people and chance decided, and are only
ever added to. Months are month ids (year x 12 + month - 1); lists and mappings are JSON.
"""

from sqlalchemy import Boolean, Column, Float, Integer, Text

from liaison.store.tables.base import table

OWNER = "models"

ranking = table(
    "ranking",
    Column("run_id", Text, primary_key=True),
    Column("as_of", Integer, nullable=False, index=True),  # the last month that was looked at
    Column("data_version", Integer, nullable=False),
    Column("data_id", Text, nullable=False),
    Column("records_id", Integer, nullable=False),  # newest entry of `history` among visits and people
    Column("fitted_at", Text, nullable=False),  # UTC, ISO
    Column("seconds", Float, nullable=False),
    Column("level", Float, nullable=False),  # of the gains' intervals, 0 to 1
    Column("model", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # a sentence
    Column("lift", Text, nullable=False),  # JSON: lifts measured and used, with intervals
    Column("worth", Text),  # JSON: margins and shares seen by service line; null where there is no outlook
    Column("outlook", Text),  # JSON: season, growth, odds, how many are watched; null where the history is too short
    Column("notes", Text, nullable=False),  # JSON list of sentences: what was not known, or left out
    Column("checks", Text),  # JSON; null until it has been looked back
    Column("card", Text),  # Markdown; null until it has been looked back
    owner=OWNER,
)

ranking_row = table(
    "ranking_row",
    Column("run_id", Text, primary_key=True),
    Column("practice_id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("gain", Float, nullable=False),  # referrals in all from one visit
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("forecast", Float, nullable=False),  # referrals a month without a visit
    Column("months_added", Float, nullable=False),  # months of a visit's peak that one more adds
    Column("outside_share", Float),  # of its referrals; null where not observed
    Column("months_since", Float),  # the last counted visit to the month of the list; null where there was none
    Column("reasons", Text, nullable=False),
    Column("against", Text, nullable=False),
    owner=OWNER,
)

forecast_row = table(
    "forecast_row",
    Column("run_id", Text, primary_key=True),
    Column("practice_id", Text, primary_key=True),
    Column("value", Float, nullable=False),  # referrals of the next three months
    Column("low_80", Integer, nullable=False),
    Column("high_80", Integer, nullable=False),
    Column("low_95", Integer, nullable=False),
    Column("high_95", Integer, nullable=False),
    Column("rate", Float, nullable=False),
    Column("recent", Float, nullable=False),
    Column("drawn", Float, nullable=False),
    Column("months", Text, nullable=False),  # JSON list: each month with its intervals
    Column("by_line", Text, nullable=False),  # JSON list: what each service line has in it
    owner=OWNER,
)

source_worth = table(
    "source_worth",
    Column("run_id", Text, primary_key=True),
    Column("practice_id", Text, primary_key=True),
    Column("referrals", Float, nullable=False),  # expected of the next twelve months
    Column("low", Integer, nullable=False),  # their 80% interval
    Column("high", Integer, nullable=False),
    Column("each", Float, nullable=False),  # dollars that a referral of it contributes, seen or not
    Column("value", Float, nullable=False),  # dollars of the twelve months, with its 80% interval
    Column("value_low", Float, nullable=False),
    Column("value_high", Float, nullable=False),
    Column("by_line", Text, nullable=False),  # JSON list: what each service line has in it, and how many were seen
    owner=OWNER,
)

alert = table(
    "alert",
    Column("run_id", Text, primary_key=True),
    Column("alert_key", Text, primary_key=True),  # stays the same for as long as the alert stands
    Column("practice_id", Text, index=True),  # null: the small practices together
    Column("kind", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("weight", Float, nullable=False),  # probability that it is real x referrals a month
    Column("real", Float, nullable=False),
    Column("change", Float, nullable=False),  # referrals a month, below 0 lost
    Column("says", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON
    Column("by_line", Text, nullable=False),  # JSON list
    owner=OWNER,
)

alert_note = table(
    "alert_note",
    Column("id", Integer, primary_key=True),
    Column("alert_key", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),  # snoozed, assigned, outcome
    Column("until", Text),  # ISO day
    Column("person_id", Text),
    Column("real", Boolean),
    Column("note", Text),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO
    owner=OWNER,
)

next_visit_choice = table(
    "next_visit_choice",
    Column("id", Integer, primary_key=True),
    Column("practice_id", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),  # accepted, declined, pinned, undone
    Column("reason", Text),
    Column("until", Text),  # ISO day
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO
    owner=OWNER,
)

exploration_slot = table(
    "exploration_slot",
    Column("as_of", Integer, primary_key=True, autoincrement=False),  # the visit is for the month after
    Column("practice_id", Text, primary_key=True),
    Column("run_id", Text, nullable=False),  # the run that drew it
    Column("probability", Float, nullable=False),  # that the lot would fall on it
    Column("drawn", Boolean, nullable=False),
    owner=OWNER,
)
