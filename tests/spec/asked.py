"""A drawn question put to the figures, and the answer in the words of the drawing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from liaison.access import owner
from liaison.facts.live import Live
from liaison.metrics.appointments import appointments
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.changes import changes
from liaison.metrics.come_home import come_home
from liaison.metrics.figure import percent
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.funnel_change import Step, funnel_change
from liaison.metrics.leakage import leakage
from liaison.metrics.practices import practices
from liaison.metrics.quality import quality
from liaison.metrics.rows import Which, rows
from liaison.metrics.shared import shared
from liaison.metrics.stuck import stuck
from liaison.metrics.stuck_by import stuck_by
from liaison.metrics.volume import volume
from liaison.vocabulary import Audience, month_text
from tests.spec.case import Cells

Given = Mapping[str, str]
WORDS = {"from": "first", "to": "last"}


def answer(live: Live, question: str) -> list[Cells]:
    """'leakage by practice vantage=claims': a figure, at most one dimension, filters, months, an audience."""
    name, *rest = question.split()
    by = rest[rest.index("by") + 1] if "by" in rest else ""
    given = dict(part.split("=", 1) for part in rest if "=" in part)
    audience = Audience(given.pop("audience", "inside"))
    return ASKED[name](live, audience, by, given)


def as_drawn(found: list[Cells], wanted: list[Cells]) -> list[Cells]:
    """Of each table that is drawn, the rows found, in the columns drawn."""
    told = []
    for table in wanted:
        columns = list(table[0])
        match = next((f for f in found if f and set(columns) <= set(f[0])), [])
        told.append([{c: row[c] for c in columns} for row in match])
    return told


def _filters(given: Given) -> Filters:
    return Filters(**{WORDS.get(name, name): value.replace("_", " ") for name, value in given.items()})


def _text(value: Any) -> str:
    if value is None:
        return "hidden"
    return str(value)


def _share(value: float | None, hidden: bool = False) -> str:
    if value is None:
        return "hidden" if hidden else "not known"
    return percent(value)


def _leakage(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found: Breakdown = leakage(
        live, owner(), audience, _filters(given), cast(Any, tuple(by.split("+"))) if by else None
    )
    rows = [(r.label, r.figure, r.more) for r in found.rows] + [("total", found.total, {})]
    return [
        [
            {
                by or "leakage of": label,
                "out": _text(f.numerator),
                "known": _text(f.denominator),
                "unknown": _text(f.beside["unknown"]),
                "not completed": _text(f.beside["not_completed"]),
                "leakage": _share(f.value, f.suppressed),
                "observable": "no" if more.get("observable") is False else "yes",
                "coverage": f"{f.coverage.known} of {f.coverage.of}" if f.coverage else "hidden",
            }
            for label, f, more in rows
        ]
    ]


def _come_home(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = come_home(live, owner(), audience, _filters(given))
    return [
        [
            {
                "practice": r.label,
                "could come home": _text(r.could),
                "outside": _text(r.outside),
                "main line": r.main_line[1] if r.main_line else "none",
                "leakage": _share(r.leakage, r.suppressed and r is not found.total),
            }
            for r in (*found.rows, found.total)
        ]
    ]


def _funnel(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = funnel(live, owner(), audience, _filters(given))

    def days(number: int | None) -> str:
        return "not known" if number is None else str(number)

    stages = [
        {
            "stage": s.stage.value,
            "reached": _text(s.reached),
            "share": _share(s.share, s.suppressed),
            "median days": days(s.median_days),
            "90% days": days(s.p90_days),
            "open": _text(s.open),
        }
        for s in found.stages
    ]
    exits = [
        {"exit": e.exit.value, "referrals": _text(e.count), "of created": _share(e.share, True)} for e in found.exits
    ]
    coverage = found.coverage
    known = [{"time in stage known": f"{coverage.known} of {coverage.of}" if coverage else "hidden"}]
    return [stages, exits, known]


def _volume(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = volume(live, owner(), audience, _filters(given), by or None)
    return [
        [
            {by or "volume of": r.label, "month": month_text(r.month), "referrals": _text(r.referrals)}
            for r in found.rows
        ]
    ]


def _practices(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = practices(live, owner(), audience, _filters(given))
    panel = [
        {
            "practice": r.name,
            "continuum": r.continuum.value,
            "movement": r.movement.value,
            "observable": "yes" if r.observable else "no",
            "last six": " ".join(_text(n) if n is not None else "-" for n in r.trend[-6:]),
        }
        for r in found.rows
    ]
    loyalty = [
        {
            "practice": r.name,
            "line": each.label,
            "class": each.loyalty.value if each.loyalty else "hidden",
            "share": _share(each.share, each.loyalty is None),
            "n": _text(each.n),
        }
        for r in found.rows
        for each in r.loyalty
    ]
    return [panel, loyalty]


def _shared(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = shared(live, owner(), audience, cast(Any, by or "to"), given.get("source"))
    return [
        [
            {
                by or "to": r.label,
                "pairs": _text(r.pairs),
                "patients": _text(r.patients),
                "transactions": _text(r.transactions),
                "share": _share(r.share, True),
            }
            for r in (*found.rows, found.total)
        ]
    ]


def _stuck(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = stuck(live, owner(), audience, _filters(given))
    return [
        [
            {
                "line": r.label,
                "stage": r.stage.value,
                "stuck": _text(r.stuck),
                "open": _text(r.open),
                "longer than": "not known" if r.after_days is None else f"{r.after_days} days",
            }
            for r in found.rows
        ]
    ]


def _stuck_by(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    stage = given.get("stage")
    asked = _filters({k: v for k, v in given.items() if k != "stage"})
    found = stuck_by(live, owner(), audience, asked, cast(Any, by), stage)
    rows = [(r.label, r.figure) for r in found.rows] + [("total", found.total)]
    return [
        [
            {
                by: label,
                "stuck": _text(f.numerator),
                "open": _text(f.denominator),
                "created": _text(f.beside["created"]),
                "share": "too few" if f.value is None and not f.suppressed else _share(f.value, f.suppressed),
                "interval": "" if f.low is None or f.high is None else f"{percent(f.low)} to {percent(f.high)}",
            }
            for label, f in rows
        ]
    ]


def _rows(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    options = {k: given[k] for k in ("stage", "limit", "which") if k in given}
    found = rows(
        live,
        owner(),
        audience,
        _filters({k: v for k, v in given.items() if k not in options}),
        Which(options.get("which", "referrals")),
        options.get("stage"),
        int(options.get("limit", 500)),
    )
    listed = [
        {
            "referral": row["referral_id"],
            "practice": row["practice"] or "",
            "network": row["network"],
            "stage": row["stage"],
            "ended": row["ended"] or "",
            "days": "" if row["days_in_stage"] is None else str(row["days_in_stage"]),
            "stuck after": "" if row["stuck_after_days"] is None else str(row["stuck_after_days"]),
        }
        for row in found.as_json()["rows"]
    ]
    return [listed, [{"referrals in all": str(found.total)}]]


def _appointments(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = appointments(live, owner(), audience, _filters(given))
    coverage = found.total.coverage
    bands = [
        {
            "days to the appointment": band.label,
            "seen": _text(band.figure.numerator),
            "appointments": _text(band.figure.denominator),
            "share": "too few" if band.figure.value is None else percent(band.figure.value),
        }
        for band in found.bands
    ]
    return [bands, [{"days known": f"{coverage.known} of {coverage.of}" if coverage else ""}]]


def _funnel_change(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    asked = {k: v for k, v in given.items() if not k.startswith("before")}
    found = funnel_change(live, owner(), audience, _filters(asked), given["before_from"], given["before_to"])

    def told(step: Step) -> dict[str, str]:
        share, moved, days = step.share, step.moved_on, step.days
        return {
            "reached": str(step.reached),
            "share": percent(share.value) if share else "",
            "moved on": percent(moved.value) if moved else "not known",
            "days": f"{days.value:.0f} ({days.low:.0f} to {days.high:.0f})" if days else "not known",
        }

    windows = [
        {"stage": s.stage.value, "window": name, **told(part)}
        for s in found.steps
        for name, part in (("before", s.before), ("now", s.now))
    ]
    return [windows]


def _quality(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = quality(live, owner(), date.fromisoformat(given.get("today", "2026-04-06")))
    checks = [{"source": c.source, "what": c.check, "referrals": f"{c.referrals} of {c.of}"} for c in found.checks]
    names = [{"unmatched": u.name, "referrals": str(u.referrals)} for u in (*found.practices, *found.organisations)]
    feeds = [
        {
            "feed": f.source,
            "newest": f.newest.isoformat(),
            "late": "yes" if f.late else "no",
            "open months": " ".join(month_text(m) for m in f.open_months),
        }
        for f in found.feeds
    ]
    return [checks, names, feeds]


def _changes(live: Live, audience: Audience, by: str, given: Given) -> list[Cells]:
    found = changes(live, owner(), audience, _filters(given))
    said = [
        {
            "kind": row["kind"],
            "line": row.get("service_line", ""),
            "against": row.get("against", ""),
            "sentence": row["says"],
        }
        for row in found.as_json()["rows"]
    ]
    return [said, [{"headline": found.headline}]]


ASKED: dict[str, Callable[[Live, Audience, str, Given], list[Cells]]] = {
    "leakage": _leakage,
    "come_home": _come_home,
    "funnel": _funnel,
    "volume": _volume,
    "practices": _practices,
    "changes": _changes,
    "shared": _shared,
    "stuck": _stuck,
    "stuck-by": _stuck_by,
    "rows": _rows,
    "appointments": _appointments,
    "funnel-change": _funnel_change,
    "quality": _quality,
}
