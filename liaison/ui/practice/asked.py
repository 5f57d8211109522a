"""What the page asks for, each counted once for a version of the data: functions of `ui.ask`."""

from dataclasses import dataclass
from typing import cast

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.directory import Directory, directory
from liaison.metrics.elsewhere import Elsewhere, elsewhere
from liaison.metrics.filters import Filters
from liaison.metrics.one_practice import PracticeStory, one_practice
from liaison.metrics.panel import Movement
from liaison.metrics.peers import Among, Beside, beside_peers
from liaison.vocabulary import NONE, Audience, Continuum

WORDS = {Continuum.prospect_or_lapsed.value: "None in half a year"}


@dataclass(frozen=True)
class Listed:
    """`rows` for the table, most referrals first: the fields of a row, `steady` and `moved` in words.

    `names`: practice id -> name and town; `top`: the most referrals of a practice in a month, for lines on one scale.
    """

    found: Directory
    rows: pd.DataFrame
    names: dict[str, str]
    top: float


def listed(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Listed:
    """The directory under the filters."""
    found = directory(live, viewer, audience, filters)
    rows = found.frame()
    rows["steady"] = [steadiness(value) for value in rows["continuum"]]
    rows["moved"] = ["" if value == Movement.none else str(value).capitalize() for value in rows["movement"]]
    rows["trend"] = [[n or 0 for n in line] for line in rows["trend"]]
    towns = zip(rows["practice_id"], rows["name"], rows["town"].fillna(""), strict=True)
    names = {practice: f"{name}, {town}" if town else name for practice, name, town in towns}
    return Listed(found, rows, names, float(max((max(line) for line in rows["trend"] if line), default=1) or 1))


def steadiness(value: str) -> str:
    """A word of the continuum as the page writes it."""
    return WORDS.get(value) or Continuum(value).label


def story(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> PracticeStory:
    """One practice's figures."""
    return one_practice(live, viewer, audience, filters)


@dataclass(frozen=True)
class Rest:
    """`rows` for the table: line, organisation, out, share of the line's known destinations, reason. `causes`: as the
    chart of causes wants them.
    """

    found: Elsewhere
    rows: pd.DataFrame
    causes: pd.DataFrame


def rest(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Rest:
    """Where the practice's other referrals go."""
    found = elsewhere(live, viewer, audience, filters)
    rows = [
        {
            "organisation": w.organisation,
            "to": "Not named" if w.organisation == NONE else w.organisation_label,
            "line": "No service line" if w.line == NONE else w.line_label,
            "out": w.out,
            "share": w.out / w.known if w.known else None,
            "reason": w.reason or "Not recorded",
        }
        for w in found.rows
    ]
    columns = ["organisation", "to", "line", "out", "share", "reason"]
    return Rest(found, pd.DataFrame(rows, columns=columns), _causes(found))


def _causes(found: Elsewhere) -> pd.DataFrame:
    """Shares of what went elsewhere, by the reason recorded."""
    lost = found.total.numerator or 0
    rows = [
        {"key": r.key, "label": r.label, "numerator": n, "denominator": lost, "value": n / lost, "suppressed": False}
        for r in found.causes.rows
        if (n := r.figure.numerator)
    ]
    return pd.DataFrame(rows, columns=["key", "label", "numerator", "denominator", "value", "suppressed"])


def beside(live: Live, viewer: Viewer, audience: Audience, filters: Filters, among: str, key: str) -> Beside:
    """The practice's funnel and that of its peers."""
    return beside_peers(live, viewer, audience, filters, cast(Among, among), key)
