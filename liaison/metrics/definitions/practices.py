"""What a practice is to us: how loyal, how steady, new, lapsed or returning."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import destination_known, in_network

loyalty = Metric(
    name="loyalty",
    title="Loyalty",
    says="Of a practice's referrals of one specialty with a known destination, the share that came to us.",
    why="A splitter can be won, a loyalist lost; they need different visits.",
    source="docs/metrics.md, Practices; thresholds are settings of the instance",
    numerator=in_network,
    denominator=destination_known,
    better="higher",
    rules=(
        "Over the last 12 complete months, by service line, in the vantage that leakage is counted over.",
        "Loyalist from 80%, dabbler up to 20%, splitter between; below 8 referrals it is too few to say.",
    ),
)

continuum = Metric(
    name="continuum",
    title="Continuum",
    says="In how many of the last six complete months the practice sent a referral.",
    why="A practice that refers now and then is where a visit changes most.",
    source="docs/metrics.md, Practices",
    better="higher",
    rules=(
        "None: prospect or lapsed. One: one-time. Two to four: occasional. Five or six: steady.",
        "Every practice on record is listed, also one that never referred.",
    ),
)

movement = Metric(
    name="movement",
    title="New, lapsed, returning",
    says="Whether a practice began, stopped or came back in the last three complete months.",
    why="It is cheaper to keep a practice than to win one, if one hears of it in time.",
    source="docs/metrics.md, Practices",
    better="neither",
    rules=(
        "New: a referral in the last 3 months, none in the 24 before. Said only where the data reach back that far.",
        "Lapsed: three or more referrals in months 4 to 15, none in the last 3.",
        "Returning: a referral in the last 3 months after 6 without, and some before those.",
    ),
)
