"""Leakage and keepage."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import destination_known, destination_unknown, in_network, out_of_network

RULES = (
    "Referrals created in the window, months inclusive; without a window, all complete months.",
    "A referral whose destination is not known is in neither part, and is shown beside.",
    "In-network referrals that ended without being seen are another event: shown beside, never added.",
    "One vantage at a time: what our own clinicians ordered, where there is any, else claims.",
    "A practice that we see only through what it sends us has leakage that is not observable, never 0%.",
)

leakage = Metric(
    name="leakage",
    title="Leakage",
    says="Of referrals with a known destination, the share that went out of network.",
    why="Patients we could have cared for went elsewhere, or we could not take them.",
    source="docs/metrics.md, Leakage; the share of visits outside a network as in McWilliams 2014",
    numerator=out_of_network,
    denominator=destination_known,
    shown_beside=(destination_unknown,),
    better="lower",
    rules=RULES,
)

keepage = Metric(
    name="keepage",
    title="Keepage",
    says="Of referrals with a known destination, the share that stayed in network.",
    why="The other side of leakage: what we were trusted with.",
    source="docs/metrics.md, Leakage",
    numerator=in_network,
    denominator=destination_known,
    shown_beside=(destination_unknown,),
    better="higher",
    rules=RULES,
)
