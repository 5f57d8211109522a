"""The sentence over the alerts: how many practices fell, how many began, and where most is being lost."""

from collections.abc import Mapping

from liaison.charts.amount_intervals import signed
from liaison.metrics.findings.words import listed

WORDS = {
    "decline": ("fell", "fell"),
    "lapse": ("stopped", "stopped"),
    "new_source": ("is new", "are new"),
    "return": ("came back", "came back"),
}


def kind_words(kind: str) -> str:
    """'New source'."""
    return kind.replace("_", " ").capitalize()


def alerts_headline(counts: Mapping[str, int], worst: str | None) -> str:
    """'7 practices fell and 2 are new beyond what chance explains; most is being lost at Elm Street'."""
    said = [
        f"{n:,} {'practice ' if n == 1 else 'practices '}{WORDS[kind][n > 1]}"
        if not place
        else f"{n:,} {WORDS[kind][n > 1]}"
        for place, (kind, n) in enumerate((k, n) for k, n in counts.items() if n)
    ]
    if not said:
        return "No practice changed beyond what chance explains"
    where = f"; most is being lost at {worst}" if worst else ""
    return f"{listed(said)} beyond what chance explains{where}"


def change_words(change: float) -> str:
    """'\u22124.2 referrals a month'."""
    return f"{signed(change)} referrals a month"


def tally(real: int, not_real: int) -> str:
    """What people found so far of alerts that they looked into."""
    judged = real + not_real
    if not judged:
        return "None has been judged yet: say of each whether it was real, and the share is counted here."
    noun = "alert that was judged was" if judged == 1 else "alerts that were judged were"
    return f"{real:,} of {judged:,} {noun} real."
