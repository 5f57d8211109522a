"""What six liaisons did, what it truly changed, and what it cost."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from liaison.demo.flows import Flows
from liaison.demo.lines import LINES, MARGIN
from liaison.demo.market import Market, Numbers
from liaison.demo.people import LIAISONS, STAFF
from liaison.demo.words import ASKS, NOTES, OUTCOMES, STEPS

# The true effect of a visit on in-network referrals, by months since it: nothing at first, most in the third, then it
# fades. Overlapping visits add only what earlier ones leave of the peak.
LAG = (0.0, 0.35, 0.75, 1.0, 0.7, 0.4, 0.15)
PEAK = (0.10, 0.18)  # of a practice's own in-network rate, drawn per practice
TARGET_SHARE = 0.55  # practices on the list fixed at the programme's start; the rest is never visited
VISITED_A_MONTH = 0.15
EVENT_EVERY = 4  # months

SALARY, MILE, DINNER = 10_300.0, 0.70, 1_850.0  # dollars a month, a mile, an event; invented


@dataclass(frozen=True)
class Programme:
    """`visited` [practice, month]: a contact that has the effect (in person, virtual or event); `peak` per practice;
    `lift` [practice, month past the window too]: the true relative increase of in-network referrals."""

    visits: pd.DataFrame
    costs: pd.DataFrame
    visited: Numbers
    peak: Numbers
    lift: Numbers


def attention(visited: Numbers, months: int) -> Numbers:
    """[practice, month] from 0 to 1: how much of the peak is at work, visits' lags added up to one."""
    at_work = np.zeros((len(visited), months))
    for lag, weight in enumerate(LAG):
        reach = min(visited.shape[1], months - lag)
        at_work[:, lag : lag + reach] += weight * visited[:, :reach]
    return np.minimum(at_work, 1.0)


def build_programme(market: Market, flows: Flows) -> Programme:
    draw = market.options.draw("programme")
    months = flows.kept.shape[1]
    peak = draw.uniform(*PEAK, market.options.practices)
    rows, visited = _contacts_made(market, draw)
    rows = rows.sort_values(["date", "person_id", "arrived_at", "practice"], ignore_index=True)
    rows.insert(0, "visit_id", [f"V{n:05d}" for n in range(1, len(rows) + 1)])
    lift = peak[:, None] * attention(visited, months)
    return Programme(_visit_file(market, rows), _costs(market, rows), visited, peak, lift)


def _targets(market: Market, draw: np.random.Generator) -> Numbers:
    """The list fixed at the start: the larger the likelier, but large ones stay off it too."""
    practices = market.options.practices
    open_to_us = market.practices["do_not_visit"].to_numpy() == "false"
    weight = market.size**0.35 * np.where(open_to_us, 1.0, 1e-9)
    chosen = draw.choice(practices, round(practices * TARGET_SHARE), replace=False, p=weight / weight.sum())
    target = np.zeros(practices, bool)
    target[chosen] = True
    return target & open_to_us


def _contacts_made(market: Market, draw: np.random.Generator) -> tuple[pd.DataFrame, Numbers]:
    """Month by month each liaison sees those of the list that are most overdue and largest, with some whim; calls and
    mails follow a visit, so that no practice is touched before its first one."""
    options = market.options
    target = _targets(market, draw)
    visited = np.zeros((options.practices, options.months))
    since = np.full(options.practices, 9.0)
    rows: list[tuple[object, ...]] = []
    for month in range(options.programme_start, options.months):
        days = workdays(options.starts(month), options.ends(month))
        score = np.minimum(since, 9) * market.size**0.4 * np.exp(draw.normal(0, 0.6, options.practices))
        dinner = month % EVENT_EVERY == 0
        for person in range(LIAISONS):
            mine = np.flatnonzero(target & (market.territory[:, month] == person))
            if not len(mine):
                continue
            many = max(1, round(len(mine) * VISITED_A_MONTH / TARGET_SHARE))
            chosen = mine[np.argsort(-score[mine], kind="stable")[:many]]
            guests = draw.choice(chosen, min(len(chosen), 4), replace=False) if dinner else chosen[:0]
            rows += _rows_of(market, draw, person, days=days, chosen=chosen, since=since, guests=guests)
            visited[chosen, month] = 1
            since[chosen] = 0
        since += 1
    return pd.DataFrame(rows, columns=_COLUMNS), visited


_COLUMNS = (
    "person_id date practice channel purpose outcome ask next_step next_step_on minutes miles notes arrived_at".split()
)


def workdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _rows_of(
    market: Market,
    draw: np.random.Generator,
    person: int,
    *,
    days: list[date],
    chosen: Numbers,
    since: Numbers,
    guests: Numbers,
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for practice in chosen:
        at = int(draw.integers(0, len(days)))
        first = since[practice] >= 9
        channel = "virtual" if not first and draw.random() < 0.12 else "in_person"
        purposes = ("introduction",) if first else ("follow_up", "ask", "education", "problem", "drop_by")
        purpose = purposes[int(draw.integers(0, len(purposes)))]
        rows.append(_row(market, draw, person, days[at], practice, channel=channel, purpose=purpose))
        if at + 5 < len(days) and draw.random() < 0.45:
            after = days[int(draw.integers(at + 3, len(days)))]
            channel = "phone" if draw.random() < 0.6 else "email"
            rows.append(_row(market, draw, person, after, practice, channel=channel, purpose="follow_up"))
    evening = days[len(days) // 2]
    rows += [_row(market, draw, person, evening, guest, channel="event", purpose="education") for guest in guests]
    return rows


def _row(
    market: Market, draw: np.random.Generator, person: int, day: date, practice: int, *, channel: str, purpose: str
) -> tuple[object, ...]:
    def pick(words: tuple[str, ...]) -> str:
        return words[int(draw.integers(0, len(words)))]

    on_site = channel == "in_person"
    step = pick(STEPS)
    due = (day + timedelta(days=int(draw.integers(5, 25)))).isoformat() if step else ""
    minutes = {"in_person": 25, "virtual": 20, "phone": 8, "email": 4, "event": 90}[channel] + int(draw.integers(0, 16))
    miles = round(float(market.miles[practice]) * 0.5 + float(draw.uniform(2, 12)), 1) if on_site else 0.0
    clock = 8 * 60 + 30 + int(draw.integers(0, 30)) * 15
    arrived = "18:00" if channel == "event" else f"{clock // 60:02d}:{clock % 60:02d}" if on_site else ""
    outcome = pick(OUTCOMES) if channel != "email" else ""
    ask = pick(ASKS) if purpose == "ask" else ""
    words = (channel, purpose, outcome, ask, step, due, minutes, miles, pick(NOTES), arrived)
    return (STAFF[person][0], day.isoformat(), practice, *words)


def _visit_file(market: Market, rows: pd.DataFrame) -> pd.DataFrame:
    ids = market.ids
    file = rows.assign(practice_id=[ids[p] for p in rows["practice"]]).drop(columns="practice")
    first = ["visit_id", "person_id", "date", "practice_id"]
    return file[first + [c for c in file.columns if c not in first]]


def _costs(market: Market, rows: pd.DataFrame) -> pd.DataFrame:
    """Salaries and travel per liaison and month, dinners per territory, material per month; all invented."""
    options, out = market.options, []
    month_of = rows["date"].str[:7]
    for month in range(options.programme_start, options.months):
        text = options.month_text(month)
        mine = rows[month_of == text]
        raise_ = 1.03 ** ((month - options.programme_start) // 12)
        for person, name, *_ in STAFF[:LIAISONS]:
            own = mine[mine["person_id"] == person]
            out.append((text, "salary", round(SALARY * raise_, 2), person, "with benefits, invented"))
            out.append((text, "travel", round(float(own["miles"].sum()) * MILE, 2), person, "invented"))
            if (own["channel"] == "event").any():
                out.append((text, "event", DINNER, person, f"evening lecture {name}, invented"))
        out.append((text, "material", 420.0, "", "invented"))
    return pd.DataFrame(out, columns=["month", "kind", "amount", "person_id", "note"])


def margins(market: Market) -> pd.DataFrame:
    """The file: a dated contribution margin for each line, raised once in the window."""
    options, rows = market.options, []
    for index, growth in ((0, 1.0), (options.months - 10, 1.04)):
        for line, amount in zip(LINES, MARGIN, strict=True):
            figure = round(float(amount) * growth)
            begins = options.starts(index).isoformat()
            rows.append((line, figure, round(figure * 0.8), round(figure * 1.2), begins, "invented for the demo"))
    return pd.DataFrame(rows, columns=["service_line", "margin", "low", "high", "from", "source"])
