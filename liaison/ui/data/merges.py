"""Doubtful names: proposals to merge, what each would move, and merges to undo. Nothing merges by itself."""

import pandas as pd
import streamlit as st

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.fieldwork.merges import Proposal, decisions, keep_apart, merge_into, proposals, standing, undo
from liaison.fieldwork.moves import what_moves
from liaison.metrics.filters import Filters
from liaison.store import reading
from liaison.ui import homes, parts, states
from liaison.ui.ask import ask, viewer
from liaison.ui.data import work
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import Audience

KINDS = ("practice", "organisation")
COLUMNS = {
    "kind": Col("What", 110),
    "from_name": Col("Name in files", 330),
    "into_name": Col("Looks like", 330),
    "moves": Col("Referrals", 100, "count", help="How many referrals a merge would move, all months."),
    "likeness": Col("Likeness", 130, "share", "gray"),
}
ON_PHONE = {"from_name": Col("Name in files", 170), "into_name": Col("Looks like", 170)}
MADE = {
    "kind": Col("What", 110),
    "from_name": Col("Counts as another", 330),
    "into_name": Col("Counted under", 330),
    "by": Col("Decided", 220),
}


def proposed(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, done: int
) -> tuple[list[Proposal], list[int]]:
    """Proposals of both kinds, and how many referrals each would move. `done`: decisions made so far, for the key."""
    with reading(live.home.store) as connection:
        found = [p for kind in KINDS for p in proposals(connection, kind)]
    return found, [what_moves(live, viewer, p.kind, p.from_id) for p in found]


def show() -> None:
    """What is proposed, then what was decided."""
    with reading(homes.home().store) as connection:
        made = decisions(connection)
        into = {kind: standing(connection, kind) for kind in KINDS}
    _proposals(*ask(proposed, Filters(), done=len(made)))
    _made(made, into)


def _proposals(found: list[Proposal], moves: list[int]) -> None:
    if not found:
        states.off(
            "No doubtful names",
            "A name in a file that looks like one of your records, and is not, would be listed here.",
        )
        return
    parts.picture(
        f"{len(found)} names look like one of your records",
        "They count by themselves until you say that they are the same. Pick one; a merge can be undone.",
    )
    rows = pd.DataFrame(
        [p.__dict__ | {"moves": n, "kind": p.kind.capitalize()} for p, n in zip(found, moves, strict=True)]
    )
    place = table(
        rows, ON_PHONE if phone() else COLUMNS, key="proposals", alt="Names that look like a record", pick=True
    )
    if place is None:
        return
    picked, count = found[place], moves[place]
    with st.container(border=True):
        parts.say(
            f"Does **{picked.from_name}** stand for **{picked.into_name}**? "
            f"A merge moves {count:,} referral{'' if count == 1 else 's'} to it."
        )
        with st.container(horizontal=True):
            st.button("They are the same", type="primary", key="merge", on_click=states.guarded, args=(_merge, picked))
            st.button("Keep them apart", key="apart", on_click=states.guarded, args=(_apart, picked))


def _made(made: list[dict[str, object]], into: dict[str, dict[str, str]]) -> None:
    rows = _standing(made, into)
    if rows.empty:
        return
    parts.picture(
        f"{len(rows)} merges are in force", "Pick one to undo it; its referrals go back to the name they came with."
    )
    place = table(rows, MADE, key="merges", alt="Merges in force", pick=True, most=6)
    if place is not None:
        row = rows.iloc[place]
        args = (_undo, str(row["kind"]).lower(), str(row["from_id"]))
        st.button(f"Undo the merge of {row['from_name']}", key="undo-merge", on_click=states.guarded, args=args)


def _standing(made: list[dict[str, object]], into: dict[str, dict[str, str]]) -> pd.DataFrame:
    """The decisions that are in force, newest first, by the names that people know."""
    labels = homes.live().label_of
    rows, seen = [], set[tuple[str, str]]()
    for decision in made:
        kind, from_id = str(decision["kind"]), str(decision["from_id"])
        if (kind, from_id) in seen or from_id not in into[kind]:
            continue
        seen.add((kind, from_id))
        target = into[kind][from_id]
        rows.append(
            {
                "kind": kind.capitalize(),
                "from_id": from_id,
                "from_name": labels.get((kind, from_id), from_id),
                "into_name": labels.get((kind, target), target),
                "by": f"{str(decision['decided_at'])[:10]}, {decision['decided_by']}",
            }
        )
    return pd.DataFrame(rows)


def _merge(picked: Proposal) -> None:
    merge_into(homes.home().store, picked.kind, picked.from_id, picked.into_id, actor=viewer().name)
    work.recount()


def _apart(picked: Proposal) -> None:
    keep_apart(homes.home().store, picked.kind, picked.from_id, picked.into_id, actor=viewer().name)


def _undo(kind: str, from_id: str) -> None:
    undo(homes.home().store, kind, from_id, actor=viewer().name)
    work.recount()
