"""What the page asks for, each counted once for a version of the data: functions of `ui.ask`."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from liaison.access import Viewer
from liaison.charts.leakage_heatmap import ALL
from liaison.facts.live import Live
from liaison.metrics.behind import Behind, behind
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.findings.organisations import change_words, moves
from liaison.metrics.organisation import Cell, Organisation, organisation
from liaison.metrics.organisations import Organisations, organisations
from liaison.metrics.shared import DataSet, data_sets
from liaison.metrics.shared_view import SharedView, shared_view
from liaison.metrics.taking import NOT_NAMED
from liaison.vocabulary import NONE, Audience, month_words

EVERY = "All"
LINE = 13  # months of a small line: a year and the month it began with


def names(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> dict[str, str]:
    """Id -> label of every organisation that these data know, by label; the one that is not named last."""
    found = {id_: label for (kind, id_), label in live.label_of.items() if kind == "organisation"}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold())) | {NONE: NOT_NAMED}


@dataclass(frozen=True)
class Ranked:
    """`rows` for chart and table: key, label, role, numerator, denominator, value, lost, change, before, months, line,
    cause.
    """

    found: Organisations
    rows: pd.DataFrame


def ranked(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Ranked:
    """Every destination of the window, ours first."""
    found = organisations(live, viewer, audience, filters)
    last = found.window.last if found.window else 0
    months = range(last - LINE + 1, last + 1)
    rows = [
        {
            "key": r.key,
            "label": r.label,
            "role": r.role,
            "numerator": r.figure.numerator,
            "denominator": r.figure.denominator,
            "value": r.figure.value,
            "lost": r.of_lost,
            "change": change_words(r),
            "before": r.before,
            "months": [r.months.get(m, 0) for m in months],
            "line": r.line or "",
            "cause": ("" if r.role == "us" else r.cause or "Not recorded"),
        }
        for r in found.rows
    ]
    columns = ["key", "label", "role", "numerator", "denominator", "value", "lost"]
    return Ranked(found, pd.DataFrame(rows, columns=[*columns, "change", "before", "months", "line", "cause"]))


@dataclass(frozen=True)
class One:
    """One organisation: `cells` as the heat map wants them, `lines` and `causes` as rows of tables and charts.

    `keys`: every cell there is; `names`: of rows and lines.
    """

    found: Organisation
    cells: pd.DataFrame
    keys: frozenset[tuple[str, str]]
    names: dict[str, str]
    lines: pd.DataFrame
    causes: pd.DataFrame
    months: pd.DataFrame


def one(live: Live, viewer: Viewer, audience: Audience, filters: Filters, key: str = "") -> One | None:
    """What the page of one organisation shows at first; None where there are no referrals."""
    found = organisation(live, viewer, audience, filters, key)
    if found is None:
        return None
    cells = _cells(found)
    keys = frozenset(zip(cells["row_key"], cells["line_key"], strict=True))
    labels = {f"row:{k}": str(v) for k, v in zip(cells["row_key"], cells["row"], strict=True)}
    labels |= {f"line:{k}": str(v) for k, v in zip(cells["line_key"], cells["line"], strict=True)}
    return One(found, cells, keys, labels, _lines(found), _causes(found), _months(found))


def _cells(found: Organisation) -> pd.DataFrame:
    """Cells and their totals; only groups and lines from which something went there."""
    sending_groups = {c.group for c in found.cells if c.taken}
    sending_lines = {c.line for c in found.cells if c.taken}
    sums: dict[tuple[str, str], list[int]] = {}
    named: dict[tuple[str, str], tuple[str, str]] = {}
    for cell in found.cells:
        row, line = (cell.group, cell.group_label), (_id(cell.line), cell.line_label)
        every = (ALL, EVERY)
        places = [(every, every)]
        if cell.group in sending_groups:
            places.append((row, every))
        if cell.line in sending_lines:
            places.append((every, line))
        if cell.group in sending_groups and cell.line in sending_lines:
            places.append((row, line))
        for (row_key, row_label), (line_key, line_label) in places:
            held = sums.setdefault((row_key, line_key), [0, 0, 0])
            named[row_key, line_key] = (row_label, line_label)
            for place, n in enumerate(_counts(cell)):
                held[place] += n
    rows = [
        {
            "row_key": row_key,
            "row": named[row_key, line_key][0],
            "line_key": line_key,
            "line": named[row_key, line_key][1],
            "numerator": taken,
            "denominator": known,
            "unknown": unknown,
            "value": taken / known if known else None,
        }
        for (row_key, line_key), (taken, known, unknown) in sums.items()
    ]
    columns = ["row_key", "row", "line_key", "line", "numerator", "denominator", "unknown", "value"]
    return pd.DataFrame(rows, columns=columns)


def _counts(cell: Cell) -> tuple[int, int, int]:
    return cell.taken, cell.known, cell.unknown


def _id(line: str) -> str:
    """The id that a URL carries: the files' own spelling of a line is free text."""
    return stored_value("service_line", line)


def _lines(found: Organisation) -> pd.DataFrame:
    """key, label, taken, first (words), halves (words), months, by most taken."""
    said = moves(found.lines)
    last, begin = found.window.last, found.spans.first
    rows = [
        {
            "key": _id(r.key),
            "label": r.label,
            "taken": r.taken,
            "first": "since the data begin" if r.first == begin else month_words(r.first or begin),
            "halves": said[r.key].words,
            "way": said[r.key].way,
            "months": [r.months.get(m, (0, 0))[0] for m in range(max(begin, last - 2 * LINE + 3), last + 1)],
        }
        for r in found.lines
    ]
    return pd.DataFrame(rows, columns=["key", "label", "taken", "first", "halves", "way", "months"])


def _causes(found: Organisation) -> pd.DataFrame:
    """As the chart of causes wants them: shares of what it took."""
    every = sum(n for *_, n in found.causes)
    rows = [
        {"key": key, "label": label, "numerator": n, "denominator": every, "value": n / every if every else None}
        for key, label, n in found.causes
    ]
    return pd.DataFrame(rows, columns=["key", "label", "numerator", "denominator", "value"])


def _months(found: Organisation) -> pd.DataFrame:
    """As the trend wants them: referrals that went there, by month since the data begin."""
    role = "us" if found.who.ours else "out"
    rows = [
        {
            "month": m,
            "value": found.months[m].taken if m in found.months else 0,
            "complete": m not in found.window.incomplete,
            "role": role,
        }
        for m in range(found.spans.first, found.window.last + 1)
    ]
    return pd.DataFrame(rows, columns=["month", "value", "complete", "role"])


@dataclass(frozen=True)
class Senders:
    """The practices behind an organisation or one of its cells, with their miles."""

    found: Behind
    rows: pd.DataFrame  # key, label, taken, value, miles, beside, miles_beside; those that send anything
    bands: pd.DataFrame  # as the chart of distances wants them
    table: pd.DataFrame  # its twin: band, taken, share, beside, beside_share, of_known


def senders(live: Live, viewer: Viewer, audience: Audience, filters: Filters, key: str = "") -> Senders | None:
    """A scan of resolved rows: behind a pick, not in a first paint."""
    found = behind(live, viewer, audience, filters, key)
    if found is None:
        return None
    rows = [
        {
            "key": s.key,
            "label": s.label,
            "taken": s.taken,
            "known": s.known,
            "value": s.taken / s.known,
            "beside": s.beside,
            "miles": None if s.miles is None else round(s.miles, 1),
            "miles_beside": None if s.miles_beside is None else round(s.miles_beside, 1),
        }
        for s in found.senders
        if s.taken
    ]
    columns = ["key", "label", "taken", "known", "value", "beside", "miles", "miles_beside"]
    return Senders(found, pd.DataFrame(rows, columns=columns), _bands(found), _band_table(found))


def _bands(found: Behind) -> pd.DataFrame:
    ours = found.who.ours
    series = [(f"to {found.who.label}", "us" if ours else "out", "taken"), _beside(found)]
    rows = [
        {"band": b.name, "series": name, "role": role, "referrals": getattr(b, column)}
        for b in found.bands
        if b.taken or b.beside
        for name, role, column in series
    ]
    return pd.DataFrame(rows, columns=["band", "series", "role", "referrals"])


def _beside(found: Behind) -> tuple[str, str, str]:
    return ("out of network", "out", "beside") if found.who.ours else ("to us, same practices", "us", "beside")


def _band_table(found: Behind) -> pd.DataFrame:
    taken, beside = found.taken, found.beside
    rows = [
        {
            "band": b.name,
            "taken": b.taken,
            "share": b.taken / taken if taken else None,
            "beside": b.beside,
            "beside_share": b.beside / beside if beside else None,
            "of_known": b.taken / b.known if b.known else None,
        }
        for b in found.bands
    ]
    return pd.DataFrame(rows, columns=["band", "taken", "share", "beside", "beside_share", "of_known"])


def sets(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> tuple[DataSet, ...]:
    """The shared-patient data sets that are imported."""
    return data_sets(live)


def seen_by(
    live: Live,
    viewer: Viewer,
    audience: Audience,
    filters: Filters,
    system: str | None = None,
    source: str | None = None,
    vintage: date | None = None,
) -> SharedView:
    """Shared patients by organisation, as one system sees them; for a data set that is there."""
    found = shared_view(live, viewer, audience, system, source, vintage)
    if found is None:
        raise ValueError("no shared patients are imported")
    return found
