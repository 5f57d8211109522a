"""Whom to see next, worked out from the store: list, forecasts and alerts of one version of the data, written at once.

Made anew only where the data, the visits or the model changed. The look back at how good the list has been takes ten
times as long and is added to the run that then already stands.
"""

import time
from collections.abc import Callable
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from liaison.access import owner
from liaison.demo.build import options_of
from liaison.demo.truth import next_gains
from liaison.demo.volume import build_world
from liaison.facts.home import Home
from liaison.facts.live import Live
from liaison.fieldwork.margins import margins_on
from liaison.jobs.result import Result
from liaison.metrics.practice_months import Numbers
from liaison.metrics.seen_share import seen_share
from liaison.models.market import Market, TooLittleError, market
from liaison.models.outlook.alerts import Alerts, alerts
from liaison.models.outlook.forecast import LEAST_MONTHS
from liaison.models.outlook.history import FIRST
from liaison.models.outlook.lines import alert_by_line, forecast_by_line
from liaison.models.outlook.next_months import next_months
from liaison.models.panel import Panel
from liaison.models.ranking import Ranking, check, rank
from liaison.models.ranking.beside import beside_others
from liaison.models.ranking.card import card
from liaison.models.ranking.slots import Slot, slots
from liaison.models.stored.choices import Did, choices
from liaison.models.stored.guards import guards_on
from liaison.models.stored.runs import Run, current_run, made_from
from liaison.models.stored.worth import Sources
from liaison.models.stored.write import Made, Outlook, add_checks, write
from liaison.models.worth import Priced, mix_of, worth
from liaison.store import reading, writing
from liaison.store.alone import alone
from liaison.vocabulary import comparison_key, month_id

Progress = Callable[[float, str], None]
LEVEL = 0.95
SLOTS = 25  # visits a month that the lot takes its share of, where nothing has been visited yet
LATELY = 6  # months that say how many visits a month the team makes
PART = "ranking"  # of the store, in which one writes at a time


def bring_up_to_date(
    home: Home, progress: Progress, *, exploration: float | None = None, looks_back: bool = True, quiet: bool = False
) -> Result:
    """See that the newest run is of the data as they stand, and that it has been looked back.

    `exploration`: share of the month's visits that is drawn by lot; the instance's setting where None. Raises
    LiaisonError where there are too few months to rank by; with `quiet` that is told in the result, since nobody asked
    for the list.
    """
    run = standing_run(home)
    if run is not None and (run.checks is not None or not looks_back):
        return Result(run.run_id, made=False)
    try:
        share = home.settings.exploration_share if exploration is None else exploration
        made, run_id = _made(home, progress, share, run)
    except TooLittleError as few:
        if not quiet:
            raise
        return Result(None, made=False, says=str(few))
    if looks_back:
        progress(0.4, "Looking back at how good the list has been")
        checks = check(made.panel, LEVEL)
        told = {**checks.as_json(), "truth": _beside_the_truth(home, made.panel, made.ranking)}
        with writing(home.store) as connection:
            add_checks(connection, run_id, told, card(made.panel, made.ranking, checks))
    return Result(run_id, made=True)


def standing_run(home: Home) -> Run | None:
    """The newest run, where it is of the data, the visits and the model as they stand; else None."""
    with reading(home.store) as connection:
        return current_run(connection)


def _made(home: Home, progress: Progress, exploration: float, run: Run | None) -> tuple[Made, str]:
    """Work it out, and write it unless `run` already is what would be written."""
    began = time.monotonic()
    progress(0.02, "Counting what practices sent")
    with reading(home.store) as connection:
        records_id = made_from(connection)[1]
    live = home.live()
    of = market(live)
    progress(0.1, "Ranking practices")
    panel = of.for_ranking()
    ranking = rank(panel, level=LEVEL)
    progress(0.25, "Foreseeing the next three months")
    outlook = outlook_of(of)
    sources = _sources(live, of, outlook)
    drawn = _drawn(home, panel, ranking, exploration)
    seconds = round(time.monotonic() - began, 2)
    made = Made(live.data_version, live.data_id, records_id, seconds, panel, ranking, outlook, drawn, of.notes, sources)
    if run is not None:
        return made, run.run_id
    progress(0.35, "Writing the list")
    with writing(home.store) as connection:
        alone(connection, PART)
        # Another process may have been faster, and looked at newer data.
        standing = current_run(connection)
        return made, standing.run_id if standing is not None else write(connection, made)


def _beside_the_truth(home: Home, panel: Panel, ranking: Ranking) -> dict[str, float] | None:
    """On the demo market, whose truth is known: this list beside others; None elsewhere."""
    options = options_of(home)
    if options is None or ranking.as_of != month_id(options.until):
        return None
    world = build_world(options)
    truth = dict(zip(world.market.ids, map(float, next_gains(world)), strict=True))
    return beside_others(panel, {row.practice_id: row.gain for row in ranking.rows}, truth)


def outlook_of(of: Market) -> Outlook | None:
    """Forecasts and alerts with what each service line has in them; None below a year of months."""
    panel, by_line = of.for_outlook()
    if len(panel.months) < LEAST_MONTHS:
        return None
    foreseen, counts = next_months(panel), panel.referrals_in
    parts = forecast_by_line(by_line, counts, foreseen.forecast.total)
    told = alerts(panel) if len(panel.months) > FIRST else None
    seen = None if told is None else alert_by_line(by_line, counts, _expected(panel, told))
    return Outlook(foreseen, parts, told, seen, of.lines)


def _sources(live: Live, of: Market, outlook: Outlook | None) -> Sources | None:
    """What each source is worth, by the margins in force today; None below a year of months."""
    if outlook is None:
        return None
    panel, by_line = of.for_outlook()
    seen = seen_share(live, owner(), panel.practices, of.lines, panel.months[-1])
    today = datetime.now(live.home.settings.time_zone).date().isoformat()
    with reading(live.home.store) as connection:
        held = margins_on(connection, today)
    margins = [held.get(comparison_key(line)) for line in of.lines]
    sent, came = seen.sent.sum(axis=0), seen.seen.sum(axis=0)
    priced = [
        Priced.of((given.amount, given.low, given.high) if given else None, float(n), float(k))
        for given, n, k in zip(margins, sent, came, strict=True)
    ]
    value = worth(outlook.foreseen.forecast, mix_of(by_line), seen.sent, seen.seen, priced)
    return Sources(panel.practices, of.lines, margins, priced, seen, value)


def _expected(panel: Panel, told: Alerts) -> Numbers:
    """(practice): what was to be expected in the last three months, of those with an alert; 0 of the others."""
    by_practice = {one.practice: one.expected for one in told.alerts}
    return np.array([by_practice.get(practice, 0.0) for practice in panel.practices])


def _drawn(home: Home, panel: Panel, ranking: Ranking, share: float) -> tuple[Slot, ...]:
    """Next month's visits by lot among those that may be visited, as many as the team lately made a month."""
    if share <= 0:
        return ()
    lately = panel.visited[:, -LATELY:].sum() / min(LATELY, len(panel.months))
    with reading(home.store) as connection:
        may = may_visit(connection, ranking, datetime.now(home.settings.time_zone).date().isoformat())
    return slots(may, round(float(lately)) or SLOTS, seed=ranking.as_of, share=share)


def may_visit(connection: Connection, ranking: Ranking, today: str) -> list[str]:
    """Practices of the list, best first, that neither a guard nor a person keeps out."""
    rules, held = guards_on(connection, today), choices(connection, today)
    declined = {practice for practice, choice in held.items() if choice.did is Did.declined}
    ids = [row.practice_id for row in ranking.rows]
    return [practice for practice in ids if practice not in declined and rules.bars(practice) is None]
