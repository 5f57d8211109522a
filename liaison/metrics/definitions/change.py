"""What changed since last month."""

from liaison.metrics.definitions.base import Metric

change = Metric(
    name="change",
    title="What changed",
    says="What moved in the last complete month beyond chance, against the month before and the same month a year ago.",
    why="A table of figures hides the few that call for somebody, and shows many that are noise.",
    source="Newcombe 1998; Przyborowski and Wilenski 1940; Dunn 1961 for several comparisons",
    better="neither",
    rules=(
        "Only sources that saw both months to their end are compared; a source's first month is left out.",
        "Volume: two counts; the interval is widened by what such pairs of months varied in the year before.",
        "Leakage and unknown destinations: two shares of at least 11 referrals.",
        "All figures of the whole are held to 95% together, and all of the service lines together.",
        "Less than 2% of volume, or one point of a share, is not said.",
        "New, lapsed and returning practices are counted by their own rules, stuck referrals as they stand.",
    ),
)
