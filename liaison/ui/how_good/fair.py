"""Who gets the visits: rural, small and safety-net practices, their share of visits against their share of need."""

from collections.abc import Hashable, Sequence

import pandas as pd

from liaison.metrics.findings.how_good import fairness_finding
from liaison.models.fairness import FIRST, SMALL, Share
from liaison.ui import parts, states
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

COLUMNS = {
    "group": Col("Group", 122),
    "practices": Col("Practices", 64, "count"),
    "need": Col("Of need", 80, "share", "gray", help="Referrals of their patients, wherever they go."),
    "visits": Col("Of visits", 80, "share", "blue", help="In person, in the last twelve months."),
    "list": Col("Of the list", 80, "share", "blue", help=f"Of the first {FIRST} places."),
}
ON_PHONE = {"group": Col("Group", 150), "need": Col("Need", 76, "share", "gray"), "visits": Col("Visits", 76, "share")}


def show(found: Sequence[Share], version: Hashable) -> None:
    """A row a group; `version`: everything that decides them."""
    if not any(each.practices for each in found):
        states.off(
            "Who gets the visits is not known", "No practice is on record as rural or safety-net, none is small."
        )
        return
    shares = [(each.group, each.of_visits, each.of_need) for each in found if each.of_visits is not None]
    parts.picture(
        fairness_finding([(group, visits, need) for group, visits, need in shares if visits is not None]),
        f"Shares of all. Need: referrals of their patients, wherever they go. Small: under {SMALL:.0f} a month.",
    )
    rows = [
        {
            "group": each.group[:1].upper() + each.group[1:],
            "practices": each.practices,
            "need": each.of_need,
            "visits": each.of_visits,
            "list": each.of_list,
        }
        for each in found
    ]
    table(
        pd.DataFrame(rows),
        ON_PHONE if phone() else COLUMNS,
        key="fair",
        alt="Shares of need and of visits by group",
        version=version,
    )
