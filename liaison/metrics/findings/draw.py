"""What a proposal of territories comes to, in one sentence, and what stands in its way."""

from collections.abc import Sequence

from liaison.charts.words import percent, whole


def draw_headline(off: float, off_today: float, handed_over: int, practices: int) -> str:
    """`off`: the largest distance of a liaison's work from what is due (0 to 1), as proposed and as it is today."""
    fair = f"Nobody's work is more than {percent(off)} from what is due"
    first = f"{fair}, as today" if off_today <= off + 0.005 else f"{fair}, today up to {percent(off_today)}"
    if not handed_over:
        return f"{first}; no practice changes hands"
    one = "practice changes" if handed_over == 1 else "practices change"
    return f"{first}; {whole(handed_over)} of {whole(practices)} {one} hands"


def coarse_notes(named: Sequence[tuple[str, float]], drawn_from: str, split: int) -> list[str]:
    """Areas that hold more than one liaison may have: (name, shares of what is due), and what would help.

    `split`: how many practices are in other hands than their area.
    """
    if not named:
        return []
    listed = ", ".join(f"{name} ({shares:.1f} shares)" for name, shares in named[:3])
    said = f"Too large for one liaison: {listed}."
    if split:
        return [f"{said} {whole(split)} practices are therefore in other hands than their area."]
    other = "Draw from ZIPs, or split by practice." if drawn_from == "county" else "Split by practice."
    return [f"{said} Whole areas cannot be fair here. {other}"]
