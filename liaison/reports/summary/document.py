"""The executive summary as a PDF: one page to read, then how it was made."""

from typing import Any

import pandas as pd

from liaison.charts.effect_months import effect_months
from liaison.charts.money_bars import money_bars
from liaison.charts.theme import without_checks
from liaison.charts.tokens import LIGHT
from liaison.charts.trend import trend
from liaison.metrics.findings import effect as says
from liaison.metrics.findings import summary as summary_says
from liaison.metrics.findings.effect_words import DEFINITION
from liaison.reports import pictures
from liaison.reports.paper import pdf
from liaison.reports.summary import shown
from liaison.reports.summary.gather import Summary
from liaison.reports.summary.shown import Drawn

WHOLE, HALF = 660, 330  # points that a picture is drawn at; the paper makes it smaller
MARGINS = ["Service line", "Margin", "Source", "In force from", "Of referrals", "Seen"]
COSTS = ["Cost", "Dollars", "Entries", "Months", "Written down", "By"]
GOALS = ["Goal", "Target", "To date", "Expected", "Outlook"]
NOT_KNOWN = "What it was worth is not known"
REFUSED = "There is no number here, and this is why"


def as_pdf(of: Summary, size: str | None = None) -> bytes:
    """`size`: 'letter' or 'a4', else the instance's."""
    return pdf("summary", content(of), size=size)


def content(of: Summary) -> dict[str, Any]:
    """What the template shows, in its order."""
    volume, leakage = of.trends
    money = of.told["money"]
    return {
        "name": of.name,
        "says": of.says,
        "beneath": of.beneath,
        "figures": [{"label": f.label, "value": f.value, "under": f.under} for f in of.figures],
        "refused": {"title": REFUSED, "reasons": of.reasons, "cures": cures(of)} if of.reasons else None,
        "months": _picture(of.months, "months"),
        "money": _picture(of.money, "money"),
        "money_off": None if money or of.reasons else {"title": NOT_KNOWN, "says": " ".join(of.told["money_notes"])},
        "trends": [_picture(volume, "volume"), _picture(leakage, "leakage")],
        "access": of.access,
        "wins": _listed(summary_says.wins_title(of.changes.wins), of.changes.wins, summary_says.NO_WIN),
        "risks": _listed(summary_says.risks_title(of.changes.risks), of.changes.risks, summary_says.NO_RISK),
        "plan": {"title": of.plan.title, "said": of.plan.said, "says": plan_says(of)},
        "notes": list(of.notes),
        "papers": of.papers,
        "audience": of.audience_says,
        "method": method(of),
    }


def plan_says(of: Summary) -> list[str]:
    """The next quarter; without a list, how to get one."""
    return [*([] if of.listed else [". ".join(summary_says.NO_LIST)]), *of.plan.says]


def goal_rows(of: Summary) -> list[list[str]]:
    """As in `GOALS`; what cannot be foreseen is blank."""

    def count(value: float | None, hidden: str | None = None) -> str:
        return hidden or ("" if value is None else f"{value:,.0f}")

    return [
        [
            f"{row['goal']}, {row['year']}",
            count(row["target"]),
            count(row["to_date"], row["hidden"]),
            count(row["expected"], row["hidden"]),
            row["outlook"],
        ]
        for row in of.plan.goals
    ]


def cures(of: Summary) -> list[str]:
    """What would make a refused question answerable."""
    failed = [c for c in of.checks if c["decisive"] and c["state"] == "failed" and c["cure"]]
    return [says.typeset(str(check["cure"])) for check in failed]


def method(of: Summary) -> dict[str, Any]:
    """The appendix: what was asked, against whom, the checks, every input, the definitions."""
    told, money = of.told, of.told["money"]
    return {
        "question": told["question"],
        "compared": told["comparison"]["says"],
        "worth": shown.worth(money) if money else [],
        "simple": says.typeset(told["naive_says"]) if told["naive_says"] else None,
        "checks_says": says.checks_finding(told["checks"]),
        "checks": [
            {
                "state": says.STATES[check["state"]],
                "says": says.typeset(check["says"]),
                "cure": says.typeset(check["cure"]) if check["cure"] and check["state"] != "held" else None,
                "decisive": check["decisive"],
            }
            for check in of.checks
        ],
        "margins": {"head": MARGINS, "rows": [list(line.values()) for line in of.lines]},
        "costs": {"head": COSTS, "rows": [[_text(value) for value in each.values()] for each in of.costs]},
        "inputs": [*told["money_notes"], *([shown.measured_share(money)] if money else []), *of.run.notes],
        "quarter": {"head": GOALS, "rows": goal_rows(of), "assumed": list(of.plan.assumed)},
        "definitions": definitions(),
    }


def definitions() -> list[str]:
    """Paragraphs, each opening with the word that it defines."""
    return [
        *(" ".join(part.split("\n")) for part in DEFINITION.split("\n\n")),
        summary_says.LEAKAGE_MEANS,
        summary_says.QUARTER_MEANS,
    ]


def chart(drawn: Drawn, kind: str, height: int = 0) -> Any:
    """The page's chart of these rows, light; `height` px of the plot where it has one of its own."""
    rows = pd.DataFrame(drawn.rows)
    with without_checks():
        if kind == "months":
            return effect_months(rows, LIGHT, height=height or 96)
        if kind == "money":
            return money_bars(rows, LIGHT, room=190)
        return trend(rows, LIGHT, unit="count" if kind == "volume" else "share", height=height or 56, named=4)


def _picture(drawn: Drawn | None, kind: str) -> dict[str, Any] | None:
    if drawn is None:
        return None
    width = WHOLE if kind in ("months", "money") else HALF
    return {
        "says": drawn.says,
        "said": drawn.said,
        "alt": drawn.alt,
        "svg": pictures.svg(chart(drawn, kind), width),
    }


def _listed(title: str, rows: tuple[str, ...], nothing: str) -> dict[str, Any]:
    return {"title": title, "rows": list(rows), "nothing": nothing}


def _text(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
