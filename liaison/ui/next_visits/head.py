"""What the first of the list should bring together, in one sentence, and what the data show of an effect."""

from collections.abc import Sequence

from liaison.metrics.findings.next_visits import Expected, next_visits_headline
from liaison.models.stored import Listed, Run
from liaison.ui import parts
from liaison.ui.next_visits.asked import name_of
from liaison.ui.next_visits.cards import FIRST
from liaison.ui.next_visits.marks import Amounts

NAME = "Next visits"
NAMED = 2


def show(run: Run, rows: Sequence[Listed], write: Amounts) -> None:
    """The sentence, then what it rests on."""
    first = [row for row in rows if not row.accepted][:FIRST]
    names = [name_of(row.row.practice_id) for row in first[:NAMED]]
    parts.head(NAME, next_visits_headline(expected(run, first, write), names))
    parts.note(" ".join([run.evidence, *run.notes]))


def expected(run: Run, first: Sequence[Listed], write: Amounts) -> Expected:
    """Gains added up, and their ends too: what is not known of the lift is the same for all, and never averages out."""
    gain, low, high = (sum(getattr(row.row, name) for row in first) for name in ("gain", "low", "high"))
    measured = run.lift.get("lift_measured", {})
    ends = [measured.get("low"), measured.get("high")]
    between = None if None in ends else "between {} and {} of monthly referrals".format(*(_percent(e) for e in ends))
    return Expected(
        many=len(first),
        gain=write.plain(gain),
        low=write.plain(low),
        high=write.plain(high),
        noun="margin" if write.money else "referrals",
        shown=not run.covers_zero,
        told=not cold(run),
        between=between,
    )


def cold(run: Run) -> bool:
    """Whether the data hold no visits, or too few, so that gains rest on the prior alone."""
    return run.evidence.startswith("There are ")


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("-", "\u2212")
