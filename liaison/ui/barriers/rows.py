"""One barrier as a line: how long, whose, what, by when, and what is at stake."""

from datetime import date
from html import escape

from liaison.fieldwork.barrier_board import OnBoard
from liaison.metrics.figure import Figure, date_words
from liaison.metrics.findings.barriers import plural
from liaison.vocabulary import BarrierStatus


def row_words(row: OnBoard, stake: Figure | None, more: str = "") -> str:
    """The line; what is overdue is red and says so."""
    days = f"<b>{row.days:,}</b> day{'' if row.days == 1 else 's'}"
    department = f' <span class="q">{escape(row.values["department"])}</span>' if row.values["department"] else ""
    return (
        f'<div class="lz-barrier"><span class="age">{days}</span>'
        f'<div class="what"><p><b>{escape(row.where)}</b> \u00b7 {escape(row.kind.label)}{department}</p>'
        f'<p class="q">{escape(row.values["what"])}</p></div>'
        f'<div class="due">{due(row, more)}{_stake(stake)}</div></div>'
    )


def due(row: OnBoard, more: str = "") -> str:
    """By when, or since when it is late, resolved, told."""
    v = row.values
    if row.status is BarrierStatus.voided:
        return '<p class="q">Voided</p>'
    if row.status is BarrierStatus.loop_closed:
        return f'<p class="q">Practice told {_day(v["loop_closed_on"])}</p>'
    if row.status is BarrierStatus.resolved:
        return f"<p>Resolved {_day(v['resolved_on'])}</p><p>Tell the practice</p>"
    if row.late:
        return f'<p class="now">{plural(row.late, "day")} overdue{escape(more)}</p>'
    return f"<p>Due {_day(v['due_on'])}</p>" if v["due_on"] else '<p class="q">No due date</p>'


def _stake(stake: Figure | None) -> str:
    if stake is None or not stake.denominator:
        return ""
    return f'<p class="q">{stake.numerator:,} of {stake.denominator:,} open referrals stuck</p>'


def _day(text: str) -> str:
    return date_words(date.fromisoformat(text))
