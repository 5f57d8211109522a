"""Barriers: heard on visits and by phone, some found in what is stuck; resolved in a department's own time or not."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from liaison.demo.field.scene import Row, Scene, one_of
from liaison.demo.field.words import DEPARTMENTS, DUPLICATE, STUCK, UNSOLVED, Department
from liaison.demo.lines import LINES, STUCK_LINE
from liaison.demo.people import STAFF

REPORTED, LEAST = 0.2, 18  # of a practice each, and at least
FOUND, LEAST_FOUND = 0.015, 2  # found in stuck referrals
WAITS, GIVEN_UP, TOLD = 0.3, 0.04, 0.7  # of the latest stay open; are closed unsolved; of the latest solved, are told
LATE, OFTEN = -4, 3.0  # months before the end from which they stay open, and are reported so many times as often
SPREAD = 0.7
MANAGER = next(person for person, _, role, _ in STAFF if role == "manager")


def barriers(scene: Scene) -> list[Row]:
    """Rows of the `barriers` format, the oldest first."""
    draw = scene.draw("barriers")
    practices = scene.options.practices
    told = scene.visits[(scene.visits["purpose"] == "problem") | (scene.visits["channel"] == "phone")]
    problems = told.to_dict("records")
    many = min(max(LEAST, round(practices * REPORTED)), len(problems))
    weight = np.where(told["date"] >= scene.month(LATE).isoformat(), OFTEN, 1.0)
    chosen = np.sort(draw.choice(len(problems), many, replace=False, p=weight / weight.sum()))
    at = draw.choice(len(DEPARTMENTS), many, p=[one.share for one in DEPARTMENTS])
    rows = [
        _reported(scene, draw, problems[place], DEPARTMENTS[where]) for place, where in zip(chosen, at, strict=True)
    ]
    rows += _found(scene, draw, max(LEAST_FOUND, round(practices * FOUND)))
    rows.sort(key=lambda row: (str(row["raised_on"]), str(row["practice_id"])))
    rows[len(rows) // 2] |= {"voided": DUPLICATE}
    return [{"barrier_id": f"B{place:04d}", **row} for place, row in enumerate(rows, 1)]


def _reported(scene: Scene, draw: np.random.Generator, visit: Mapping[Any, Any], where: Department) -> Row:
    heard: Row = {
        "practice_id": visit["practice_id"],
        "raised_on": visit["date"],
        "raised_by": visit["person_id"],
        "source": "phone" if visit["channel"] == "phone" else "visit",
        "visit_id": visit["visit_id"],
        "service_line": where.line or None,
        "what": one_of(draw, where.complaints),
    }
    return heard | _seen_to(scene, draw, heard, where)


def _found(scene: Scene, draw: np.random.Generator, many: int) -> list[Row]:
    """Opened of what waits in the stuck line, at the practices that send most to it."""
    late = scene.world.counts[-6:, :, STUCK_LINE].sum(axis=(0, 2))
    rows = []
    for place in np.argsort(-late, kind="stable")[:many]:
        id_ = scene.world.market.ids[place]
        found: Row = {
            "practice_id": id_,
            "raised_on": (scene.month(-3) + timedelta(days=int(draw.integers(0, 88)))).isoformat(),
            "raised_by": scene.liaison(id_),
            "source": "data",
            "visit_id": None,
            "service_line": LINES[STUCK_LINE],
            "what": STUCK,
            "at_stake": float(draw.integers(4, 12)),
        }
        rows.append(found | _seen_to(scene, draw, found, DEPARTMENTS[0]))
    return rows


def _seen_to(scene: Scene, draw: np.random.Generator, heard: Row, where: Department) -> Row:
    """Who sees to it and by when; what came of it as far as is known."""
    raised = date.fromisoformat(str(heard["raised_on"]))
    took = raised + timedelta(days=max(1, round(where.median * float(np.exp(draw.normal(0, SPREAD))))))
    told = took + timedelta(days=int(draw.integers(1, 13)))
    fate, tells, owns = draw.random(3)
    row: Row = {
        "kind": where.kind,
        "department": where.name,
        "owner": MANAGER if owns < 0.2 else heard["raised_by"],
        "due_on": (raised + timedelta(days=where.given)).isoformat(),
    }
    waits = WAITS if raised >= scene.month(LATE) else 0.0
    if fate < waits or took > scene.end:
        return row
    closed: Row = {}
    if told <= scene.end:
        closed = {"loop_closed_on": told.isoformat(), "loop_closed_by": heard["raised_by"]}
    if fate > 1 - GIVEN_UP:
        return row | ({"unresolved": UNSOLVED, **closed} if closed else {})
    row |= {"resolved_on": took.isoformat(), "resolution": one_of(draw, where.cures)}
    return row | (closed if tells < TOLD or took < scene.month(LATE) else {})
