"""The papers of a proposal: what was assumed, of which data, and it as a file."""

import pandas as pd

from liaison.metrics.figure import date_words
from liaison.planning.territories.drafts import Draft
from liaison.planning.territories.told import SENTENCES
from liaison.ui import parts
from liaison.ui.draw.asked import name_of
from liaison.ui.next_visits.run import day
from liaison.ui.tables import download
from liaison.vocabulary import month_words

DEFINITION = (
    "**Work** of a practice: visits needed in a year times minutes of a visit, the way from the one before, and its "
    "share of the way out and home. What is **due** to a liaison is their share of all work, by the hours they work. "
    "A territory is **of a piece** where from each of its areas one comes to every other without leaving it; one that "
    "meets in a corner only does not border. Found by middles and shares in turn (Zoltners and Sinha 1983): within the "
    "tolerance, then least driving out and home and fewest hand-overs. ZIP areas are approximate.\n\n"
)


def show(draft: Draft) -> None:
    """One line of source, the definition with all that was assumed, the download."""
    said = [str(draft.papers[name]) for name in SENTENCES]
    out = len(draft.papers["left_out"])
    if out:
        said.append(f"{out:,} practices are in no area: nothing says where they lie.")
    with parts.footer(source(draft), f"{DEFINITION}**Assumed.** {' '.join(said)}", "draw"):
        papers = [source(draft), DEFINITION.replace("**", "").strip(), *said]
        download(lambda: file_of(draft), "territories", key="draw", papers=papers)


def source(draft: Draft) -> str:
    """'Drawn 1 Dec 2026 · revision 3 · data version 15 · values by the list for Nov 2026'."""
    listed = f"values by the list for {month_words(draft.as_of + 1)}" if draft.as_of is not None else "no list yet"
    held = f" \u00b7 holds from {date_words(draft.adopted.on)}" if draft.adopted else ""
    return (
        f"Drawn {day(draft.made_at)} \u00b7 revision {draft.revision:,} by {draft.changed_by} "
        f"\u00b7 data version {draft.data_version:,} \u00b7 {listed}{held}"
    )


def file_of(draft: Draft) -> pd.DataFrame:
    """One row a practice: whose it is, whose it would be, what it needs."""
    names, whose = {one.id: one.name for one in draft.market.people}, draft.whose
    return pd.DataFrame(
        [
            {
                "practice_id": need.practice,
                "practice": name_of(need.practice),
                "area": draft.market.areas[need.area].name,
                "today": names.get(need.held or "", need.held or ""),
                "proposed": names[whose[need.practice]],
                "visits_a_year": round(need.visits, 1),
                "minutes_a_visit": round(need.minutes, 1),
                "referrals_a_visit": round(need.value, 2),
            }
            for need in draft.market.needs
        ]
    ).assign(revision=draft.revision)
