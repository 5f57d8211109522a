"""What the programme caused, worked out from the store: one estimate of one version of the data, written at once.

Made anew only where the data, the visits, the costs, the margins or the model changed.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from liaison.facts.home import Home
from liaison.facts.live import Live
from liaison.fieldwork.costs import paid
from liaison.fieldwork.records import all_records
from liaison.jobs.result import Result
from liaison.models.effect import Effect, as_json
from liaison.models.effect.checks import leave_one_out
from liaison.models.effect.interval import Interval
from liaison.models.effect.parts import LINE
from liaison.models.effect.what_if import curve_of
from liaison.models.event_time import event_time, second_methods, with_second
from liaison.models.market import TooLittleError
from liaison.models.programme import Programme, programme
from liaison.models.stored.effects import (
    ALL,
    MADE_FROM,
    YEAR,
    EffectMade,
    EffectResult,
    EffectRun,
    effect_up_to_date,
    newest_effect,
    write_effect,
)
from liaison.models.stored.runs import made_from
from liaison.store import reading, writing
from liaison.store.alone import alone
from liaison.vocabulary import month_text

Progress = Callable[[float, str], None]
PART = "effect"  # of the store, in which one writes at a time
LEVEL = 0.95
MONTHS = 12


def bring_up_to_date(home: Home, progress: Progress, *, quiet: bool = False) -> Result:
    """See that the newest estimate is of the data as they stand.

    Raises LiaisonError where there are too few months; with `quiet` that is told in the result, since nobody asked.
    """
    run = standing_run(home)
    if run is not None:
        return Result(run.run_id, made=False)
    try:
        made = _made(home, progress)
    except TooLittleError as few:
        if not quiet:
            raise
        return Result(None, made=False, says=str(few))
    progress(0.95, "Writing the estimate")
    with writing(home.store) as connection:
        alone(connection, PART)
        # Another process may have been faster, and looked at newer data.
        standing = newest_effect(connection)
        if standing is not None and effect_up_to_date(connection, standing):
            return Result(standing.run_id, made=False)
        return Result(write_effect(connection, made), made=True)


def standing_run(home: Home) -> EffectRun | None:
    """The newest run, where it is of the data, the records and the model as they stand; else None."""
    with reading(home.store) as connection:
        run = newest_effect(connection)
        return run if run is not None and effect_up_to_date(connection, run) else None


def of_months(home: Home, first: str | None, last: str | None) -> EffectResult:
    """The estimate of other months than those that are stored, worked out now; second methods are not asked."""
    live = home.live()
    own = programme(live)
    window = own.panel.asked(first, last)
    return _result(live, own, own.effect(window, LEVEL), "asked", [])


def _made(home: Home, progress: Progress) -> EffectMade:
    began = time.monotonic()
    progress(0.05, "Counting what practices sent")
    with reading(home.store) as connection:
        records_id = made_from(connection, MADE_FROM)[1]
    live = home.live()
    own = programme(live)
    progress(0.2, "Comparing visited practices with others")
    of = own.effect(level=LEVEL)
    progress(0.6, "Asking two other methods")
    second = second_methods(of)
    spans = {ALL: of.window}
    if of.window[1] - of.window[0] >= MONTHS:
        spans[YEAR] = (of.window[1] - MONTHS + 1, of.window[1])
    results = [_result(live, own, replace(of, window=w), span, second["checks"]) for span, w in spans.items()]
    curve = curve_of(of)
    beside = {
        "steps": [step.as_json() for step in event_time(of)],
        "simple": _simple(of),
        "studies": second["studies"],
        "apart": _apart(of),
        "beyond": [each.as_json() for each in own.beyond(LEVEL)],
        "what_if": None if curve is None else curve.as_json(),
    }
    seconds = round(time.monotonic() - began, 2)
    as_of = of.measured.panel.months[-1]
    return EffectMade(as_of, live.data_version, live.data_id, records_id, seconds, LEVEL, beside, own.notes, results)


def _result(live: Live, own: Programme, of: Effect, span: str, second: list[dict[str, Any]]) -> EffectResult:
    """One span, with what people read in the place of ids."""
    worth, said = own.worth(of)
    told = as_json(of, worth) | {"money_notes": said}
    told["checks"] = [_named(live, of, check) for check in with_second(told["checks"], second)]
    if told["parts"]:
        told["parts"]["rows"] = _labelled(live, told["parts"]["rows"])
    for line in told["money"]["inputs"]["lines"] if told["money"] else ():
        line["label"] = live.label_of.get(("service_line", line["name"]), line["name"])
    first, last = of.window
    with reading(live.home.store) as connection:
        costs = paid(connection, month_text(first), month_text(last))
    return EffectResult(span, first, last, of.verdict, told, tuple(asdict(each) for each in costs))


def _named(live: Live, of: Effect, check: dict[str, Any]) -> dict[str, Any]:
    """A check that speaks of one practice names it as people do."""
    whole = of.measured.whole
    if check["name"] != "no_practice_alone" or whole.expected <= 0:
        return check
    who = of.measured.panel.practices[int(np.argmax(np.abs(leave_one_out(whole) - whole.lift)))]
    return check | {"says": check["says"].replace(who, live.label_of.get(("practice", who), who))}


def _labelled(live: Live, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts with the names of people and lines."""
    with reading(live.home.store) as connection:
        people = {row["person_id"]: row["name"] for row in all_records(connection, "people")}
    labels = {name: label for (kind, name), label in live.label_of.items() if kind == "service_line"}

    def label(row: dict[str, Any]) -> str:
        name = str(row["name"])
        if row["by"] == "liaison":
            return str(people.get(name) or name)
        return labels.get(name, name) if row["by"] == LINE else name.replace("_", " ").capitalize()

    return [row | {"label": label(row)} for row in rows]


def _simple(of: Effect) -> dict[str, Any] | None:
    """What a chart of before and after says of all months, with an interval as it would give one."""
    if of.naive is None:
        return None
    ends = Interval.of(of.naive.value, of.naive.error, of.level).as_json()
    return {**ends, "usual": round(of.naive.usual, 4), "practices": of.naive.practices}


def _apart(of: Effect) -> dict[str, Any]:
    """Visited practices that the headline is not about."""
    visited = np.asarray(of.measured.panel.visited.any(axis=1))
    out = visited & ~of.measured.covered
    return {"practices": int(out.sum()), "visited": int(visited.sum()), "share": round(1 - of.share, 4)}
