"""The voice of the referrer: survey answers by practice, specialty, department and role, each with n and interval."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from liaison.access import Viewer
from liaison.metrics.definitions.feedback import marks as marks_metric
from liaison.metrics.definitions.feedback import recommend as recommend_metric
from liaison.metrics.filters import Filters
from liaison.metrics.intervals import balance, share_interval
from liaison.metrics.said_cut import said_cut
from liaison.metrics.suppression import no_free_filters
from liaison.store.tables import feedback
from liaison.vocabulary import NONE, Audience, Respondent, comparison_key

QUESTIONS = {"ease": "Easy to refer", "report_back": "Report back", "access": "Seen soon"}
GOOD, PROMOTER, DETRACTOR = 4, 9, 6
BY = ("practice", "service_line", "department", "role")
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """One question: answers, their mean (1 to 5), and the share of good ones with its 95% interval; null: too few."""

    n: int
    mean: float | None
    good: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Net:
    """Promoters less detractors, from -1 to 1, with its 95% interval; null: too few."""

    n: int
    promoters: int
    detractors: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Group:
    """Answers of one key. `practices`: how many they come from."""

    key: str
    label: str
    n: int
    practices: int
    marks: Mapping[str, Mark]
    recommend: Net

    @property
    def too_few(self) -> bool:
        """Whether nothing can be said of any question."""
        return self.recommend.value is None and all(mark.value is None for mark in self.marks.values())

    def as_json(self) -> dict[str, Any]:
        plain = {"key": self.key, "label": self.label, "n": self.n, "practices": self.practices}
        asked = {name: asdict(mark) for name, mark in self.marks.items()}
        return {**plain, **asked, "recommend": asdict(self.recommend), "too_few": self.too_few}


@dataclass(frozen=True)
class Comment:
    """What somebody wrote; never shown outside the team."""

    date: str
    practice_id: str
    practice: str
    role: str | None
    about: str
    text: str


@dataclass(frozen=True)
class Voice:
    """`rows` by each of `BY`, most answers first; `minimum`: answers below which nothing is said."""

    definitions: ClassVar = (marks_metric.name, recommend_metric.name)

    first: str | None  # day of the oldest answer counted
    last: str | None
    minimum: int
    total: Group
    by: Mapping[str, tuple[Group, ...]]
    comments: tuple[Comment, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "window": {"from": self.first, "to": self.last},
            "minimum": self.minimum,
            "total": self.total.as_json(),
            **{f"by_{name}": [group.as_json() for group in groups] for name, groups in self.by.items()},
            "comments": [asdict(comment) for comment in self.comments],
        }


def voice(
    conn: Connection, viewer: Viewer, audience: Audience, filters: Filters, minimum: int, small_n: int = 11
) -> Voice:
    """Answers that stand, cut by months, territory, practice type, service line and practice.

    Outside the team there is one row, of at least `small_n` answers from as many practices, without filters: a
    practice's own marks, or a difference of two tables that gives them away, stay inside.
    """
    no_free_filters(filters, audience)
    answers = _kept(conn, viewer, filters)
    outside = audience is not Audience.inside
    least = max(minimum, small_n) if outside else minimum
    total = _group("total", "All", answers, least)
    if outside and total.practices < small_n:
        total = _hushed(total)
    days = [str(answer["date"]) for answer in answers]
    by = {} if outside else {name: _groups(answers, name, least) for name in BY}
    return Voice(
        min(days, default=None), max(days, default=None), least, total, by, () if outside else tuple(_comments(answers))
    )


def _kept(conn: Connection, viewer: Viewer, filters: Filters) -> list[Answer]:
    """The answers with the practice that theirs counts as, newest first."""
    kept = said_cut(conn, viewer, filters)
    found: list[Answer] = []
    rows = select(feedback).where(feedback.c.voided.is_(None)).order_by(feedback.c.date.desc(), feedback.c.key)
    for row in conn.execute(rows).mappings():
        if (where := kept(row)) is not None:
            at, place = where
            found.append({**row, "practice": at, "practice_name": place.get("name") or at})
    return found


def _groups(answers: Sequence[Answer], name: str, least: int) -> tuple[Group, ...]:
    label: Callable[[Answer], str] = _LABELS[name]
    parts: dict[str, list[Answer]] = {}
    for answer in answers:
        given = answer[name]
        key = NONE if not given else given if name in ("practice", "role") else comparison_key(given)
        parts.setdefault(key, []).append(answer)
    made = [_group(key, NONE if key == NONE else label(held[0]), held, least) for key, held in parts.items()]
    return tuple(sorted(made, key=lambda group: (-group.n, group.label.casefold())))


_LABELS: Mapping[str, Callable[[Answer], str]] = {
    "practice": lambda answer: str(answer["practice_name"]),
    "service_line": lambda answer: str(answer["service_line"]).replace("_", " ").capitalize(),
    "department": lambda answer: str(answer["department"]),
    "role": lambda answer: Respondent(answer["role"]).label,
}


def _group(key: str, label: str, answers: Sequence[Answer], least: int) -> Group:
    marks = {name: _mark([a[name] for a in answers if a[name] is not None], least) for name in QUESTIONS}
    net = _net([a["recommend"] for a in answers if a["recommend"] is not None], least)
    return Group(key, label, len(answers), len({a["practice"] for a in answers}), marks, net)


def _mark(given: Sequence[float], least: int) -> Mark:
    good = sum(mark >= GOOD for mark in given)
    if len(given) < max(least, 1):
        return Mark(len(given), None, good, None, None, None)
    share = share_interval(good, len(given))
    return Mark(len(given), sum(given) / len(given), good, share.value, share.low, share.high)


def _net(given: Sequence[float], least: int) -> Net:
    up, down = sum(mark >= PROMOTER for mark in given), sum(mark <= DETRACTOR for mark in given)
    if len(given) < max(least, 1):
        return Net(len(given), up, down, None, None, None)
    found = balance(up, down, len(given))
    return Net(len(given), up, down, found.value, found.low, found.high)


def _hushed(group: Group) -> Group:
    """Without its figures: too few practices are behind them."""
    marks = {name: Mark(mark.n, None, 0, None, None, None) for name, mark in group.marks.items()}
    return replace(group, marks=marks, recommend=Net(group.recommend.n, 0, 0, None, None, None))


def _comments(answers: Iterable[Answer]) -> Iterable[Comment]:
    for answer in answers:
        if answer["comment"]:
            about = answer["department"] or (answer["service_line"] or "").replace("_", " ").capitalize()
            yield Comment(
                *(answer["date"], answer["practice"], answer["practice_name"], answer["role"]),
                about=about,
                text=answer["comment"],
            )
