"""From a practice's stuck referrals to a barrier: one press, for the line and stage where most are stuck."""

import streamlit as st

from liaison.fieldwork.barrier_proposals import STUCK, accept, proposals
from liaison.metrics.filters import Filters, stored_value
from liaison.store import reading
from liaison.ui import entries, homes, links, parts
from liaison.ui.ask import viewer
from liaison.ui.barriers import asked as of_barriers
from liaison.ui.clock import today
from liaison.ui.states import told

MOST = 3


def show(asked: Filters, practice_id: str, stage: str | None) -> None:
    """A button for each line and stage, where no barrier stands; else the way to the practice's barriers."""
    line = stored_value("service_line", asked.service_line) if asked.service_line else None
    here = [
        row
        for row in of_barriers.stuck().rows
        if row.practice_id == practice_id and line in (None, row.line) and stage in (None, row.stage.value)
    ][:MOST]
    home = homes.home()
    with reading(home.store) as connection:
        found = proposals(connection, here, 1)
    if found.cells:
        parts.note("A barrier is opened for one line and one stage; its referrals are those of all months.")
    cells = [*found.cells, *(cell for cell, _ in found.put_away)]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="stuck-barriers"):
        for cell in cells:
            label = f"Open a barrier: {cell.stuck:,} to {cell.line} {STUCK[cell.stage]}"
            if st.button(label, key=f"barrier-{'-'.join(cell.at)}", icon=":material/report:"):
                with told():
                    key = accept(home.store, cell, today(), home.settings.barrier_due_days, actor=viewer().name)
                    links.go(entries.BARRIERS, barrier=key)
        if len(cells) < len(here) and not found.unknown:
            links.link(entries.BARRIERS, "Barriers of this practice", practice=practice_id)
