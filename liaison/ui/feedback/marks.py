"""The marks: three questions with their intervals, then by practice, specialty, department or role; and words."""

from collections.abc import Hashable

import pandas as pd

from liaison.charts.share_intervals import share_intervals
from liaison.charts.words import percent
from liaison.metrics.findings.feedback import net_words
from liaison.metrics.voice import QUESTIONS, Group, Mark, Voice
from liaison.ui import charts as drawn
from liaison.ui import options, parts, states
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Respondent

BY = {"practice": "By practice", "service_line": "By specialty", "department": "By department", "role": "By role"}
COLUMNS = {
    "label": Col("Who", 250),
    "n": Col("Answers", 80, "count"),
    "practices": Col("Practices", 85, "count"),
    "recommend": Col("Promoters less detractors", 190),
    **{name: Col(title, 165, help="Share of 4 and 5, with its interval") for name, title in QUESTIONS.items()},
}
ON_PHONE = {"label": Col("Who", 150), "n": Col("n", 45, "count"), "recommend": Col("Net", 150)}
COMMENTS = {
    "date": Col("Day", 100),
    "practice": Col("Practice", 230),
    "role": Col("Who", 170),
    "text": Col("Words", 700),
}


def show(found: Voice, key: Hashable) -> None:
    """For the team."""
    if not found.total.n:
        states.off(
            "No answer is in for this choice",
            "Print the form, or ask on a visit, and write the answers down under Write down.",
        )
        return
    total(found, key)
    by = options.buttons("by", "Answers by", BY, "practice")
    parts.picture(BY[by], f"Below {found.minimum:,} answers nothing is said. Intervals of 95%.")
    columns = ON_PHONE if phone() else COLUMNS
    alt = f"Answers {BY[by].lower()}, with intervals"
    table(lambda: frame(found.by[by]), columns, key=f"feedback-{by}", alt=alt, version=(key, by))
    download(lambda: plain(found), "feedback", key="feedback", label="Answers")
    if found.comments:
        parts.picture("In their words", "Newest first.")
        comments = [{**one.__dict__, "role": Respondent(one.role).label if one.role else ""} for one in found.comments]
        shown = {"text": COMMENTS["text"]} if phone() else COMMENTS
        table(pd.DataFrame(comments), shown, key="feedback-comments", alt="Comments, newest first", version=(key, "c"))


def total(found: Voice, key: Hashable) -> None:
    """The three questions over all answers."""
    if not found.total.n:
        return
    parts.picture("Good marks", "Share that gave 4 or 5 of 5, with its interval of 95%.")
    drawn.show(
        share_intervals,
        pd.DataFrame([_row(name, mark, found.total.too_few) for name, mark in found.total.marks.items()]),
        version=(key, "marks"),
        key="feedback-marks",
        alt="Share of good marks by question, with intervals; the table below shows the same by whom",
    )


def _row(name: str, mark: Mark, hushed: bool) -> dict[str, object]:
    counts = {"part": mark.good, "whole": mark.n, "value": mark.value, "low": mark.low, "high": mark.high}
    return {"key": name, "label": QUESTIONS[name], **counts, "suppressed": hushed and mark.good == 0 and mark.n > 0}


def frame(groups: tuple[Group, ...]) -> pd.DataFrame:
    """A row a group, intervals in words."""
    rows = [
        {
            **{"label": group.label, "n": group.n, "practices": group.practices},
            "recommend": net_words(group.recommend),
            **{name: _short(mark) for name, mark in group.marks.items()},
        }
        for group in groups
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _short(mark: Mark) -> str:
    if mark.value is None or mark.low is None or mark.high is None:
        return f"too few, n {mark.n:,}" if mark.n else ""
    return f"{percent(mark.value)} ({percent(mark.low)} to {percent(mark.high)})"


def plain(found: Voice) -> pd.DataFrame:
    """Every group of every cut as numbers, for a file."""
    rows = []
    for by, groups in {"total": (found.total,), **found.by}.items():
        for group in groups:
            row: dict[str, object] = {"by": by, "key": group.key, "label": group.label, "answers": group.n}
            for name, mark in group.marks.items():
                row |= {f"{name}_{part}": value for part, value in mark.__dict__.items()}
            row |= {f"recommend_{part}": value for part, value in group.recommend.__dict__.items()}
            rows.append(row | {"from": found.first, "to": found.last})
    return pd.DataFrame(rows)
