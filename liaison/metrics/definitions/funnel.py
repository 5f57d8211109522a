"""The funnel and the time that each of its stages takes."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import every_referral

funnel = Metric(
    name="funnel",
    title="Referral funnel",
    says="Of the referrals created, the share that reached each stage.",
    why="A referral that is never seen is care that was asked for and did not happen.",
    source="HL7 BSeR business statuses; docs/metrics.md, Funnel",
    denominator=every_referral,
    better="higher",
    rules=(
        "Referrals created in the window; one that left the network is in `created` only.",
        "A stage is reached when its date or any later stage's date exists.",
        "`authorised` is left out where no referral of the selection has that date.",
        "A referral ends once: its loop is closed, or it exits and no later stage follows.",
    ),
)

time_in_stage = Metric(
    name="time_in_stage",
    title="Days in stage",
    says="The day by which half (or nine tenths) of those who move on had moved on.",
    why="Waiting is where referrals are lost.",
    source="Aalen and Johansen 1978; docs/metrics.md, Funnel",
    better="lower",
    rules=(
        "Open referrals are censored on the day of their own extract; exits compete.",
        "Read up to the last day with ten referrals still in the stage; nothing is said below ten.",
        "A date before the one it should follow drops that duration, and is counted in quality.",
    ),
)
