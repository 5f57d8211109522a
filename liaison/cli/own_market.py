"""What the commands that rank and foresee print of the team's own market, where no panel is given."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from liaison.cli.options import opened_home
from liaison.cli.show import Progress
from liaison.errors import LiaisonError
from liaison.vocabulary import month_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from liaison.facts.home import Home
    from liaison.models.stored import NextVisits, Run

LEVEL = 0.95


def ranked(as_of: str | None, top: int, level: float, checks: bool) -> dict[str, Any]:
    """The list as it stands, less whom guards and people keep out; made first where it is not up to date.

    Of an earlier month, or with other intervals: worked out, not kept, and without guards, which are those of today.
    """
    with opened_home() as home:
        if as_of is not None or level != LEVEL:
            return _once(home, as_of, top, level, checks)
        from liaison.models.stored import newest, next_visits
        from liaison.store import reading

        _up_to_date(home, checks)
        today = datetime.now(home.settings.time_zone).date().isoformat()
        with reading(home.store) as connection:
            stored = newest(connection)
            if stored is None:
                raise _gone()
            found = next_visits(connection, stored, today, lot_share=home.settings.exploration_share)
        told = {**stored.as_json(0), **_listed(found, top), **_papers(stored.run)}
        return {**told, "checks": stored.run.checks} if checks else told


def _listed(found: "NextVisits", top: int) -> dict[str, Any]:
    """The best `top` of those that may be visited, and who was left out above the last of them."""
    best = sorted(found.rows, key=lambda one: one.row.rank)[:top]
    last = best[-1].row.rank if best else 0
    marks = ({"pinned": True} if one.pinned else {} for one in best)
    rows = [
        {
            **one.row.as_json(),
            **mark,
            **({"by_lot": True} if one.by_lot else {}),
            **({"not_for": list(one.not_for)} if one.not_for else {}),
        }
        for one, mark in zip(best, marks, strict=True)
    ]
    left = [out for out in found.left_out if out.row.rank < last]
    return {
        "rows": rows,
        "left_out": [{"practice_id": out.row.practice_id, "rank": out.row.rank, "why": out.why} for out in left],
    }


def _papers(run: "Run") -> dict[str, Any]:
    return {"data_version": run.data_version, "fitted_at": run.fitted_at, "notes": list(run.notes)}


def _once(home: "Home", as_of: str | None, top: int, level: float, checks: bool) -> dict[str, Any]:
    from liaison.models.market import market
    from liaison.models.ranking import check, rank

    of = market(home.live(), month_id(as_of) if as_of else None)
    panel = of.for_ranking()
    told = rank(panel, level=level).as_json(top)
    told |= {"data_version": home.live().data_version, "notes": list(of.notes)}
    return {**told, "checks": check(panel, level).as_json()} if checks else told


def foreseen(as_of: str | None) -> dict[str, Any]:
    """Forecasts as they are stored, made first where they are not up to date; of an earlier month worked out."""
    return _outlook(as_of, "forecast")


def alerted(as_of: str | None) -> dict[str, Any]:
    """Alerts as they are stored, with what people made of them, made first where they are not up to date."""
    return _outlook(as_of, "alerts")


def _outlook(as_of: str | None, what: str) -> dict[str, Any]:
    with opened_home() as home:
        if as_of is not None:
            return _outlook_once(home, as_of, what)
        from liaison.models.stored import newest_run
        from liaison.store import reading

        _up_to_date(home, False)
        with reading(home.store) as connection:
            run = newest_run(connection)
            if run is None:
                raise _gone()
            papers = (run.outlook or {}).get(what)
            if papers is None:
                return _outlook_once(home, None, what)  # refuses, and says how many months there are
            today = datetime.now(home.settings.time_zone).date().isoformat()
            return {**papers, "rows": _rows(connection, run.run_id, what, today), **_papers(run)}


def _rows(connection: "Connection", run_id: str, what: str, today: str) -> list[dict[str, Any]]:
    from liaison.models.stored import alerts, forecasts

    if what == "forecast":
        return [row.as_json() for row in forecasts(connection, run_id)]
    return [row.as_json() for row in alerts(connection, run_id, today, snoozed=True)]


def _outlook_once(home: "Home", as_of: str | None, what: str) -> dict[str, Any]:
    from liaison.models.market import market
    from liaison.models.outlook.alerts import alerts
    from liaison.models.outlook.next_months import next_months

    of = market(home.live(), month_id(as_of) if as_of else None)
    panel, _ = of.for_outlook()
    told = next_months(panel).as_json() if what == "forecast" else alerts(panel).as_json()
    return {**told, "data_version": home.live().data_version, "notes": list(of.notes)}


def tell_if_behind(home: "Home") -> None:
    """On stderr, after a command that changed the data: pages show the list as it was until somebody asks for it."""
    from liaison.models.stored import newest_run, up_to_date
    from liaison.store import reading

    with reading(home.store) as connection:
        run = newest_run(connection)
        behind = run is not None and not up_to_date(connection, run)
    if behind:
        print("The list of next visits is of the data before. Make it anew: python -m liaison rank", file=sys.stderr)


def _gone() -> LiaisonError:
    return LiaisonError("The list was taken away meanwhile.", remedy="Ask for it again.")


def _up_to_date(home: "Home", looks_back: bool) -> None:
    from liaison.jobs.ranked import bring_up_to_date

    bring_up_to_date(home, Progress(), looks_back=looks_back)
