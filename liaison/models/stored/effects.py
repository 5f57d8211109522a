"""What the programme caused, as it was worked out last: read whole, and written whole."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, func, insert, select

from liaison.fieldwork.exposures import RECORDS
from liaison.models.effect.report import MODEL
from liaison.models.stored.alerts import now
from liaison.models.stored.runs import made_from
from liaison.store.tables import effect_result, effect_run, exploration_slot, history, version

ALL, YEAR = "all", "year"
# Kinds of record that an estimate reads and that no recount follows.
MADE_FROM = ("visits", "people", "assignments", "territories", "margins", "costs", *RECORDS)


@dataclass(frozen=True)
class EffectRun:
    """The papers of a run. `as_of`: the last month looked at, month id.

    `beside`: `steps` of the event-time picture, `simple` (a chart of before and after: value, low, high, usual,
    practices; None where there is none), `studies` of second methods, `what_if` (what one more visit
    brings, as `Curve.of_json` reads it; None where there is no curve), `beyond` (other kinds of exposure, as
    `Beyond.as_json`). `notes`: sentences.
    """

    run_id: str
    as_of: int
    data_version: int
    data_id: str
    records_id: int
    fitted_at: str
    seconds: float
    level: float
    model: str
    beside: dict[str, Any]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class EffectResult:
    """What a run says of a span of months: `told` has the keys of `roi --json`, `costs` what was paid by kind."""

    span: str
    first: int
    last: int
    verdict: str
    told: dict[str, Any]
    costs: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class EffectMade:
    """What is to be written; `run_id` and `fitted_at` are given to it then."""

    as_of: int
    data_version: int
    data_id: str
    records_id: int
    seconds: float
    level: float
    beside: Mapping[str, Any]
    notes: Sequence[str]
    results: Sequence[EffectResult]


def effect_up_to_date(connection: Connection, run: EffectRun) -> bool:
    """Whether a run is of the data, the records and the model as they stand now."""
    return run.model == MODEL and made_from(connection, MADE_FROM) == (run.data_id, run.records_id)


def newest_effect(connection: Connection) -> EffectRun | None:
    """The papers of the newest run; None where nothing has been worked out yet."""
    row = connection.execute(_newest(select(effect_run))).mappings().first()
    if row is None:
        return None
    values = {str(name): value for name, value in row.items()}
    return EffectRun(**values | {"beside": json.loads(row["beside"]), "notes": tuple(json.loads(row["notes"]))})


def newest_results(connection: Connection) -> tuple[EffectRun, dict[str, EffectResult]] | None:
    """The newest run and what it says of each span; None where there is none."""
    run = newest_effect(connection)
    return None if run is None else (run, effect_results(connection, run.run_id))


def effect_results(connection: Connection, run_id: str) -> dict[str, EffectResult]:
    """Span -> what the run says of it."""
    r = effect_result.c
    wanted = select(r.span, r.first, r.last, r.verdict, r.told, r.costs).where(r.run_id == run_id)
    return {
        span: EffectResult(span, first, last, verdict, json.loads(told), tuple(json.loads(costs)))
        for span, first, last, verdict, told, costs in connection.execute(wanted)
    }


def write_effect(connection: Connection, made: EffectMade) -> str:
    """Inside the transaction that is open; returns the run's id. The run before of the same month is replaced."""
    run_id = uuid4().hex
    same = select(effect_run.c.run_id).where(effect_run.c.as_of == made.as_of)
    connection.execute(delete(effect_result).where(effect_result.c.run_id.in_(same)))
    connection.execute(delete(effect_run).where(effect_run.c.as_of == made.as_of))
    plain = {n: getattr(made, n) for n in ("as_of", "data_version", "data_id", "records_id", "seconds", "level")}
    told = {"beside": json.dumps(dict(made.beside)), "notes": json.dumps(list(made.notes))}
    connection.execute(insert(effect_run).values(run_id=run_id, fitted_at=now(), model=MODEL, **plain, **told))
    connection.execute(insert(effect_result), [_result(run_id, one) for one in made.results])
    return run_id


def _result(run_id: str, one: EffectResult) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("span", "first", "last", "verdict")}
    return {"run_id": run_id, **plain, "told": json.dumps(one.told), "costs": json.dumps(list(one.costs))}


@dataclass(frozen=True)
class EffectStamps:
    """`run_id` of the newest run, None where there is none; the data's id; the newest entry of all records; visits
    that the lot fell on, of all months."""

    run_id: str | None
    data_id: str
    written: int
    drawn: int


def effect_stamps(connection: Connection) -> EffectStamps:
    """All of them in one lookup: a page asks for them on every run."""
    run_id, data_id, written, drawn = connection.execute(_STAMPS).one()
    return EffectStamps(run_id, str(data_id or "empty"), int(written or 0), int(drawn or 0))


def _newest(wanted: Select[Any]) -> Select[Any]:
    return wanted.order_by(effect_run.c.fitted_at.desc(), effect_run.c.run_id).limit(1)


_STAMPS = select(
    _newest(select(effect_run.c.run_id)).scalar_subquery(),
    select(version.c.data_id).scalar_subquery(),
    select(func.max(history.c.id)).scalar_subquery(),
    select(func.count()).select_from(exploration_slot).where(exploration_slot.c.drawn).scalar_subquery(),
)
