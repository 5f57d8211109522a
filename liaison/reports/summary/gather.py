"""What the Executive summary shows, gathered once for paper, slides and sheets, as an audience may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.fieldwork.due import visits_since
from liaison.fieldwork.waits import Measured, newest_waits
from liaison.metrics.filters import Filters
from liaison.metrics.findings import effect as says
from liaison.metrics.findings import summary as summary_says
from liaison.metrics.movements import Movements, movements
from liaison.metrics.window import day as day_of
from liaison.models import stored
from liaison.models.stored.effects import EffectResult, EffectRun
from liaison.models.stored.runs import stored_rows, up_to_date
from liaison.planning.goals import goals
from liaison.planning.quarter import LATELY, next_quarter
from liaison.reports.summary import practices, shown
from liaison.reports.summary.quarter import Plan, plan
from liaison.reports.summary.rounding import for_audience
from liaison.reports.summary.shown import Drawn, Told
from liaison.reports.summary.tables import Tables, tables
from liaison.reports.summary.trends import drawn, trends
from liaison.store import reading
from liaison.vocabulary import Audience

LONGEST = 60  # letters of a practice's name, which stands in a sentence
OUTSIDE = (
    "Made for readers outside the team: counts of 1 to 10 referrals are hidden, with any other from which one could be "
    "worked out; margin is rounded to two digits, and what is made of it is worked out from that."
)
INSIDE = "Made for the team: small counts are shown. Do not pass it on."
STALE = "The data have changed since this estimate was made."


@dataclass(frozen=True)
class Summary:
    """The page as plain values, as `audience` may read them: `of`, the estimate, dollars rounded; `tables`, its counts,
    small ones hidden.

    `plan`: the next quarter; `listed`: whether there is a list of whom to see; `vintage`: the newest extract.
    """

    of: EffectResult
    run: EffectRun
    audience: Audience
    tables: Tables
    changes: practices.Changes
    plan: Plan
    listed: bool
    notes: tuple[str, ...]
    vintage: date | None
    made: date
    costs: tuple[Mapping[str, Any], ...]
    waits: tuple[Measured, ...]
    old_waits: frozenset[str]

    @property
    def inside(self) -> bool:
        return self.audience is Audience.inside

    @property
    def told(self) -> Mapping[str, Any]:
        return self.of.told

    @property
    def name(self) -> str:
        return shown.head(self.of)[0]

    @property
    def says(self) -> str:
        return shown.head(self.of)[1]

    @property
    def beneath(self) -> str:
        return shown.beneath(self.of)

    @property
    def figures(self) -> list[Told]:
        return shown.figures(self.told)

    @property
    def reasons(self) -> list[str]:
        """Why there is no number, where there is none."""
        return [says.typeset(each) for each in self.told["reasons"]] if self.of.verdict == "refused" else []

    @property
    def months(self) -> Drawn | None:
        return shown.months(self.of)

    @property
    def money(self) -> Drawn | None:
        return shown.money(self.of)

    @property
    def trends(self) -> tuple[Drawn, Drawn]:
        return drawn(self.tables.trends)

    @property
    def access(self) -> dict[str, str] | None:
        """How long new patients wait, where that was ever measured."""
        if not self.waits:
            return None
        title = summary_says.access(self.waits, self.old_waits)
        return {"title": title, "says": summary_says.waits(self.waits[: summary_says.WAITS], self.old_waits)}

    @property
    def papers(self) -> str:
        return shown.papers(self.run, self.of, self.vintage, self.made)

    @property
    def audience_says(self) -> str:
        return INSIDE if self.inside else OUTSIDE

    @property
    def checks(self) -> list[Mapping[str, Any]]:
        return says.in_order(self.told["checks"])

    @property
    def lines(self) -> list[dict[str, str]]:
        """What the money is made of, a service line each."""
        money = self.told["money"]
        rows = []
        for line in money["inputs"]["lines"] if money else ():
            hidden = self.tables.lines[line["name"]] is None
            rows.append(shown.priced(line) | ({"share": shown.HIDDEN, "seen": shown.HIDDEN} if hidden else {}))
        return rows


def gather(
    live: Live, viewer: Viewer, run: EffectRun, of: EffectResult, audience: Audience, *, fresh: bool, today: str
) -> Summary:
    """Everything of the page for `of`; what changes with days (the list, alerts) as it stands on `today` (ISO day)."""
    zone = live.home.settings.time_zone
    of = for_audience(of, audience)
    moved = movements(live, viewer, Audience.inside, Filters())

    def name_of(practice_id: str) -> str:
        name = live.label_of.get(("practice", practice_id), practice_id)
        return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}\u2026"

    with reading(live.home.store) as connection:
        waits = tuple(newest_waits(connection, today))
        changes, listed, late = _next(connection, live, moved, today, name_of, audience)
        told, curve = of.told, run.beside.get("what_if")
        ahead = next_quarter(connection, live.home.settings, today, told, curve, goals(live, date.fromisoformat(today)))
    extracts = live.newest_extract
    notes = [*([] if fresh else [STALE]), *([summary_says.OLD_LIST] if late else [])]
    return Summary(
        of=of,
        run=run,
        audience=audience,
        tables=tables(of, trends(live, viewer, of.last), audience),
        changes=changes,
        plan=plan(ahead, listed, live.label_of, audience),
        listed=listed is not None,
        notes=tuple(notes),
        vintage=day_of(max(extracts.values())) if extracts and fresh else None,
        made=datetime.fromisoformat(run.fitted_at).replace(tzinfo=UTC).astimezone(zone).date(),
        waits=waits,
        old_waits=frozenset(each.line for each in waits if each.old(today)),
        costs=tuple(shown.paid(each, zone) for each in of.costs),
    )


def _next(
    connection: Connection, live: Live, moved: Movements, today: str, name_of: practices.Named, audience: Audience
) -> tuple[practices.Changes, str | None, bool]:
    """Wins and risks, whom to see first, and whether that list is older than the data."""
    ranked = stored.newest_run(connection)
    if ranked is None:
        return practices.changes(moved, (), name_of, audience), None, False
    standing = stored.alerts(connection, ranked.run_id, today, snoozed=True)
    changes = practices.changes(moved, standing, name_of, audience)
    listed = stored.Stored(ranked, stored_rows(connection, ranked.run_id))
    share = live.home.settings.exploration_share
    rows = stored.next_visits(connection, listed, today, liaison=None, lot_share=share).rows
    first = date.fromisoformat(today) - timedelta(days=LATELY)
    lately = sum(visits_since(connection, first.isoformat()).values())
    return changes, practices.quarter(ranked, rows, lately, name_of), not up_to_date(connection, ranked)
