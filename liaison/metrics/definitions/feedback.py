"""What referrers say of us in short surveys."""

from liaison.metrics.definitions.base import Metric

marks = Metric(
    name="marks",
    title="Good marks of referrers",
    says="Of the answers to a question of the survey, the share that gave 4 or 5 of 5.",
    why="Knowing the specialist, hearing back and being seen soon are what referrers choose by.",
    source="docs/liaisons.md, Feedback; interval: Wilson 1927",
    better="higher",
    rules=(
        "Questions: how easy it is to refer, how well we report back, how soon patients are seen.",
        "Every filled-in form counts by itself; a practice that answers often weighs more, so practices stand beside.",
        "Below five answers (LIAISON_FEEDBACK_MINIMUM) nothing is said: too few.",
        "Those who answer are not all who refer: the share speaks of who was asked and answered.",
    ),
)

recommend = Metric(
    name="recommend",
    title="Promoters less detractors",
    says="Of those who said how likely they are to recommend us, the share of 9 and 10 less the share of 0 to 6.",
    why="One number to follow over time; it says nothing without the answers behind it.",
    source="docs/liaisons.md, Feedback; interval: Tango 1998",
    better="higher",
    rules=(
        "From -100 (all detractors) to +100 (all promoters); 7 and 8 count in the whole only.",
        "Small samples swing widely: the interval belongs to the number.",
        "Below five answers (LIAISON_FEEDBACK_MINIMUM) nothing is said: too few.",
    ),
)
