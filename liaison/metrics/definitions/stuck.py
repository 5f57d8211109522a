"""Stuck referrals."""

from liaison.metrics.definitions.base import Metric

stuck = Metric(
    name="stuck",
    title="Stuck referrals",
    says="Open referrals that have been in their stage longer than nine of ten that moved on in the year before.",
    why="Each is a patient who waits, and most can still be helped.",
    source="docs/metrics.md, Funnel",
    better="lower",
    rules=(
        "Longer than the 90th percentile of that stage and service line, and at least 14 days.",
        "The year before: referrals created in the last 12 complete months of their source.",
        "Where fewer than ten were still in a stage, its percentile is not known and nothing there is called stuck.",
        "Days are counted to the extract that a referral was last seen in, never to today.",
    ),
)
