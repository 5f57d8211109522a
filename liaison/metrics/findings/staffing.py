"""Whether a team is enough, in one sentence; what one liaison more or less would change."""

from liaison.charts.words import whole
from liaison.metrics.figure import money


def staffing_headline(liaisons: int, needed: float, available: float) -> str:
    """Visits a year."""
    who = "One liaison" if liaisons == 1 else f"{whole(liaisons)} liaisons"
    made, wanted = whole(round(available)), whole(round(needed))
    if available >= needed:
        return f"{who} can make {made} visits a year, {wanted} are needed: enough"
    return f"{who} can make {made} of the {wanted} visits a year that are needed"


def more_words(extra: float, cost: float, net: float | None) -> str:
    """What one liaison more would bring. `net`: dollars of margin less cost; None without margins."""
    if extra < 0.5:
        return f"One more would bring no referral that today's team does not, for {money(cost)} a year."
    said = f"One more would bring about {whole(round(extra))} referrals a year for {money(cost)}"
    if net is None:
        return f"{said}."
    return f"{said}, {money(abs(net))} {'more in margin than' if net >= 0 else 'less in margin than'} that."


def less_words(lost: float, saved: float) -> str:
    """What one liaison less would leave."""
    if lost < 0.5:
        return f"One less would leave no referral behind and save {money(saved)} a year."
    return f"One less would leave about {whole(round(lost))} referrals a year behind and save {money(saved)}."
