"""One practice: what it sends, where it splits, what moved; counted by the rules of the neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import Breakdown, key_and_label
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.definitions.leakage import leakage as leakage_definition
from liaison.metrics.definitions.practices import continuum, loyalty, movement
from liaison.metrics.definitions.volume import volume as volume_definition
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.metrics.movements import last_month, movements
from liaison.metrics.panel import CONTINUUM_MONTHS, LOYALTY_MONTHS, Movement, continuum_of
from liaison.metrics.parts import destination_known, every_referral, in_network, out_of_network
from liaison.metrics.practices import SpecialtyLoyalty, loyalty_of, reach_notes
from liaison.metrics.suppression import no_free_filters
from liaison.metrics.window import Window, day
from liaison.store import reading
from liaison.store.tables import practice
from liaison.vocabulary import NONE, Audience, Continuum, Vantage, month_text

EVER = "9999-12"  # the line by month also shows the month that is not over
PLACES = ("practice_type", "territory", "practice_group")
PARTS = (every_referral, destination_known, in_network, out_of_network)


@dataclass(frozen=True)
class MonthOfPractice:
    """`referrals` of every vantage; `known`, `out` of the one counted; `complete`: the month (a month_id) is over."""

    month: int
    referrals: int
    known: int
    out: int
    complete: bool

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "month": month_text(self.month)}


@dataclass(frozen=True)
class PracticeStory:
    """`lies`: dimension -> (key, label) in the newest month there is; `before`: the window of the same length before.

    `volume_before` and `leakage_before` (out, known) are None where the data do not hold that window whole. Loyalty,
    continuum and movement look at the months before the window's end (`year`), whatever its length.
    """

    definitions: ClassVar = (
        volume_definition.name,
        leakage_definition.name,
        loyalty.name,
        continuum.name,
        movement.name,
    )

    practice_id: str
    name: str
    on_record: bool
    lies: Mapping[str, tuple[str, str]]
    volume: Figure
    volume_before: int | None
    leakage: Breakdown
    leakage_before: tuple[int, int] | None
    before: Window | None
    observable: bool
    continuum: Continuum
    active_months: int  # of the six complete months before the window's end
    movement: Movement
    loyalty: tuple[SpecialtyLoyalty, ...]
    year: Window | None
    months: tuple[MonthOfPractice, ...]
    notes: tuple[str, ...]

    @property
    def window(self) -> Window | None:
        return self.volume.window

    def as_json(self) -> dict[str, Any]:
        return {
            "practice_id": self.practice_id,
            "name": self.name,
            "on_record": self.on_record,
            **papers_as_json(self.window, self.volume.vintage, self.volume.coverage),
            "lies": {kind: {"key": key, "label": label} for kind, (key, label) in self.lies.items()},
            "referrals": self.volume.value,
            "observable": self.observable,
            "leakage": {"total": self.leakage.total.as_json(), "rows": [r.as_json() for r in self.leakage.rows]},
            "before": {
                "window": self.before.as_json() if self.before else None,
                "referrals": self.volume_before,
                "leakage": _pair(self.leakage_before),
            },
            "continuum": self.continuum.value,
            "active_months": self.active_months,
            "movement": self.movement.value,
            "loyalty_window": self.year.as_json() if self.year else None,
            "loyalty": [each.as_json() for each in self.loyalty],
            "months": [m.as_json() for m in self.months],
            "notes": list(self.notes),
        }


def _pair(counts: tuple[int, int] | None) -> dict[str, int] | None:
    return None if counts is None else {"numerator": counts[0], "denominator": counts[1]}


class _Row(NamedTuple):
    """Referrals of one month, line, vantage and source, at one place."""

    month_id: int
    line: str
    vantage: str
    source: str
    practice_type: str
    territory: str
    practice_group: str
    referrals: int
    known: int
    kept: int
    out: int
    newest: int


Rows = list[_Row]


def one_practice(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> PracticeStory:
    """The story of `filters.practice` (an id; ValueError without one); nobody outside the team is told it.

    A merged practice is asked for by the id it counts as.
    """
    no_free_filters(filters, audience)
    if filters.practice is None:
        raise ValueError("the story is of one practice")
    question = Question(live, viewer, filters)
    every = _rows(Question(live, viewer, replace(filters, first=None, last=EVER)))
    window, whole = asked_window(question), asked_window(Question(live, viewer, replace(filters, first=None)))
    now, before = _inside(every, question, window), _before(window, whole)
    earlier = _inside(every, question, before) if before else None
    last = last_month(question) or 0
    year = Window(last - LOYALTY_MONTHS + 1, last)
    active = {row.month_id for row in _inside(every, question, Window(last - CONTINUUM_MONTHS + 1, last))}
    lost = leakage(live, viewer, audience, filters, "service_line")
    return PracticeStory(
        practice_id=filters.practice,
        **_named(live, filters.practice),
        lies=_lies(live, every),
        volume=_volume(now, window),
        volume_before=None if earlier is None else sum(row.referrals for row in earlier),
        leakage=lost,
        leakage_before=None if earlier is None else _lost(earlier, _vantage(now)),
        before=before,
        observable=_vantage(every) is not None or not every,
        continuum=continuum_of({last - month + 1: 1 for month in active}),
        active_months=len(active),
        movement=movements(live, viewer, audience, filters).by_practice().get(filters.practice, Movement.none),
        loyalty=_loyalty(live, _inside(every, question, year)),
        year=year if window else None,
        months=_months(every, question),
        notes=(*lost.notes, *reach_notes(last - whole.first + 1 if whole else 0)),
    )


def _rows(question: Question) -> Rows:
    """Plain values: a practice has some hundred rows, which frames take longer to add up than to count."""
    counted = count(question, _statement, [practice_month])
    columns = (counted[name].tolist() for name in _Row._fields)
    return [_Row(*values) for values in zip(*columns, strict=True)]


def _statement(source: Any) -> Select[Any]:
    keys = [source.c[c] for c in ("month_id", "line", "vantage", "source", *PLACES)]
    measures = [part.counted(source) for part in PARTS]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _inside(rows: Rows, question: Question, window: Window | None) -> Rows:
    """The rows of a window; without a last month in the question each source counts up to its last complete one."""
    if window is None:
        return []
    ends = question.complete if question.filters.last is None else None
    return [
        row
        for row in rows
        if window.first <= row.month_id <= window.last
        and (ends is None or row.month_id <= ends.get(row.source, -1))
        and row.referrals
    ]


def _before(window: Window | None, whole: Window | None) -> Window | None:
    """The months of the same length before the window, where the data hold all of them."""
    if window is None or whole is None:
        return None
    length = window.last - window.first + 1
    return Window(window.first - length, window.first - 1) if window.first - length >= whole.first else None


def _vantage(rows: Rows) -> str | None:
    """The one that leakage is counted over (`leakage.one_vantage`); None where there is only what we receive."""
    seen = {row.vantage for row in rows}
    return next((v.value for v in (Vantage.ordered, Vantage.claims) if v in seen), None)


def _volume(now: Rows, window: Window | None) -> Figure:
    referrals = sum(row.referrals for row in now)
    known = Coverage(sum(row.known for row in now), referrals, "Destination known")
    vintage = day(max(row.newest for row in now)) if now else None
    return Figure(volume_definition.name, referrals, Unit.count, window, coverage=known, vintage=vintage)


def _lost(earlier: Rows, vantage: str | None) -> tuple[int, int] | None:
    """(out, known) in the vantage of today's figure; None where it saw nothing then."""
    seen = [row for row in earlier if row.vantage == vantage]
    return (sum(row.out for row in seen), sum(row.known for row in seen)) if seen else None


def _loyalty(live: Live, rows: Rows) -> tuple[SpecialtyLoyalty, ...]:
    vantage, lines = _vantage(rows), dict[str, tuple[int, int]]()
    for row in rows:
        if row.vantage == vantage:
            known, kept = lines.get(row.line, (0, 0))
            lines[row.line] = (known + row.known, kept + row.kept)
    return loyalty_of(live, lines)


def _months(rows: Rows, question: Question) -> tuple[MonthOfPractice, ...]:
    """Every month from the first to the last of the data, also those without a referral."""
    whole = asked_window(replace(question, filters=replace(question.filters, first=None, last=None)))
    if not rows or whole is None:
        return ()
    end, vantage = max(question.complete.values(), default=-1), _vantage(rows)
    months = range(whole.first, max(whole.last, *(row.month_id for row in rows)) + 1)
    sums = {month: [0, 0, 0] for month in months}
    for row in rows:
        held = sums[row.month_id]
        held[0] += row.referrals
        if row.vantage == vantage:
            held[1], held[2] = held[1] + row.known, held[2] + row.out
    # Where one of its sources has not seen a month to the end, that month is not whole, whatever the others have seen.
    partly = {row.month_id for row in rows if row.referrals and row.month_id > question.complete.get(row.source, -1)}
    return tuple(
        MonthOfPractice(m, referrals, known, out, m <= end and m not in partly)
        for m, (referrals, known, out) in sums.items()
    )


def _lies(live: Live, rows: Rows) -> dict[str, tuple[str, str]]:
    """What the practice is and where it lies, in its newest month; blanks are left out."""
    if not rows:
        return {}
    newest = max(rows, key=lambda row: row.month_id)
    places = {kind: str(getattr(newest, kind)) for kind in PLACES}
    return {kind: key_and_label(live, kind, stored) for kind, stored in places.items() if stored != NONE}


def _named(live: Live, practice_id: str) -> dict[str, Any]:
    with reading(live.home.store) as connection:
        name = connection.scalar(select(practice.c.name).where(practice.c.key == practice_id))
    label = live.label_of.get(("practice", practice_id), practice_id)
    return {"name": name or label, "on_record": name is not None}
