"""Its funnel beside that of its peers; counted when it is asked for, since it looks at every single referral."""

import pandas as pd

from liaison.metrics.figure import percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.practice import against_peers
from liaison.metrics.one_practice import PracticeStory
from liaison.metrics.peers import Beside, Side
from liaison.ui import options, parts
from liaison.ui.ask import ask
from liaison.ui.practice import asked
from liaison.ui.tables import Col, table

PARAM = "peers"
AMONG = {"type": "practice_type", "territory": "territory"}  # as the URL says it -> the dimension
COLUMNS = {
    "stage": Col("Stage", 110),
    "own": Col("Reached here", 150),
    "peers": Col("By peers", 140),
    "days": Col(
        "Days here",
        130,
        help="Median days to the next stage, with its 95% interval; both read over the same days when compared.",
    ),
    "peer_days": Col("By peers", 110),
}
ON_PHONE = {"stage": Col("Stage", 92), "own": Col("Here", 128), "peers": Col("Peers", 128)}


def show(found: PracticeStory, question: Filters, small: bool) -> None:
    """The choice of peers; then the stages side by side."""
    among = {p: f"Same {p}: {found.lies[kind][1]}" for p, kind in AMONG.items() if kind in found.lies}
    if not among or not found.months:
        return
    chosen = options.perhaps(PARAM, among)
    parts.picture("Its funnel beside its peers" if chosen is None else _finding(found, question, chosen))
    options.pills(PARAM, "Beside whom", among)
    if chosen:
        _table(_beside(found, question, chosen), small)


def _beside(found: PracticeStory, question: Filters, chosen: str) -> Beside:
    kind = AMONG[chosen]
    return ask(asked.beside, question, among=kind, key=found.lies[kind][0])


def _finding(found: PracticeStory, question: Filters, chosen: str) -> str:
    return against_peers(_beside(found, question, chosen))


def _table(beside: Beside, small: bool) -> None:
    if not beside.stages:
        return
    rows = pd.DataFrame(
        {
            "stage": s.stage.label,
            "own": _share(s.own),
            "peers": _share(s.peers, wide=False),
            "days": _days(s.own),
            "peer_days": _days(s.peers, wide=False),
        }
        for s in beside.stages
    )
    first = beside.stages[0]
    table(rows, ON_PHONE if small else COLUMNS, key="peers-table", alt="Stages reached here and by peers", most=6)
    parts.note(
        f"Of referrals that did not go out of network: {first.own.stayed:,} here, {first.peers.stayed:,} of peers, "
        f"vantage {beside.vantage}, {beside.window}. Share that reached the stage, days at the median to the next; "
        "95% intervals."
    )


def _share(side: Side, wide: bool = True) -> str:
    if side.stayed < ENOUGH or side.share_of_stayed is None or side.low is None or side.high is None:
        return f"too few (n {side.stayed})"
    around = f" ({side.low * 100:.0f} to {side.high * 100:.0f})" if wide else ""
    return f"{percent(side.share_of_stayed)}{around}"


def _days(side: Side, wide: bool = True) -> str:
    if side.median_days is None:
        return "" if side.timed == 0 else "too few"
    around = f" ({side.median_low} to {side.median_high})" if wide and side.median_low is not None else ""
    return f"{side.median_days}{around}"
