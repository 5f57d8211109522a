"""What referrers said: a survey with many answers about one department and few about others, remarks in passing."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from liaison.demo.field.scene import Row, Scene, one_of
from liaison.demo.field.words import BLAME, PRAISE, REMARKS, SURVEYED, Asked
from liaison.demo.market import NORTHGATE, ORGANISATIONS

ANSWERS, LEAST = 0.35, 34  # of a practice each, and at least
REMARKED, LEAST_REMARKS = 0.1, 8
ROLES = ("physician", "coordinator", "practice_manager", "physician", "advanced_practice")
WRITES = 0.3  # answers with a comment
YEAR = -12


def feedback(scene: Scene) -> list[Row]:
    """A form a row, over the last twelve months; most of them filled in on a visit."""
    draw = scene.draw("feedback")
    asked = scene.since(scene.month(YEAR), "in_person").to_dict("records")
    if not asked:
        return []
    many = max(LEAST, round(scene.options.practices * ANSWERS))
    about = [one for one in SURVEYED for _ in range(one.few or round(many * one.share))]
    chosen = np.sort(draw.integers(0, len(asked), len(about)))
    order = draw.permutation(len(about))
    return [
        _answer(draw, f"F{nth:04d}", asked[at], about[which])
        for nth, (at, which) in enumerate(zip(chosen, order, strict=True), 1)
    ]


def _answer(draw: np.random.Generator, id_: str, visit: Mapping[Any, Any], about: Asked) -> Row:
    marks = [float(np.clip(round(mark + draw.normal(0, 0.8)), 1, 5)) for mark in about.marks]
    likely = float(np.clip(round(about.likely + draw.normal(0, 1.6)), 0, 10))
    writes = draw.random() < WRITES
    comment = one_of(draw, PRAISE if likely >= 8 else BLAME) if writes else None
    return {
        "feedback_id": id_,
        "practice_id": visit["practice_id"],
        "date": visit["date"],
        "role": one_of(draw, ROLES),
        "service_line": about.line,
        "department": about.name,
        **dict(zip(("ease", "report_back", "access"), marks, strict=True)),
        "recommend": likely,
        "comment": comment,
        "visit_id": visit["visit_id"],
        "person_id": visit["person_id"],
    }


def mentions(scene: Scene) -> list[Row]:
    """Remarks over the last twelve months; gaps and the competitor that opened come up again and again."""
    draw = scene.draw("mentions")
    heard = scene.since(scene.month(YEAR), "in_person").to_dict("records")
    if not heard:
        return []
    many = max(LEAST_REMARKS, round(scene.options.practices * REMARKED))
    rows = []
    for nth, at in enumerate(np.sort(draw.integers(0, len(heard), many)), 1):
        visit, (tag, words, line, names) = heard[at], REMARKS[(nth - 1) % len(REMARKS)]
        rows.append(
            {
                "mention_id": f"N{nth:04d}",
                "tag": tag,
                "text": words,
                "date": visit["date"],
                "practice_id": visit["practice_id"],
                "organisation_id": ORGANISATIONS[NORTHGATE][0] if names else None,
                "service_line": line or None,
                "visit_id": visit["visit_id"],
                "person_id": visit["person_id"],
            }
        )
    return rows
