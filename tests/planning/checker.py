"""A second opinion on plans: reads a problem and a plan as their JSON, and walks each day by the clock.

It shares nothing with the planner, not even its types: what it says about a plan is worth something for that reason.
Times are whole hundredths of a minute.
"""

from collections import Counter
from typing import Any

Json = dict[str, Any]


def violations(problem: Json, plan: Json) -> list[str]:
    """Everything in the plan that the problem forbids, in words; empty where it keeps to all of it."""
    stops = {str(stop["id"]): stop for stop in problem["stops"]}
    minutes = [[_hundredths(cell) for cell in row] for row in problem["minutes"]]
    wrong = [f"{len(plan['days'])} days planned of {len(problem['days'])}"] * (
        len(plan["days"]) != len(problem["days"])
    )
    for asked, planned in zip(problem["days"], plan["days"], strict=False):
        name = f"{asked['date']} {asked['liaison']}"
        if (planned["date"], planned["liaison"]) != (asked["date"], asked["liaison"]):
            wrong.append(f"{name}: is planned as {planned['date']} {planned['liaison']}")
        wrong += [f"{name}: {what}" for what in _one_day(minutes, stops, asked, planned)]
    visits = [(visit["id"], day["liaison"]) for day in plan["days"] for visit in day["stops"]]
    wrong += [f"{known} is seen {n} times" for known, n in Counter(known for known, _ in visits).items() if n > 1]
    wrong += _one_liaison_a_practice(stops, visits)
    wrong += _books(stops, plan, [known for known, _ in visits])
    return wrong


def _hundredths(minutes: float) -> int:
    return round(minutes * 100)


def _one_day(minutes: list[list[int]], stops: dict[str, Json], asked: Json, planned: Json) -> list[str]:
    wrong: list[str] = []
    first, last = _hundredths(asked["from"]), _hundredths(asked["to"])
    pause = [_hundredths(end) for end in asked["pause"]] if asked.get("pause") else None
    clock, place, driving = first, asked["start"], 0
    for visit in planned["stops"]:
        stop = stops[visit["id"]]
        arrive, depart = _hundredths(visit["arrive"]), _hundredths(visit["depart"])
        drive = minutes[place][stop["place"]]
        if arrive - clock - _overlap(clock, arrive, pause) < drive:
            wrong.append(f"{visit['id']} cannot be reached by {arrive}, leaving at {clock} with a drive of {drive}")
        if depart - arrive != _hundredths(stop["service"]):
            wrong.append(f"{visit['id']} lasts {depart - arrive}")
        if pause and arrive < pause[1] and depart > pause[0] and depart > arrive:
            wrong.append(f"{visit['id']} runs into the pause")
        if not any(opens <= arrive <= closes for opens, closes in _windows(stop, asked["date"])):
            wrong.append(f"{visit['id']} starts at {arrive}, outside its windows")
        if stop.get("liaisons") is not None and asked["liaison"] not in stop["liaisons"]:
            wrong.append(f"{visit['id']} is not for this liaison")
        if stop.get("days") is not None and asked["date"] not in stop["days"]:
            wrong.append(f"{visit['id']} is not for this day")
        driving, clock, place = driving + drive, depart, stop["place"]
    if planned["stops"] or asked["start"] != asked["end"]:
        home = minutes[place][asked["end"]]
        driving += home
        if planned["stops"] and last - clock - _overlap(clock, last, pause) < home:
            wrong.append(f"cannot be back by {last}, leaving at {clock} with a drive of {home}")
    if planned["stops"] and asked.get("max_driving") is not None and driving > _hundredths(asked["max_driving"]):
        wrong.append(f"drives {driving}, more than may be")
    if _hundredths(planned["minutes"]) != driving:
        wrong.append(f"says {planned['minutes']} minutes of driving, which are {driving / 100}")
    return wrong


def _overlap(start: int, end: int, pause: list[int] | None) -> int:
    return max(0, min(end, pause[1]) - max(start, pause[0])) if pause else 0


def _windows(stop: Json, date: str) -> list[tuple[int, int]]:
    given = stop.get("windows")
    if given is None:
        return [(0, 10**12)]
    if isinstance(given, dict):
        given = given.get(date, [])
    return [(_hundredths(opens), _hundredths(closes)) for opens, closes in given]


def _one_liaison_a_practice(stops: dict[str, Json], visits: list[tuple[str, str]]) -> list[str]:
    seen: dict[str, set[str]] = {}
    for known, liaison in visits:
        if stops[known].get("practice") is not None:
            seen.setdefault(stops[known]["practice"], set()).add(liaison)
    return [f"{practice} is seen by {len(who)} liaisons" for practice, who in seen.items() if len(who) > 1]


def _books(stops: dict[str, Json], plan: Json, visited: list[str]) -> list[str]:
    """The plan's own sums: its value, and that every stop is either seen or said to be left out."""
    wrong = []
    value = sum(stops[known]["value"] for known in visited)
    if abs(value - plan["value"]) > 1e-5 * max(1.0, abs(value)):
        wrong.append(f"value is {value}, not {plan['value']}")
    if sorted([*visited, *plan["dropped"]]) != sorted(stops):
        wrong.append("seen and left out are not all stops")
    return wrong
