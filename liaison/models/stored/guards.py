"""Guards as the store has them: do not visit, how often a practice wants to be seen, who else goes there this week."""

import json
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.fieldwork.waits import waits_on
from liaison.models.ranking.guards import Guards
from liaison.models.stored.runs import newest_first
from liaison.store.tables import named, practice, ranking, source_worth
from liaison.vocabulary import comparison_key

# A practice that is to be seen every so often is not to be seen again before most of that has passed.
LEAST_DAYS = {"weekly": 5, "fortnightly": 10, "monthly": 21, "quarterly": 63}
A_MONTH = 30.44  # days
IN_PERSON = ("in_person", None)
_LINES = select(named.c.id, named.c.label).where(named.c.kind == "service_line")


def guards_on(connection: Connection, today: str, liaison: str | None = None) -> Guards:
    """What bars a visit on an ISO day. Another liaison's visit counts from Monday to Sunday of that week, also one
    that is written down ahead; without `liaison` nobody is another one. Merged practices count as one.
    """
    into = standing(connection, "practice")
    wished = select(practice.c.practice_id, practice.c.do_not_visit, practice.c.frequency)
    wants = {row.practice_id: row for row in connection.execute(wished)}
    last: dict[str, str] = {}
    others: set[str] = set()
    monday, sunday = _week(today)
    reach = date.fromisoformat(today) - timedelta(days=max(LEAST_DAYS.values()))
    columns = [standing_visit.c[name] for name in ("practice_id", "person_id", "date", "channel")]
    recent = select(*columns).where(
        standing_visit.c.practice_id.is_not(None), standing_visit.c.date >= min(monday, reach.isoformat())
    )
    for place, who, day, channel in connection.execute(recent):
        kept = final(into, place)
        if channel not in IN_PERSON:
            continue
        if day <= today:
            last[kept] = max(day, last.get(kept, ""))
        if liaison is not None and who != liaison and monday <= day <= sunday:
            others.add(kept)
    return Guards(
        do_not_visit={place for place, row in wants.items() if row.do_not_visit},
        visited_by_another=others,
        least_months={
            place: LEAST_DAYS[row.frequency] / A_MONTH for place, row in wants.items() if row.frequency in LEAST_DAYS
        },
        months_since={place: _days(day, today) / A_MONTH for place, day in last.items()},
    )


def with_waits(connection: Connection, guards: Guards, today: str) -> Guards:
    """With the waiting times on record, by the lines' labels; as they are where there are none of the last months.

    What would be asked for at a practice: lines that are a tenth of what it is expected to send, by the newest run.
    """
    held = waits_on(connection, today)
    if not held:
        return guards
    names = {str(key): str(label) for key, label in connection.execute(_LINES)}
    latest = newest_first(select(ranking.c.run_id)).scalar_subquery()
    rows = select(source_worth.c.practice_id, source_worth.c.referrals, source_worth.c.by_line)
    asks = {
        practice: [
            names.get(each["line"], each["line"]) for each in json.loads(parts) if each["referrals"] >= whole / 10
        ]
        for practice, whole, parts in connection.execute(rows.where(source_worth.c.run_id == latest))
    }
    lines = {line for of in asks.values() for line in of}
    by_key = {comparison_key(key): label for key, label in names.items()} | {
        comparison_key(line): line for line in lines
    }
    waits = {by_key.get(line, line): wait.days for line, wait in held.items()}
    return replace(guards, waits=waits, asks=asks)


def _week(today: str) -> tuple[str, str]:
    day = date.fromisoformat(today)
    monday = day - timedelta(days=day.weekday())
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


def _days(day: str, today: str) -> int:
    return (date.fromisoformat(today) - date.fromisoformat(day)).days
