"""What public data say of the market: shared patients by provider and organisation, with their caveats."""

import pandas as pd

from liaison.access import Viewer
from liaison.facts.columns import edge
from liaison.facts.live import Live
from liaison.metrics.figure import date_words, percent
from liaison.metrics.filters import Filters
from liaison.metrics.shared import Shared, shared
from liaison.ui import homes, parts, states
from liaison.ui.ask import ask
from liaison.ui.data import sections
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Audience

COLUMNS = {
    "label": Col("Who", 380),
    "pairs": Col("Pairs", 110, "count"),
    "patients": Col("Shared patients", 150, "count"),
    "transactions": Col("Transactions", 150, "count"),
    "share": Col("Share of patients", 200, "share", "gray"),
}
ON_PHONE = {"label": Col("Who", 200), "patients": Col("Patients", 120, "count")}
SIDES = {
    "organisation": "organisations that saw the patients next",
    "to": "providers seen next",
    "from": "providers seen first",
}


def counted(live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: str) -> Shared:
    """`shared` as `ask` wants it; these data are CMS's, so their own audience holds whoever looks."""
    return shared(live, viewer, Audience.cms, by)  # type: ignore[arg-type]


def show() -> None:
    """Three tables of the newest data set; nothing is blended."""
    if edge.name not in homes.live().manifest.files:
        brings = (
            "CMS and Hop files say which providers share patients. These are not referrals, as is said beside them."
        )
        states.no_data(
            "No market data yet", brings, "Bring shared patients in", key="market-bring",
            on_click=lambda: sections.go("bring", "cms-shared-patients"),
        )  # fmt: skip
        return
    for by, title in SIDES.items():
        _one(ask(counted, Filters(), by=by), title)


def _one(found: Shared, title: str) -> None:
    rows = found.frame().head(200).assign(suppressed=lambda f: f["patients"].isna() | f["transactions"].isna())
    first = rows.iloc[0] if len(rows) else None
    finding = f"Shared patients by {title}"
    if first is not None and pd.notna(first["share"]):
        finding = f"{first['label']}: {percent(float(first['share']))} of shared patients"
    vintage = f", as of {date_words(found.vintage)}" if found.vintage else ""
    parts.picture(finding, f"By {title}, {found.source}{vintage}.")
    table(rows, ON_PHONE if phone() else COLUMNS, key=f"shared-{found.by}", alt=f"Shared patients by {title}", most=8)
    parts.note(" ".join(found.caveats))
    download(
        rows.assign(source=found.source, as_of=str(found.vintage)),
        f"shared-{found.by}",
        key=f"shared-{found.by}",
        papers=list(found.caveats),
    )
