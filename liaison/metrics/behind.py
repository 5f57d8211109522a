"""The practices behind one organisation, and from how far they send: a question that resolved rows answer."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Select, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.counting import Question, count
from liaison.metrics.definitions.organisations import distance_to_organisation as definition
from liaison.metrics.distance import BANDS, UNKNOWN, Places, band, nearest, places_of, practice_points
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.parts import destination_known, in_network, out_of_network
from liaison.metrics.suppression import no_free_filters
from liaison.metrics.taking import ROLLUPS, Named, named, our_ids, spans, vantage_counted
from liaison.vocabulary import NONE, Audience


@dataclass(frozen=True)
class Sender:
    """A practice that sends there. `beside`: what of its referrals came to us (for ours: went out of network).

    Miles are straight lines to the nearest place of the organisation, and to the nearest of ours; None: not known.
    """

    key: str
    label: str
    taken: int
    known: int
    beside: int
    miles: float | None
    miles_beside: float | None

    @property
    def nearer(self) -> bool | None:
        """Whether the organisation lies nearer than we do; None where one distance is not known."""
        if self.miles is None or self.miles_beside is None:
            return None
        return self.miles < self.miles_beside

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "numerator": self.taken,
            "denominator": self.known,
            "value": self.taken / self.known if self.known else None,
            "beside": self.beside,
            "miles": self.miles,
            "miles_beside": self.miles_beside,
        }


@dataclass(frozen=True)
class Band:
    """One band of miles. `taken`: what went to the organisation from practices so far from it; `known`: all known
    destinations of these practices. `beside`: what came to us from the practices that send to it, so far from us.
    """

    name: str
    taken: int
    known: int
    beside: int


@dataclass(frozen=True)
class Behind:
    """`senders`: every practice with a known destination, most referrals there first."""

    who: Named
    senders: tuple[Sender, ...]
    bands: tuple[Band, ...]
    places: Places
    places_beside: Places | None  # None on the page of our own organisation

    @property
    def taken(self) -> int:
        return sum(s.taken for s in self.senders)

    @property
    def beside(self) -> int:
        return sum(b.beside for b in self.bands)

    def as_json(self) -> dict[str, Any]:
        measured = [self.places.says(self.who.label)]
        measured += [self.places_beside.says("our organisations")] if self.places_beside else []
        return {
            "practices": [s.as_json() for s in self.senders if s.taken],
            "distance": [b.__dict__ for b in self.bands],
            "distance_says": [definition.says, *measured],
        }


def behind(live: Live, viewer: Viewer, audience: Audience, filters: Filters, key: str) -> Behind | None:
    """Practices and distances of what the organisation `key` receives; None where there are no referrals at all."""
    no_free_filters(replace(filters, organisation=key), audience)
    who = named(live, key)
    months = spans(live, viewer, filters)
    if months is None:
        return None
    found = count(Question(live, viewer, filters), lambda source: _by_practice(source, who), [])
    found = found[found["vantage"] == vantage_counted(found)]
    columns = found[["practice", "taken", "known", "beside"]].to_dict("list")
    counts = [(str(p), int(t), int(k), int(b)) for p, t, k, b in zip(*columns.values(), strict=True) if k]
    lines = _lines(live, viewer, filters, who)
    line = stored_value("service_line", filters.service_line) if filters.service_line else None
    month = months.window.last
    places = places_of(live, [key], lines, month, line)
    ours = None if who.ours else places_of(live, our_ids(live), lines, month, line)
    known = practice_points(live)
    points = np.array([known.get(p, (np.nan, np.nan)) for p, *_ in counts], dtype=float).reshape(-1, 2)
    there = nearest(points, places.points)
    here = nearest(points, ours.points) if ours else np.full(len(counts), np.nan)
    senders = [
        Sender(
            practice,
            "No practice found" if practice == NONE else live.label_of.get(("practice", practice), practice),
            taken,
            of,
            beside,
            _miles(there[place]),
            _miles(here[place]),
        )
        for place, (practice, taken, of, beside) in enumerate(counts)
    ]
    senders.sort(key=lambda s: (-s.taken, -s.known, s.label, s.key))
    return Behind(who, tuple(senders), _bands(senders, who), places, ours)


def _by_practice(source: Any, who: Named) -> Select[Any]:
    keys = [source.c.practice, source.c.vantage]
    beside = out_of_network if who.ours else in_network
    measures = [who.received().counted(source), destination_known.counted(source)]
    return select(*keys, *measures, beside.counted(source).label("beside")).group_by(*keys)


def _lines(live: Live, viewer: Viewer, filters: Filters, who: Named) -> set[str]:
    """The service lines in which it receives referrals: its clinicians of these lines are where patients go."""

    def statement(source: Any) -> Select[Any]:
        return select(source.c.line, who.received().counted(source)).group_by(source.c.line)

    found = count(Question(live, viewer, replace(filters, practice_group=None, service_line=None)), statement, ROLLUPS)
    return set(found.loc[found["taken"] > 0, "line"])


def _miles(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)


def _bands(senders: list[Sender], who: Named) -> tuple[Band, ...]:
    taken, known, beside = Counter[str](), Counter[str](), Counter[str]()
    for one in senders:
        name = band(np.nan if one.miles is None else one.miles)
        taken[name] += one.taken
        known[name] += one.known
        if who.ours:
            beside[name] += one.beside
        elif one.taken:  # the same practices, so that the two can be compared
            beside[band(np.nan if one.miles_beside is None else one.miles_beside)] += one.beside
    return tuple(Band(name, taken[name], known[name], beside[name]) for name in (*BANDS, UNKNOWN))
