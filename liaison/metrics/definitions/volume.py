"""Volume, and what of it has no known destination."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import destination_known, destination_unknown, every_referral

volume = Metric(
    name="volume",
    title="Volume",
    says="Referrals created, month by month.",
    why="It is what the programme is there to grow, and the first thing that shows a practice turning away.",
    source="docs/metrics.md, Volume",
    numerator=every_referral,
    shown_beside=(destination_known,),
    better="higher",
    rules=(
        "A referral counts in the month in which it was created, in its newest version, once.",
        "All vantages count unless one is asked for: what was ordered, what came to us, what claims show.",
        "Months that a source has not seen to their end are left out unless they are asked for.",
    ),
)

unknown_destination = Metric(
    name="unknown_destination",
    title="Destination unknown",
    says="Of the referrals, the share whose destination is not known to be in or out of network.",
    why="Leakage says nothing of these: where they are many, it is half a picture.",
    source="docs/metrics.md, Leakage",
    numerator=destination_unknown,
    denominator=every_referral,
    better="lower",
    rules=(
        "Counted over the vantage that leakage is counted over.",
        "A destination is known where the file says in or out, or names an organisation or provider of ours or theirs.",
    ),
)
