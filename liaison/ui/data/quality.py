"""How far the data can be trusted: feeds by month, and what is blank, doubtful, contradictory or late."""

from datetime import UTC, date, datetime

import pandas as pd

from liaison.access import Viewer
from liaison.charts.feeds import feeds_by_month
from liaison.facts.live import Live
from liaison.metrics.figure import date_words, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.holdings import lateness
from liaison.metrics.quality import Quality, quality
from liaison.ui import charts as drawn
from liaison.ui import homes, parts, states
from liaison.ui.ask import ask, version
from liaison.ui.data import sections
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Audience

CHECKS = {
    "says": Col("What was found", 460),
    "source": Col("Source", 180),
    "referrals": Col("Referrals", 110, "count"),
    "share": Col("Of all", 150, "share", "gray"),
}
ON_PHONE = {"says": Col("What was found", 220), "referrals": Col("Referrals", 90, "count")}
NAMES_ON_PHONE = {"name": Col("Name in files", 230), "referrals": Col("Referrals", 100, "count")}
NAMES = {"name": Col("Name in files", 380), "referrals": Col("Referrals", 110, "count")}


def counted(live: Live, viewer: Viewer, audience: Audience, filters: Filters, today: date) -> Quality:
    """`quality` as `ask` wants it: it is for the team's own eyes, whatever the filters."""
    return quality(live, viewer, today)


def show() -> None:
    """Feeds, checks, and names that are no record of ours."""
    today = datetime.now(homes.home().settings.time_zone or UTC).date()
    found = ask(counted, Filters(), today=today)
    if found.feeds_by_month.empty:
        brings = "Once referrals are in, this says what is blank, doubtful, contradictory or late in them."
        states.no_data(
            "No referrals yet", brings, "Bring referrals in", key="quality-bring",
            on_click=lambda: sections.go("bring", "referrals"),
        )  # fmt: skip
        return
    _feeds(found)
    _checks(found)
    _names(found)


def _feeds(found: Quality) -> None:
    said = lateness(found.feeds) or "Every source is in time"
    newest = "; ".join(
        f"{feed.source}: newest extract of {date_words(feed.newest)}, usually every {feed.usual_days} days"
        + (f", {len(feed.open_months)} months not complete" if feed.open_months else "")
        for feed in found.feeds
    )
    parts.picture(said.rstrip("."), f"Per cent of destinations known, by source and month. {newest}.")
    drawn.show(
        feeds_by_month,
        found.feeds_by_month,
        version=version(Filters(), "feeds"),
        key="feeds",
        alt="Referrals by source and month, with the share of known destinations",
        narrow=phone(),
    )


def _checks(found: Quality) -> None:
    if not found.checks:
        parts.picture("Nothing doubtful was found", "Every check of the data came out clean.")
        return
    worst = found.checks[0]
    parts.picture(
        f"{worst.says}: {percent(worst.referrals / worst.of)} of the referrals of {worst.source}",
        "Referrals with something blank, doubtful or contradictory, all months. Rows are kept; the rule is said.",
    )
    rows = pd.DataFrame([c.as_json() | {"share": c.referrals / c.of} for c in found.checks])
    table(
        rows, ON_PHONE if phone() else CHECKS, key="checks", alt="Checks of the data with referrals affected", most=12
    )
    download(rows, "quality", key="quality", papers=["All months, all sources."])


def _names(found: Quality) -> None:
    for title, names, key in (
        ("practices", found.practices, "unmatched-practices"),
        ("organisations", found.organisations, "unmatched-organisations"),
    ):
        if not names:
            continue
        parts.picture(
            f"{len(names):,} {title} are known by a name in files only",
            "They count under that name. Add an alias to a record, or look at the doubtful names.",
        )
        table(
            pd.DataFrame([n.as_json() for n in names]),
            NAMES_ON_PHONE if phone() else NAMES,
            key=key,
            alt=f"Unmatched {title}",
            most=6,
        )
