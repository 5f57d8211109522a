"""A run written whole: list, forecasts and alerts of one version of the data; old ones that it replaces go with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from liaison.models.outlook.alerts import Alert, Alerts
from liaison.models.outlook.lines import Parts
from liaison.models.outlook.next_months import NextMonths
from liaison.models.panel import Panel
from liaison.models.ranking import Ranking
from liaison.models.ranking.attention import months_since
from liaison.models.ranking.slots import Slot
from liaison.models.stored.alerts import now
from liaison.models.stored.runs import MODEL_TEXT, newest_first
from liaison.models.stored.worth import Sources
from liaison.store.bulk import insert_many
from liaison.store.tables import alert, exploration_slot, forecast_row, ranking, ranking_row, source_worth

KEPT_MONTHS = 13  # runs older than that keep their papers and their lots, not their rows
DIGITS = 4


@dataclass(frozen=True)
class Outlook:
    """Forecasts and alerts of the practices of `foreseen`, with what each of `lines` has in them."""

    foreseen: NextMonths
    by_line: Parts
    alerts: Alerts | None
    alerts_by_line: Parts | None
    lines: Sequence[str]


@dataclass(frozen=True)
class Made:
    """What a run consists of. `panel`: the months that were known, as the ranking saw them; `slots`: visits by lot."""

    data_version: int
    data_id: str
    records_id: int
    seconds: float
    panel: Panel
    ranking: Ranking
    outlook: Outlook | None
    slots: Sequence[Slot]
    notes: Sequence[str]
    sources: Sources | None = None


def write(connection: Connection, made: Made) -> str:
    """Inside the transaction that is open; returns the run's id. The run before of the same month is replaced.

    Lots are drawn once a month: what an earlier run of the month drew stays as it was assigned.
    """
    run_id, as_of = uuid4().hex, made.ranking.as_of
    keys = _standing_keys(connection)
    _drop(connection, as_of)
    connection.execute(insert(ranking).values(_papers(made, run_id)))
    insert_many(connection, ranking_row, _rows(made, run_id))
    if made.outlook is not None:
        insert_many(connection, forecast_row, _forecasts(made.outlook, run_id))
        insert_many(connection, alert, _alerts(made.outlook, run_id, keys))
    if made.sources is not None:
        insert_many(connection, source_worth, made.sources.rows(run_id))
    drawn = select(exploration_slot.c.as_of).where(exploration_slot.c.as_of == as_of).limit(1)
    if connection.scalar(drawn) is None:
        insert_many(connection, exploration_slot, [_slot(one, run_id, as_of) for one in made.slots])
    return run_id


def add_checks(connection: Connection, run_id: str, checks: Mapping[str, Any], card: str) -> None:
    """What a look back found, and the model card; nothing where a newer run has taken the place of this one."""
    told = {"checks": json.dumps(dict(checks)), "card": card}
    connection.execute(update(ranking).where(ranking.c.run_id == run_id).values(told))


def _drop(connection: Connection, as_of: int) -> None:
    same = select(ranking.c.run_id).where(ranking.c.as_of == as_of)
    old = select(ranking.c.run_id).where(ranking.c.as_of <= as_of - KEPT_MONTHS)
    for table in (ranking_row, forecast_row, source_worth, alert):
        connection.execute(delete(table).where(table.c.run_id.in_(same) | table.c.run_id.in_(old)))
    connection.execute(delete(ranking).where(ranking.c.as_of == as_of))


def _papers(made: Made, run_id: str) -> dict[str, Any]:
    ranked = made.ranking.as_json(top=0)
    evidence = dict(ranked["evidence"])
    outlook = None if made.outlook is None else _outlook(made.outlook)
    return {
        "run_id": run_id,
        "as_of": made.ranking.as_of,
        "data_version": made.data_version,
        "data_id": made.data_id,
        "records_id": made.records_id,
        "fitted_at": now(),
        "seconds": made.seconds,
        "level": made.ranking.level,
        "model": MODEL_TEXT,
        "evidence": evidence.pop("says"),
        "lift": json.dumps(evidence),
        "worth": None if made.sources is None else json.dumps(made.sources.papers()),
        "outlook": None if outlook is None else json.dumps(outlook),
        "notes": json.dumps(list(made.notes)),
        "checks": None,
        "card": None,
    }


def _outlook(of: Outlook) -> dict[str, Any]:
    """The papers of `forecast --json` and `alerts --json`, without their rows."""
    foreseen = {name: value for name, value in of.foreseen.as_json().items() if name != "rows"}
    told = None if of.alerts is None else {n: value for n, value in of.alerts.as_json().items() if n != "rows"}
    return {"forecast": foreseen, "alerts": told}


def _rows(made: Made, run_id: str) -> list[dict[str, Any]]:
    fitted = made.ranking.fitted
    place = {practice: at for at, practice in enumerate(made.panel.practices)}
    since = months_since(made.panel.visited)
    rows = []
    for row in made.ranking.rows:
        at = place[row.practice_id]
        reasons, against = (
            json.dumps([{"says": r.says, "factor": r.factor, "contribution": r.contribution} for r in told])
            for told in (row.reasons, row.against)
        )
        rows.append(
            {
                "run_id": run_id,
                "practice_id": row.practice_id,
                "rank": row.rank,
                **{name: round(getattr(row, name), DIGITS) for name in ("gain", "low", "high")},
                "forecast": round(float(fitted.factors.forecast[at]), DIGITS),
                "months_added": round(float(fitted.factors.attention[at]), DIGITS),
                "outside_share": _or_none(fitted.outside.share[at]),
                "months_since": _or_none(since[at]),
                "reasons": reasons,
                "against": against,
            }
        )
    return rows


def _or_none(value: float) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None


def _forecasts(of: Outlook, run_id: str) -> list[dict[str, Any]]:
    made = []
    for at in range(len(of.foreseen.practices)):
        row = of.foreseen.row(at)
        row["value"] = row.pop("referrals")
        row["months"] = json.dumps(row["months"])
        made.append({"run_id": run_id, **row, "by_line": json.dumps(_parts(of, of.by_line, at, "referrals", "beside"))})
    return made


def _alerts(of: Outlook, run_id: str, keys: Mapping[tuple[str, str | None], str]) -> list[dict[str, Any]]:
    if of.alerts is None:
        return []
    place = {practice: at for at, practice in enumerate(of.foreseen.practices)}
    rows = []
    for one in of.alerts.alerts:
        parts = of.alerts_by_line
        at = None if one.practice is None else place[one.practice]
        lines = [] if at is None or parts is None else _parts(of, parts, at, "seen", "expected")
        rows.append(
            {
                "run_id": run_id,
                "alert_key": keys.get((one.kind.value, one.practice)) or _key(one),
                "practice_id": one.practice,
                "kind": one.kind.value,
                "since": one.since,
                **{name: round(float(getattr(one, name)), DIGITS) for name in ("weight", "real", "change")},
                "says": one.says,
                "evidence": json.dumps(one.as_json()),
                "by_line": json.dumps(lines),
            }
        )
    return rows


def _key(one: Alert) -> str:
    return f"{one.kind.value}|{one.practice or '(small ones together)'}|{one.since}"


def _standing_keys(connection: Connection) -> dict[tuple[str, str | None], str]:
    """(kind, practice) -> key of the alerts of the newest run: one that goes on standing keeps it, notes and all."""
    newest = newest_first(select(ranking.c.run_id))
    rows = connection.execute(select(alert).where(alert.c.run_id == newest.scalar_subquery()))
    return {(row.kind, row.practice_id): row.alert_key for row in rows}


def _parts(of: Outlook, parts: Parts, at: int, figure: str, beside: str) -> list[dict[str, Any]]:
    """Lines that have anything, the largest first, and last what names none."""
    values: list[dict[str, Any]] = [
        {"line": line, figure: round(float(part), 2), beside: round(float(other), 2)}
        for line, part, other in zip(of.lines, parts.lines[at], parts.beside[at], strict=True)
        if part or other
    ]
    values.sort(key=lambda value: (-value[figure], value["line"]))
    if parts.why_unnamed(at) is not None:
        rest, other = float(parts.unnamed[at]), float(parts.beside_unnamed[at])
        values.append({"line": None, figure: round(rest, 2), beside: round(other, 2)})
    return values


def _slot(one: Slot, run_id: str, as_of: int) -> dict[str, Any]:
    plain = {"practice_id": one.practice_id, "probability": one.probability, "drawn": one.drawn}
    return {"as_of": as_of, "run_id": run_id, **plain}
