"""One organisation: what it takes of what could have gone there, and from how far."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import destination_known, destination_unknown, out_of_network

taken_share = Metric(
    name="taken_share",
    title="Share that goes to an organisation",
    says="Of referrals with a known destination, of a practice group, line or practice, the share that goes there.",
    why="It shows from whom a competitor takes what, and where we could be asked instead.",
    source="docs/metrics.md, Leakage",
    numerator=out_of_network,
    denominator=destination_known,
    shown_beside=(destination_unknown,),
    better="neither",
    rules=(
        "What another organisation takes: referrals that went out of network to it. What ours receives: in network.",
        "Taken since: the first month with such a referral. Where that is the data's first month, it may be longer.",
        "A rise or fall by line: its share of the last 12 complete months against the 12 before (6 and 6 where the "
        "data reach back less than two years), said where its interval does not hold zero. The interval is widened for "
        "the number of lines, and where months scatter more than chance would have them.",
        "Reasons are those that the file gives; not recorded is a band of its own.",
    ),
)

distance_to_organisation = Metric(
    name="distance_to_organisation",
    title="Distance to an organisation",
    says="Straight-line miles from the referring practice to the organisation's nearest place on record.",
    why="Where patients go elsewhere because it is nearer, a visit changes little; where it is not nearer, ask why.",
    source="great-circle distance between the practice (or the middle of its ZIP) and the place",
    better="neither",
    rules=(
        "Places: where the organisation's clinicians of the lines it receives are on record, primary care apart; "
        "where none is, any of its places. A clinician without a practice lies where the registry says, by ZIP.",
        "It is the nearest place there is, not the one that a patient went to; roads are longer than straight lines.",
        "A practice or an organisation without a place on record is in the band that is not known.",
        "Where it is nearer than we are, and where not, are compared with practices as clusters.",
    ),
)
