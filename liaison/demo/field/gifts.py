"""The gift ledger of the last year: a dinner after a lecture, and a few physicians who were given much."""

from datetime import timedelta

import pandas as pd
from sqlalchemy import Connection

from liaison.demo.field.scene import Row, Scene
from liaison.demo.field.words import GIFTS, MEAL
from liaison.fieldwork.edits import add_in
from liaison.fieldwork.gifts import YEARLY, limit_of

NEAR = 3  # physicians near four fifths of the limit
EVENINGS = 2  # lectures whose dinner is on record
NO_PHYSICIANS = ("36",)  # nurse practitioners, physician assistants and midwives


def gifts(scene: Scene, events: list[Row], attendance: list[Row]) -> list[Row]:
    """Entries of the ledger, the oldest first; the dinner is a share each."""
    physicians = scene.clinicians[~scene.clinicians["taxonomy_code"].str.startswith(NO_PHYSICIANS)]
    year = str(scene.end.year)
    days = {str(row["event_id"]): str(row["starts_at"])[:10] for row in events if not row.get("cancelled")}
    rows: list[Row] = []
    for evening in sorted(one for one, day in days.items() if day[:4] == year)[-EVENINGS:]:
        ate = [row for row in attendance if row["event_id"] == evening]
        doctors = [row for row in ate if row["npi"] in set(physicians["npi"])]
        rows += [_meal(evening, days[evening], row, len(ate) + 1) for row in doctors]
    for nth in range(min(NEAR, len(physicians))):
        rows += _many(scene, nth, physicians.iloc[nth * max(1, len(physicians) // NEAR)])
    known = [row for row in rows if str(row["given_on"])[:4] == year and str(row["given_on"]) <= scene.end.isoformat()]
    known.sort(key=lambda row: (str(row["given_on"]), str(row["npi"])))
    return [{"gift_id": f"G{nth:04d}", **row} for nth, row in enumerate(known, 1)]


def _many(scene: Scene, nth: int, one: "pd.Series[str]") -> list[Row]:
    """Given to one physician over the year."""
    begins = scene.options.starts(max(0, scene.options.months - 9))
    return [
        {
            "given_on": (begins + timedelta(days=17 * nth + 70 * at)).isoformat(),
            "kind": "gift",
            "npi": one["npi"],
            "amount": amount + 10 * (nth + 1),
            "occasion": occasion,
            "practice_id": one["practice_id"],
            "person_id": scene.liaison(one["practice_id"]),
        }
        for at, (occasion, amount) in enumerate(GIFTS)
    ]


def _meal(evening: str, day: str, row: Row, ate: int) -> Row:
    return {
        "given_on": day,
        "kind": "meal",
        "npi": row["npi"],
        "amount": MEAL,
        "occasion": "Dinner after the evening lecture",
        "practice_id": row["practice_id"],
        "person_id": evening.split("-")[1],
        "meal_id": evening,
        "meal_total": MEAL * ate,
        "ate": float(ate),
    }


def enter(conn: Connection, entries: list[Row], year: str, actor: str) -> None:
    """Each entry past the ledger's own guard.

    Without a limit of the year on record (the program ships one for 2026) the ledger stays empty: an invented limit
    would look like a rule.
    """
    if limit_of(conn, YEARLY, year):
        for row in entries:
            add_in(conn, "gifts", row, actor=actor)
