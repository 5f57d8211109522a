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

moved_on = Metric(
    name="moved_on",
    title="Moved on within 30 days",
    says="Of the referrals in a stage, the share that had moved on to the next within 30 days.",
    why="It compares two windows fairly: the newer one has had less time, and its open referrals may still move on.",
    source="Aalen and Johansen 1978; interval: Choudhury 2002",
    better="higher",
    rules=(
        "Open referrals are censored on the day of their own extract; exits compete.",
        "Days are compared up to the last day on which both windows have ten referrals in the stage.",
        "The interval of the median days: Brookmeyer and Crowley 1982; of a difference: Zou and Donner 2008.",
        "A change is said in words only where its interval does not hold zero.",
    ),
)
