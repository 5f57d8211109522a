"""What could come home."""

from liaison.metrics.definitions.base import Metric

could_come_home = Metric(
    name="could_come_home",
    title="What could come home",
    says="Referrals that went out of network in service lines that our own organisations take.",
    why="It says where a visit has something to win, and which practices to see first.",
    source="docs/metrics.md, Leakage",
    better="lower",
    rules=(
        "A line is one that we take where, in the window, at least one in-network referral of it did not end without "
        "being seen, from whichever practice and source it came.",
        "Counted over the vantage that leakage is counted over; of all that went out of network, which stands beside.",
        "It is an upper bound, not a forecast: distance, insurance, waiting times, urgency and the patient's own "
        "choice keep some of them away whatever is done.",
        "It is not what a visit caused or would cause, and not money.",
    ),
)
