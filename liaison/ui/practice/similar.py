"""Practices like this one: the same type, nearest in size and in what goes elsewhere; a row opens its story."""

import pandas as pd
import streamlit as st

from liaison.models.similar import similar
from liaison.models.stored import StoredRow
from liaison.ui import homes, lists, parts
from liaison.ui.ask import kept
from liaison.ui.next_visits import asked
from liaison.ui.practice import which
from liaison.ui.practice.outlook import Outlook
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

LIST = "similar"
COLUMNS = {
    "name": Col("Practice", 220),
    "sends": Col("A month", 80, help="Referrals to us that are to be expected without a visit."),
    "elsewhere": Col("Elsewhere", 104, "share", "orange", help="Share of its referrals, where it is seen."),
    "seen": Col("Last visit", 120),
    "rank": Col("Rank", 60, "count", help="In the list of next visits."),
}
ON_PHONE = {"name": Col("Practice", 180), "sends": Col("A month", 66), "rank": Col("Rank", 56, "count")}


def show(found: Outlook | None, practice_id: str) -> None:
    """Five at most; nothing where the practice is on no record or alone of its type."""
    if found is None:
        return
    key = found.now.key("similar", practice_id, homes.live().data_id)
    rows: tuple[StoredRow, ...] = kept().get(key, lambda: _nearest(found, practice_id))
    if not rows:
        return
    parts.picture("Practices like it", "Of the same type, nearest in what they send and in what goes elsewhere.")
    ids = [row.practice_id for row in rows]
    turn = st.session_state.setdefault("similar-turn", 0)
    place = table(
        kept().get((*key, "frame"), lambda: _frame(rows)),
        ON_PHONE if phone() else COLUMNS,
        key=f"similar-{turn}",
        alt="Practices like this one; a row opens its story",
        most=5,
        pick=True,
        version=key,
    )
    if place is not None:
        st.session_state["similar-turn"] = turn + 1
        lists.remember(LIST, [practice_id, *ids], "Practices like it")
        which.open_practice(ids[place], LIST)
        st.rerun()


def _nearest(found: Outlook, practice_id: str) -> tuple[StoredRow, ...]:
    lying, listed = asked.lies(), asked.ranked(found.now)
    own, lie = listed.by_practice.get(practice_id), lying.get(practice_id)
    if own is None or lie is None:
        return ()
    alike = {each for each, other in lying.items() if other.practice_type == lie.practice_type}
    return similar(own, [row for row in listed.rows if row.practice_id in alike])


def _frame(rows: tuple[StoredRow, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": asked.name_of(row.practice_id),
            "sends": f"{row.forecast:.1f}",
            "elsewhere": row.outside_share,
            "seen": "none" if row.months_since is None else _months(row.months_since),
            "rank": row.rank,
        }
        for row in rows
    )


def _months(since: float) -> str:
    return "last month" if since <= 1 else f"{since:.0f} months ago"
