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
        "No filter changes that percentile: a referral is stuck or not, whatever the page is cut to.",
        "The year before: referrals created in the last 12 complete months of their source.",
        "Where fewer than ten were still in a stage, its percentile is not known and nothing there is called stuck.",
        "Days are counted to the extract that a referral was last seen in, never to today.",
    ),
)

stuck_share = Metric(
    name="stuck_share",
    title="Share of open referrals that are stuck",
    says="Of the referrals that are open, the share that is stuck.",
    why="It says where waiting is the rule, also where few referrals are open.",
    source="docs/metrics.md, Funnel; interval: Wilson 1927",
    better="lower",
    rules=(
        "By service line, payer, practice or destination; open and stuck as for stuck referrals.",
        "With Wilson's 95% interval; below 11 open referrals it is too few to say.",
        "Beside it: referrals created in the same months, whatever became of them.",
    ),
)
