"""The views of the heat map, as the URL names them, and what each is called."""

from dataclasses import dataclass

from liaison.charts.leakage_heatmap import TOP, Words
from liaison.metrics.leakage import By

PARAM = "view"


@dataclass(frozen=True)
class View:
    """Rows x columns. `shares`: the columns part what a row lost, over the row's one denominator.

    `blank_row`, `blank_column`: what stands for referrals without a key.
    """

    id: str
    label: str  # on the control
    rows: By
    columns: By
    row: str
    column: str
    blank_row: str
    blank_column: str
    finding: str
    went: str = "went out of network"

    @property
    def shares(self) -> bool:
        return self.columns in ("organisation", "cause")

    @property
    def chronological(self) -> bool:
        return self.columns == "month"

    def words(self, top: float) -> Words:
        """What the picture calls things; `top` is the largest share of a cell."""
        ordered = self.shares or self.chronological
        return Words(self.row, self.column, self.went, top if self.shares else TOP, ordered)


NO_LINE, NO_GROUP = "No service line", "No practice found"
GROUPS = View(
    "group",
    "By practice group",
    "practice_group",
    "service_line",
    "From",
    "Service line",
    NO_GROUP,
    NO_LINE,
    "Where referrals are lost, by practice group and service line",
)
TERRITORIES = View(
    "territory",
    "By territory",
    "territory",
    "service_line",
    "Territory",
    "Service line",
    "No territory",
    NO_LINE,
    "Where referrals are lost, by territory and service line",
)
MONTHS = View(
    "month",
    "By month",
    "service_line",
    "month",
    "Service line",
    "Month",
    NO_LINE,
    "No month",
    "When referrals are lost, by service line and month",
)
DESTINATIONS = View(
    "destination",
    "By destination",
    "service_line",
    "organisation",
    "Service line",
    "To",
    NO_LINE,
    "Not named",
    "To whom referrals are lost, by service line",
    "went there",
)
CAUSES = View(
    "cause",
    "By reason",
    "service_line",
    "cause",
    "Service line",
    "Reason",
    NO_LINE,
    "Not recorded",
    "Why referrals are lost, by service line",
    "left for this reason",
)
VIEWS = {view.id: view for view in (GROUPS, TERRITORIES, MONTHS, DESTINATIONS, CAUSES)}
LABELS = {view.id: view.label for view in VIEWS.values()}
