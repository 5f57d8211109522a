"""The stored list by the margin that a visit should bring: gains times what a referral of the practice contributes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from liaison.metrics.figure import money
from liaison.models.ranking.reasons import MOST, TELLING, UNSEEN
from liaison.models.stored.runs import Stored, StoredRow

NOTHING = "no margin on record for what it sends"


def by_margin(stored: Stored, each: Mapping[str, float]) -> Stored:
    """Ranked anew, with the margin as one more factor among the reasons; gains are dollars.

    `each`: practice id -> dollars that a referral of it contributes, as if all were seen that are usually seen. The
    same list that `Given(margin=...)` makes. A practice without any stands at the end.
    """
    known = [np.log(amount) for amount in each.values() if amount > 0]
    typical = float(np.mean(known)) if known else 0.0
    rows = [_row(row, each.get(row.practice_id, 0.0), typical) for row in stored.rows]
    rows.sort(key=lambda row: -row.gain)
    return Stored(stored.run, tuple(replace(row, rank=place) for place, row in enumerate(rows, start=1)))


def _row(row: StoredRow, each: float, typical: float) -> StoredRow:
    reasons, against = list(row.reasons), list(row.against)
    if each <= 0:
        against.insert(0, {"factor": "margin", "says": NOTHING, "contribution": None})
    else:
        apart = float(np.log(each)) - typical
        said = {
            "factor": "margin",
            "says": f"a referral earns {money(each)}, typical is {money(float(np.exp(typical)))}",
            "contribution": round(apart, 4),
        }
        strongest = reasons[0]["contribution"] if reasons else -np.inf
        if strongest < TELLING and apart > strongest:
            # Nothing spoke for it but its least weak factor; what cannot be seen is said all the same.
            reasons = [said, *(one for one in reasons if one["says"] == UNSEEN)]
        elif apart >= TELLING:
            reasons = _placed(reasons, said)
        if apart <= -TELLING:
            against = _placed(against, said)
    gain, low, high = (round(amount * each, 2) for amount in (row.gain, row.low, row.high))
    texts = json.dumps(reasons[:MOST]), json.dumps(against[:MOST])
    return replace(row, gain=gain, low=low, high=high, reasons_text=texts[0], against_text=texts[1])


def _placed(told: list[dict[str, Any]], one: dict[str, Any]) -> list[dict[str, Any]]:
    """Among the others by how much it weighs; the order of the others stays."""
    at = next((n for n, each in enumerate(told) if abs(each["contribution"]) < abs(one["contribution"])), len(told))
    return [*told[:at], one, *told[at:]]
