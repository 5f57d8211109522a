"""Referrals of each panel by month, with the credit of the day."""

from collections.abc import Hashable

import pandas as pd

from liaison.metrics.credit import Credit
from liaison.planning.stored.team import Team
from liaison.ui import homes, parts
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.ui.team import asked

NOBODY = "Nobody's"


def show(found: Team, version: Hashable) -> None:
    """A row a liaison: the sum and the line by month, all lines on one scale."""
    made = asked.credits()
    if made.window is None:
        parts.picture("Referrals of the panels", "No referral is in these data.")
        return
    parts.picture(
        "Referrals of the panels",
        f"{made.window}, by whose practice it was on the day of the referral. Not what visits brought.",
    )
    small = phone()
    top = float(max((max(line) for who in made.months if (line := made.of(who))), default=1) or 1)
    columns = {
        "name": Col("Liaison", 130 if small else 170),
        "referrals": Col("Referrals", 78 if small else 90, "count"),
        "line": Col("By month", 140 if small else 260, "line", "blue", top=top),
    }
    table(
        lambda: frame(found, made),
        columns,
        key="team-credit",
        alt="Referrals of each liaison's panel by month",
        most=14,
        version=(version, homes.live().data_id),
    )


def frame(found: Team, made: Credit) -> pd.DataFrame:
    """name, referrals, line: those of the team by name, then who left, then nobody's."""
    names = {member.person_id: member.name for member in found.members}
    gone = sorted(who for who in made.months if who is not None and who not in names)
    every: list[str | None] = [*names, *gone]
    every += [None] if None in made.months else []
    rows = [
        {
            "name": NOBODY if who is None else names.get(who, who),
            "referrals": sum(made.of(who)),
            "line": [*made.of(who)],
        }
        for who in every
    ]
    return pd.DataFrame(rows, columns=["name", "referrals", "line"])
