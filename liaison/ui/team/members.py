"""The table by liaison, in the order of names, and what is overdue with the one that was picked."""

from collections.abc import Hashable
from functools import partial

import pandas as pd
import streamlit as st

from liaison.metrics.findings.brief import day_words
from liaison.planning.stored.team import AGES, Member, Team
from liaison.ui import entries, links, options, parts
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, picked_row, table

PERSON = "liaison"
OVERDUE = 8
SHORT = dict(zip((words for words, _ in AGES), ("Open \u2264 14 d", "15 to 30 d", "Over 30 d"), strict=True))
COLUMNS = {
    "name": Col("Liaison", 160),
    "panel": Col("Panel", 60, "count", help="Practices that are assigned today."),
    "covered": Col(
        "In cadence", 130, "share", "blue", help="Of practices with a cadence, those seen in person within it."
    ),
    "seen": Col("Seen", 72),
    "overdue": Col("Overdue", 72, "count", help="Seen before, and not within their cadence."),
    "never": Col("Never seen", 84, "count", help="With a cadence, and no visit in person on record."),
    "promises": Col("Promises", 80, "count", help="Open next steps."),
    "late": Col("Late", 52, "count", help="Promises whose day is over."),
    **{words: Col(SHORT[words], 84, "count", help=f"Barriers that are open {words}.") for words, _ in AGES},
    "untold": Col("Not told", 72, "count", help="Barriers that are solved, and the practice has not heard of it."),
    "plan": Col("Plan kept", 78, help="Planned stops that were made in their week, of four whole weeks."),
}
ON_PHONE = {
    "name": Col("Liaison", 130),
    "seen": Col("In cadence", 84),
    "late": Col("Late", 56, "count"),
    "plan": Col("Plan", 74),
}
DEFINITION = """**In cadence.** Practices of the panel that were seen in person within their own frequency (weekly 7
days, fortnightly 14, monthly 31, quarterly 92), of those that have one and may be visited.

**Promises.** The newest next step of each practice, until it is kept; owed by who made it while the practice is theirs,
else by whom it is with.

**Plan kept.** Planned stops that were made in their week, of those planned in the four whole weeks before this one.
What was dropped by hand was planned no more.

**By name.** The table is in the order of names and counts no visits: who makes more of them does not thereby do better,
and a list by numbers would have people visit whom it is easy to visit. What visits cause is told by Programme effect.

**Referrals of a panel.** By whom the practice was assigned to on the day of the referral.

**Answered.** A touch of which something came: an outcome, or somebody who was met, is on record."""


def show(found: Team, version: Hashable) -> None:
    """A row a liaison; picking one opens what is overdue there."""
    parts.picture("By liaison", "In the order of names. Pick a row to see what is overdue.")
    ids = [member.person_id for member in found.members]
    chosen = options.perhaps(PERSON, ids)
    table(
        lambda: frame(found),
        ON_PHONE if phone() else COLUMNS,
        key=f"team-{found.today}",
        alt="Liaisons with coverage of their panel, promises, barriers and the plan that was kept",
        most=14,
        version=version,
        pick=True,
        first=ids.index(chosen) if chosen else None,
        on_pick=partial(_picked, f"team-{found.today}", ids),
    )
    if found.nobodys:
        many = len(found.nobodys)
        parts.note(
            f"{many:,} practice{'' if many == 1 else 's'} with a cadence {'is' if many == 1 else 'are'} nobody's."
        )


def _picked(key: str, ids: list[str]) -> None:
    place = picked_row(st.session_state[key], len(ids))
    if place is None:
        st.query_params.pop(PERSON, None)
    else:
        st.query_params[PERSON] = ids[place]


def frame(found: Team) -> pd.DataFrame:
    """The columns of `COLUMNS`; `covered` is a share, null where nobody has a cadence."""
    return pd.DataFrame([_row(member, found.today) for member in found.members], columns=["person_id", *COLUMNS])


def _row(member: Member, today: str) -> dict[str, object]:
    return {
        "person_id": member.person_id,
        "name": member.name,
        "panel": member.panel,
        "covered": member.coverage.share,
        "seen": str(member.coverage),
        "overdue": len(member.overdue),
        "never": len(member.never),
        "promises": len(member.promises),
        "late": member.late(today),
        **member.ages(today),
        "untold": member.untold,
        "plan": str(member.plan),
    }


def one(found: Team) -> None:
    """What is overdue with the picked one, the longest first, and the way to their day."""
    chosen = options.perhaps(PERSON, [member.person_id for member in found.members])
    member = next((member for member in found.members if member.person_id == chosen), None)
    if member is None:
        return
    parts.picture(f"{member.name}: {len(member.overdue):,} overdue", "The longest late first, by their own cadence.")
    for late in member.overdue[:OVERDUE]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"overdue-{late.practice_id}"):
            seen = f"seen {day_words(late.last)}" if late.last else "never seen"
            parts.note(f"{late.name}, {late.town}: {late.frequency}, {seen}, {late.late(found.today):,} days late.")
            links.link(entries.BRIEF, "Brief", icon=":material/badge:", practice=late.practice_id)
    more = len(member.overdue) - OVERDUE
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="team-one"):
        if more > 0:
            parts.note(f"{more:,} more are in My day.")
        links.link(entries.MY_DAY, f"My day of {member.name}", liaison=member.person_id, view="week")
        links.link(entries.ROUTES, "Routes", liaison=member.person_id)


def source(found: Team) -> str:
    """As of when, and of which weeks."""
    first, last = (day_words(each) for each in found.members[0].plan.window.split(" to "))
    return f"As of {day_words(found.today)} · plan of {first} to {last}"


def files(found: Team) -> None:
    """The table as a file."""
    told = [*DEFINITION.replace("**", "").replace("\n", " ").split("  "), source(found)]
    download(frame(found), "team", key="team", papers=told)
