"""Whose referral it was: credit follows the practice's assignment on the day of the referral."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import every_referral

credit = Metric(
    name="credit",
    title="Referrals of a panel",
    says="Referrals by whom their practice was assigned to on the day on which they were made.",
    why="When a panel changes hands, last year's referrals stay with who looked after the practice then.",
    source="docs/managers.md, Team",
    numerator=every_referral,
    better="neither",
    rules=(
        "An assignment for the referral's service line goes before one for all lines.",
        "Of several that hold on the day, the one that began last; a tie goes to the first by id.",
        "Referrals of practices that nobody was assigned to stand under nobody: the parts add up to the whole.",
        "It says who looked after a practice, not what a visit brought: that is the programme effect.",
    ),
)
